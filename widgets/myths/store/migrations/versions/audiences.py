"""Whom a workshop is for; of the workshops before this version nobody said, so they are mixed."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column."""
    op.add_column(
        "workshops", sa.Column("audience", sa.String(32), nullable=False, server_default="mixed")
    )
