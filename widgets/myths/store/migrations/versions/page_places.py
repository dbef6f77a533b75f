"""Where somebody is on each page: nowhere yet, for those before this version."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the column."""
    op.add_column("participants", sa.Column("places", sa.JSON()))
