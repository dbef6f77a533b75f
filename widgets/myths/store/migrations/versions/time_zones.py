"""The time zone of each workshop; the dates of those before this version were told in UTC.

Who was told that answers can be erased until a day can now do so until that day is over, or until
everything is erased.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_DAY = 86_400_000_000  # microseconds


def upgrade() -> None:
    """Add the column, and let the pooling date end with its day."""
    op.add_column(
        "workshops", sa.Column("zone", sa.String(64), nullable=False, server_default="UTC")
    )
    ends = f"(pooled_at / {_DAY} + 1) * {_DAY}"  # whole numbers, so this rounds down
    op.execute(
        f"UPDATE workshops SET pooled_at ="  # noqa: S608  numbers of our own
        f" CASE WHEN {ends} < expires_at THEN {ends} ELSE expires_at END"
    )
