"""From when people can join a workshop, and of how many a result is shown.

People could join those before this version as soon as they were opened, and results were shown of
five people or more.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add the columns."""
    for column in (
        sa.Column("joins_from", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("k", sa.Integer(), nullable=False, server_default="5"),
    ):
        op.add_column("workshops", column)
    op.execute("UPDATE workshops SET joins_from = opened_at")
