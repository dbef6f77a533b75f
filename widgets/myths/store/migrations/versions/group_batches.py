"""Which answers were shown to the group together, so that no restart shows them otherwise."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables of batches and of who is in them."""
    op.create_table(
        "batches",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workshop", _ID, nullable=False),
        sa.Column("module", sa.String(64), nullable=False),
        sa.Column("item", sa.String(64), nullable=False),
        sa.Column("phase", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_batches"),
        sa.UniqueConstraint(
            "workshop", "module", "item", "phase", "number", name="uq_batches_workshop"
        ),
        sa.ForeignKeyConstraint(
            ["workshop"], ["workshops.id"], name="fk_batches_workshop", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "batched",
        sa.Column("batch", _ID, nullable=False),
        sa.Column("participant", _ID, nullable=False),
        sa.Column("answer", sa.String(36), nullable=False),
        sa.PrimaryKeyConstraint("batch", "participant", name="pk_batched"),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.id"], name="fk_batched_batch", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant"],
            ["participants.id"],
            name="fk_batched_participant",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_batched_participant", "batched", ["participant"])
