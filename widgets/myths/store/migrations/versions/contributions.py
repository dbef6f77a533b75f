"""Whether somebody's answers may be used for the evaluation, beside taking part.

Whoever joined before this version agreed to both at once.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the column."""
    op.add_column(
        "participants",
        sa.Column("contributes", sa.Boolean(), nullable=False, server_default=sa.true()),
    )
