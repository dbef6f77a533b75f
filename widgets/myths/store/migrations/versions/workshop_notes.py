"""Trainers' own notes on their workshops; there were none before this version."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "notes",
        sa.Column("workshop", _ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workshop", name="pk_notes"),
        sa.ForeignKeyConstraint(
            ["workshop"], ["workshops.id"], name="fk_notes_workshop", ondelete="CASCADE"
        ),
    )
