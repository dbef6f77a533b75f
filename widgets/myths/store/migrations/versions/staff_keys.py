"""The keys to the staff pages, and who is in with one: hashes only."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make their table."""
    op.create_table(
        "staff",
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("key", sa.Boolean(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_staff"),
    )
