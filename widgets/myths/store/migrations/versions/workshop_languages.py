"""Which languages people of a workshop can choose; none was chosen before this version."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Add the column."""
    languages = sa.Column("languages", sa.Text(), nullable=False, server_default="")
    op.add_column("workshops", languages)
