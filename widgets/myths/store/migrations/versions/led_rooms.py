"""Where each room is that is led, and who is connected; rooms before this version were not led."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "live_states",
        sa.Column("workshop", _ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("workshop", name="pk_live_states"),
        sa.ForeignKeyConstraint(
            ["workshop"], ["workshops.id"], name="fk_live_states_workshop", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "connections",
        sa.Column("workshop", _ID, nullable=False),
        sa.Column("server", sa.String(36), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workshop", "server", name="pk_connections"),
        sa.ForeignKeyConstraint(
            ["workshop"], ["workshops.id"], name="fk_connections_workshop", ondelete="CASCADE"
        ),
    )
