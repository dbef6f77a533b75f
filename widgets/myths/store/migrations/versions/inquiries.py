"""Questions to the trainer: none, for those before this version."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "inquiries",
        sa.Column("id", _ID, nullable=False),
        sa.Column("key", sa.String(36), nullable=False),
        sa.Column("participant", _ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("page", sa.String(64), nullable=False),
        sa.Column("step", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_inquiries"),
        sa.UniqueConstraint("key", name="uq_inquiries_key"),
        sa.ForeignKeyConstraint(
            ["participant"],
            ["participants.id"],
            name="fk_inquiries_participant",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_inquiries_participant", "inquiries", ["participant"])
