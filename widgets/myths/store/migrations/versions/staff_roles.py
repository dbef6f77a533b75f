"""Roles of staff, the workshops that each sees, and what staff did.

Keys that were made before this version are the coordinator's, and so are all workshops.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables, and the column that says whose a key is."""
    op.create_table(
        "roles",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("scope", sa.String(8), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_roles"),
        sa.UniqueConstraint("name", name="uq_roles_name"),
    )
    op.create_table(
        "assignments",
        sa.Column("workshop", _ID, nullable=False),
        sa.Column("role", _ID, nullable=False),
        sa.PrimaryKeyConstraint("workshop", "role", name="pk_assignments"),
        sa.ForeignKeyConstraint(
            ["workshop"], ["workshops.id"], name="fk_assignments_workshop", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["role"], ["roles.id"], name="fk_assignments_role", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_assignments_role", "assignments", ["role"])
    op.create_table(
        "audit",
        sa.Column("id", _ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("about", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    with op.batch_alter_table("staff") as staff:
        staff.add_column(sa.Column("role", _ID))
        staff.create_foreign_key("fk_staff_role", "roles", ["role"], ["id"], ondelete="CASCADE")
