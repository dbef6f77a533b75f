"""The table of staff keys has the marks that it lacked where version 0004 was made at first.

Version 0004 was altered after a store may have been made with it: its column `key` told only
whether a row is a key. Such a table is made anew; the keys in it end, and each server makes one as
it starts. Where the column has marks already, everything stays.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table anew unless it is as it should be."""
    columns = {each["name"]: each for each in sa.inspect(op.get_bind()).get_columns("staff")}
    if columns["key"]["nullable"]:
        return
    op.drop_table("staff")
    op.create_table(
        "staff",
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("key", sa.String(64)),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_staff"),
    )
