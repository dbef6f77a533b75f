"""How each answer came in, and sheets of paper whose answers somebody types in.

All answers from before this version came in by a page.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the column, and the table of sheets."""
    op.add_column(
        "answers", sa.Column("mode", sa.String(16), nullable=False, server_default="page")
    )
    op.create_table(
        "paper_sets",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workshop", _ID, nullable=False),
        sa.Column("number", sa.String(8), nullable=False),
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("consent", sa.String(64), nullable=False),
        sa.Column("recovery", sa.String(64), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_paper_sets"),
        sa.UniqueConstraint("number", name="uq_paper_sets_number"),
        sa.ForeignKeyConstraint(
            ["workshop"], ["workshops.id"], name="fk_paper_sets_workshop", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_paper_sets_name", "paper_sets", ["name"])
    op.create_index("ix_paper_sets_recovery", "paper_sets", ["recovery"])
