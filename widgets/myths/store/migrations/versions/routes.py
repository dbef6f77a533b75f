"""The route of each workshop; those before this version had the whole series, which is no list."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the columns."""
    for column in (
        sa.Column("route", sa.String(64), nullable=False, server_default="full-day"),
        sa.Column("modules", sa.Text(), nullable=False, server_default=""),
        sa.Column("short", sa.Boolean(), nullable=False, server_default=sa.false()),
    ):
        op.add_column("workshops", column)
