"""What was published, so that no later report gives away a few people by its difference."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "releases",
        sa.Column("id", _ID, nullable=False),
        sa.Column("release", sa.String(32), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("workshops", sa.Text(), nullable=False),
        sa.Column("question", sa.String(255), nullable=False),
        sa.Column("people", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_releases"),
        sa.UniqueConstraint("release", "question", name="uq_releases_release"),
    )
