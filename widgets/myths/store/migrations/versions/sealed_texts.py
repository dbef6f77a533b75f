"""Texts for "only me" are sealed, earlier versions of a text lose their words, erasing is recorded.

A text that is already for "only me" cannot be sealed here, because the key to open it again comes
from the recovery code, which the store does not have. So everybody is signed out: who comes back
with the recovery code gets a key, and their texts are sealed in that moment (`people.recover`).
Until then these texts stay as readable as they were; nobody is shown them.
"""

import logging

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

log = logging.getLogger(__name__)

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_LATER = """
    SELECT 1 FROM answers AS later
    JOIN questions AS its ON its.id = later.question
    JOIN questions AS own ON own.id = answers.question
    WHERE later.participant = answers.participant AND later.seq > answers.seq
    AND its.module = own.module AND its.item = own.item AND its.phase = own.phase
"""
_STATEMENTS = (
    "UPDATE answers SET reader = 'me' WHERE text IS NOT NULL AND reader IS NULL",
    "UPDATE answers SET reader = NULL WHERE text IS NULL AND reader IS NOT NULL",
    f"UPDATE answers SET text = NULL WHERE text IS NOT NULL AND EXISTS ({_LATER})",  # noqa: S608 a constant
    "INSERT INTO meta (key, value) SELECT 'unswept', '' WHERE EXISTS (SELECT 1 FROM answers)",
)


def upgrade() -> None:
    """Add the columns for keys and sealed texts, and take away the words that nobody may read."""
    op.add_column("participants", sa.Column("public_key", sa.LargeBinary()))
    op.add_column("participants", sa.Column("wrapped_key", sa.LargeBinary()))
    op.add_column("answers", sa.Column("sealed", sa.LargeBinary()))
    op.drop_table("sessions")
    op.create_table(
        "sessions",
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("participant", _ID, nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_sessions"),
        sa.ForeignKeyConstraint(
            ["participant"], ["participants.id"], name="fk_sessions_participant", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_sessions_participant", "sessions", ["participant"])
    op.create_table(
        "erasings",
        sa.Column("id", _ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("workshop", sa.String(12), nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_erasings"),
    )
    for statement in _STATEMENTS:
        op.execute(statement)
    waiting = op.get_bind().scalar(sa.text("SELECT count(*) FROM answers WHERE reader = 'me'"))
    if waiting:
        log.warning(
            'Everybody is signed out. %d texts for "only me" from before this version are not '
            "encrypted yet: each is as soon as its author comes back with the recovery code.",
            waiting,
        )
