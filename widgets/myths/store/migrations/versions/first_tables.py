"""The first tables, and the salt that recovery codes are hashed with."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table."""
    meta = op.create_table(
        "meta",
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_meta"),
    )
    op.bulk_insert(meta, [{"key": "salt", "value": secrets.token_hex(16)}])
    op.create_table(
        "workshops",
        sa.Column("id", _ID, nullable=False),
        sa.Column("code", sa.String(12), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("country", sa.String(16), nullable=False),
        sa.Column("rehearsal", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("joins_until", sa.BigInteger(), nullable=False),
        sa.Column("pooled_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_workshops"),
        sa.UniqueConstraint("code", name="uq_workshops_code"),
    )
    op.create_table(
        "participants",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("workshop", _ID, nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("consent", sa.String(64), nullable=False),
        sa.Column("recovery", sa.String(64), nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_participants"),
        sa.UniqueConstraint("name", name="uq_participants_name"),
        sa.UniqueConstraint("recovery", name="uq_participants_recovery"),
        sa.ForeignKeyConstraint(
            ["workshop"], ["workshops.id"], name="fk_participants_workshop", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_participants_workshop", "participants", ["workshop"])
    op.create_table(
        "sessions",
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("participant", _ID, nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_sessions"),
        sa.ForeignKeyConstraint(
            ["participant"], ["participants.id"], name="fk_sessions_participant", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_sessions_participant", "sessions", ["participant"])
    op.create_table(
        "erased",
        sa.Column("mark", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_erased"),
    )
    op.create_table(
        "questions",
        sa.Column("id", _ID, nullable=False),
        sa.Column("module", sa.String(64), nullable=False),
        sa.Column("item", sa.String(64), nullable=False),
        sa.Column("phase", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("wording", sa.String(64), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
        sa.UniqueConstraint(
            "module", "item", "phase", "kind", "language", "wording", name="uq_questions_module"
        ),
    )
    op.create_table(
        "answers",
        sa.Column("seq", _ID, nullable=False),
        sa.Column("key", sa.String(36), nullable=False),
        sa.Column("participant", _ID, nullable=False),
        sa.Column("question", _ID, nullable=False),
        sa.Column("value", sa.Float(53)),
        sa.Column("text", sa.Text()),
        sa.Column("declined", sa.Boolean(), nullable=False),
        sa.Column("reader", sa.String(16)),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_answers"),
        sa.UniqueConstraint("key", name="uq_answers_key"),
        sa.ForeignKeyConstraint(
            ["participant"], ["participants.id"], name="fk_answers_participant", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["question"], ["questions.id"], name="fk_answers_question"),
    )
    op.create_index("ix_answers_participant", "answers", ["participant", "seq"])
