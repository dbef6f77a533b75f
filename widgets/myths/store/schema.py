"""The tables of the store; the fixed words in them are those of `myths.vocabulary`.

Answers are append-only: a changed answer is a new row, and `seq` tells which one is the latest. But
who can read a text is a promise about all its copies: only the latest version keeps its words, and
of an earlier one remain the time and who could read it. A text for "only me" is in `sealed`, never
in `text` (see `encryption`; the exception are texts from before version 0002 whose author has not
been back). A text has a `reader`, whatever else has none.
Nothing here names a person: `participants.name` is random, codes and cookies are kept as hashes.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from myths.store.column_types import LanguageList, Moment, SlugList

VERSION_TABLE = "myths_version"
BACKUP_TABLE = "myths_backup"  # only in a backup: what it holds
CELL = ["module", "item", "phase"]  # what somebody has one answer to
_Id = BigInteger().with_variant(Integer, "sqlite")


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)

meta = Table(
    "meta",
    metadata,
    # "salt": what recovery codes are hashed with ("salt.…": in a store that was merged into this
    # one); "unswept.…": erased words may have left traces; "clock": when it was last believed;
    # "address": under which phones reach this computer
    Column("key", String(32), primary_key=True),
    Column("value", Text, nullable=False),
)

workshops = Table(
    "workshops",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("code", String(12), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("language", String(16), nullable=False),
    Column("country", String(16), nullable=False),
    Column("zone", String(64), nullable=False),  # where its dates begin and end
    # whom the whole workshop is for; never asked of a person, whom it could point to
    Column("audience", String(32), nullable=False),
    Column("route", String(64), nullable=False),
    Column("modules", SlugList, nullable=False),  # none: all there are
    Column("short", Boolean, nullable=False),
    Column("rehearsal", Boolean, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("joins_until", Moment, nullable=False),
    Column("pooled_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("joins_from", Moment, nullable=False),
    Column("k", Integer, nullable=False),  # the fewest people of whom the group sees a result
    Column("languages", LanguageList, nullable=False),  # none: those that are reviewed
)

participants = Table(
    "participants",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("name", String(16), nullable=False, unique=True),
    Column("workshop", ForeignKey("workshops.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("language", String(16), nullable=False),
    Column("consent", String(64), nullable=False),
    Column("contributes", Boolean, nullable=False),  # lets the evaluation use the answers
    Column("recovery", String(64), nullable=False, unique=True),
    Column("joined_at", Moment, nullable=False),
    # none if they joined before version 0002 and have not been back
    Column("public_key", LargeBinary),
    Column("wrapped_key", LargeBinary),
    Column("page", String(64)),  # the one that they opened last
    Column("places", JSON(none_as_null=True)),  # on each page, see `places`
)

paper_sets = Table(  # sheets for one person who writes by hand; see `paper_sets`
    "paper_sets",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("workshop", ForeignKey("workshops.id", ondelete="CASCADE"), nullable=False),
    Column("number", String(8), nullable=False, unique=True),  # stands on every sheet
    # what their participant gets as soon as a sheet is typed in
    Column("name", String(16), nullable=False),
    Column("language", String(16), nullable=False),
    Column("consent", String(64), nullable=False),
    Column("recovery", String(64), nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("wrapped_key", LargeBinary, nullable=False),
    Index("ix_paper_sets_name", "name"),
    Index("ix_paper_sets_recovery", "recovery"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token", String(64), primary_key=True),
    Column(
        "participant", ForeignKey("participants.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("expires_at", Moment, nullable=False),
    Column("wrapped_key", LargeBinary, nullable=False),
    # the recovery code as long as its owner has not said to have kept it (see `recovery_codes`)
    Column("code", LargeBinary),
    Column("code_until", Moment),
)

replaced = Table(  # recovery codes that were renewed; they open nothing
    "replaced",
    metadata,
    Column("mark", String(64), primary_key=True),
    Column(
        "participant", ForeignKey("participants.id", ondelete="CASCADE"), nullable=False, index=True
    ),
)

erased = Table(
    "erased",
    metadata,
    # the hash of a code or cookie that led to them, or of the key of a question that was taken back
    Column("mark", String(64), primary_key=True),
)

erasings = Table(  # what was erased, without what it said
    "erasings",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("day", Date, nullable=False),
    Column("workshop", String(12), nullable=False),
    Column("reason", String(16), nullable=False),
    Column("people", Integer, nullable=False),
    Column("answers", Integer, nullable=False),
)

roles = Table(  # of staff, beside the coordinator; none names a person
    "roles",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("name", String(40), nullable=False, unique=True),
    Column("scope", String(8), nullable=False),
)

assignments = Table(  # which workshops a role sees
    "assignments",
    metadata,
    Column("workshop", ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True),
    Column("role", ForeignKey("roles.id", ondelete="CASCADE"), primary_key=True, index=True),
)

staff = Table(  # the keys and cookies of the staff pages; neither is brought in from elsewhere
    "staff",
    metadata,
    Column("mark", String(64), primary_key=True),  # a hash
    Column("key", String(64)),  # of a cookie: the mark of the key that let in; of a key: none
    Column("expires_at", Moment, nullable=False),
    Column("role", ForeignKey("roles.id", ondelete="CASCADE")),  # of a role's key, not of cookies
)

audit = Table(  # what staff did, without what anybody said; see `audit`
    "audit",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("at", Moment, nullable=False),  # to the minute
    Column("role", String(40), nullable=False),  # who did it; empty for the coordinator
    Column("act", String(16), nullable=False),
    Column("about", String(64), nullable=False),  # the code of a workshop, or a role, or both
)

questions = Table(
    "questions",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("module", String(64), nullable=False),
    Column("item", String(64), nullable=False),
    Column("phase", String(16), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("language", String(16), nullable=False),
    Column("wording", String(64), nullable=False),
    Column("words", JSON, nullable=False),
    UniqueConstraint("module", "item", "phase", "kind", "language", "wording"),
)

answers = Table(
    "answers",
    metadata,
    Column("seq", _Id, primary_key=True),
    Column("key", String(36), nullable=False, unique=True),
    Column("participant", ForeignKey("participants.id", ondelete="CASCADE"), nullable=False),
    Column("question", ForeignKey("questions.id"), nullable=False),
    Column("value", Float(53)),
    Column("text", Text),
    Column("sealed", LargeBinary),
    Column("declined", Boolean, nullable=False),
    Column("reader", String(16)),
    Column("at", Moment, nullable=False),
    Column("mode", String(16), nullable=False, server_default="page"),  # how it came in
    Index("ix_answers_participant", "participant", "seq"),
)

batches = Table(
    "batches",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("workshop", ForeignKey("workshops.id", ondelete="CASCADE"), nullable=False),
    Column("module", String(64), nullable=False),
    Column("item", String(64), nullable=False),
    Column("phase", String(16), nullable=False),
    Column("number", Integer, nullable=False),  # 1 is the first batch of its question
    Column("people", Integer, nullable=False),
    Column("counts", JSON, nullable=False),  # as they are shown; no later change touches them
    UniqueConstraint("workshop", "module", "item", "phase", "number"),
)

batched = Table(
    "batched",
    metadata,
    Column("batch", ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "participant",
        ForeignKey("participants.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
    Column("answer", String(36), nullable=False),  # the key of what they had said by then
)

releases = Table(  # what was published: for each row of it a line, with a mark for each person
    "releases",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("release", String(32), nullable=False),  # a random name, the same in all its lines
    Column("at", Moment, nullable=False),
    Column("workshops", Text, nullable=False),  # the codes of those that were in it
    Column("question", String(255), nullable=False),
    Column("people", LargeBinary, nullable=False),  # marks of 8 bytes, see `releases`
    UniqueConstraint("release", "question"),
)

inquiries = Table(  # what somebody asks the trainer, without a time; see `inquiries`
    "inquiries",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("key", String(36), nullable=False, unique=True),
    Column(
        "participant", ForeignKey("participants.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("text", Text, nullable=False),
    Column("page", String(64), nullable=False),  # where they were
    Column("step", String(64), nullable=False),
    Column("state", String(16), nullable=False),
)

live_states = Table(  # where a room is that is led, see `live_states`
    "live_states",
    metadata,
    Column("workshop", ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, nullable=False),  # counts the changes
    Column("state", JSON, nullable=False),
)

connections = Table(  # how many people each server has connected now, see `attendance`
    "connections",
    metadata,
    Column("workshop", ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True),
    Column("server", String(36), primary_key=True),
    Column("people", Integer, nullable=False),
    Column("at", Moment, nullable=False),
)

notes = Table(  # what trainers wrote for themselves, see `notes`
    "notes",
    metadata,
    Column("workshop", ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, nullable=False),  # counts the changes
    Column("text", Text, nullable=False),
)
