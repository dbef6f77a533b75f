"""A recovery code stays readable until it is kept, and can be renewed; one's last page is known."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the columns, and the table of codes that were renewed."""
    op.add_column("sessions", sa.Column("code", sa.LargeBinary()))
    op.add_column("sessions", sa.Column("code_until", sa.BigInteger()))
    op.add_column("participants", sa.Column("page", sa.String(64)))
    op.create_table(
        "replaced",
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("participant", _ID, nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_replaced"),
        sa.ForeignKeyConstraint(
            ["participant"],
            ["participants.id"],
            name="fk_replaced_participant",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_replaced_participant", "replaced", ["participant"])
