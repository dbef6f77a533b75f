"""Where a room is that a trainer leads: one row for each workshop, and every change a new version.

It is what phones, projector and console agree on. Nothing in it is about a person. Who changes it
does so in one transaction, so that two consoles never each undo what the other did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select, update

from myths.errors import WorkshopError
from myths.store import dialects, schema
from myths.store.database import Database
from myths.store.schema import workshops
from myths.store.workshops import find
from myths.vocabulary import Curtain, Pace, Phase, Reason, Scene, VoteState, is_name

_LONGEST = 128  # letters of an item
_MOST = 400  # votes and results that are kept
MOST_APPROVED = 400  # texts
_SEVERAL = ("closed", "revealed", "approved")
_table = schema.live_states


@dataclass(frozen=True, kw_only=True)
class Vote:
    """Questions of one page that a room answers at one time.

    Whoever has answered all `items` is counted. Those `beside` them can be left out.
    """

    page: str
    phase: str
    items: tuple[str, ...]
    beside: tuple[str, ...] = ()
    state: str = VoteState.OPEN

    @property
    def asked(self) -> tuple[str, ...]:
        """Return all of its items."""
        return (*self.items, *self.beside)

    @property
    def questions(self) -> tuple[str, ...]:
        """Name its questions, each as "page/item/phase"."""
        return tuple(f"{self.page}/{item}/{self.phase}" for item in self.asked)


@dataclass(frozen=True, kw_only=True)
class LiveState:
    """What a room is at now; before anybody leads it, everybody goes on their own.

    `page` and `step` are where the trainer is, `vote` the one that is open or was closed last,
    `closed` the questions whose votes were closed, as "page/item/phase". Of `revealed` questions
    phones show the group's answers, each named "page/item". `approved` are the keys of texts that
    the room may see. The projector shows `scene`, of what it has several the `detail`. A countdown
    of `length` seconds ends at `until`. The room came to its page at `since`.
    """

    version: int = 0
    pace: str = Pace.OWN
    page: str = ""
    step: str = ""
    curtain: str = Curtain.NONE
    vote: Vote | None = None
    closed: tuple[str, ...] = ()
    revealed: tuple[str, ...] = ()
    approved: tuple[str, ...] = ()
    scene: str = Scene.JOIN
    detail: str = ""
    until: datetime | None = None
    length: float = 0
    since: datetime | None = None

    def is_closed(self, page: str, item: str, phase: str) -> bool:
        """Return whether the vote on a question was closed, and not opened again."""
        return f"{page}/{item}/{phase}" in self.closed


Change = Callable[[LiveState], LiveState]


def live_state(database: Database, workshop: str) -> LiveState:
    """Return where a room is. Raises WorkshopError (reason "unknown")."""
    with database.reading() as conn:
        number, _ = find(conn, workshop)
        return _state(conn, number)


def live_states(database: Database, codes: Iterable[str]) -> dict[str, LiveState]:
    """Return where several rooms are, by the codes of those that are led and not erased."""
    query = (
        select(workshops.c.code, _table.c.version, _table.c.state)
        .join_from(workshops, _table)
        .where(workshops.c.code.in_(list(codes)))
    )
    with database.reading() as conn:
        return {code: _read(version, state) for code, version, state in conn.execute(query)}


def change_live_state(
    database: Database, workshop: str, change: Change, *, seen: int | None = None
) -> LiveState:
    """Change where a room is, and return what is true then; servers hear of it.

    `change` is called inside the transaction with the state of that moment. `seen` is the version
    that whoever acts had before them. Raises WorkshopError: reason "unknown", "stale" when it is
    another one now, and whatever `change` raises; then nothing has changed.
    """
    with database.writing() as conn:
        number, _ = find(conn, workshop)
        row = workshops.c.id == number
        conn.execute(select(workshops.c.id).where(row).with_for_update())  # one change at a time
        before = _state(conn, number)
        if seen is not None and seen != before.version:
            raise WorkshopError(
                "Somebody else has moved this room meanwhile: look at where it is now.",
                reason=Reason.STALE,
            )
        after = replace(change(before), version=before.version)
        if after == before:
            return before
        after = replace(after, version=before.version + 1)
        _write(conn, number, after)
        dialects.announce(conn)
    return after


def move_on(conn: Connection, number: int) -> None:
    """Make a new version of a room's state, so that all who show it look anew."""
    query = update(_table).where(_table.c.workshop == number)
    if conn.execute(query.values(version=_table.c.version + 1)).rowcount:
        dialects.announce(conn)


def fit(state: object) -> bool:
    """Return whether a value from elsewhere has the form of a state."""
    try:
        read = _read(0, state if isinstance(state, dict) else {"": ""})
    except (TypeError, ValueError, KeyError, AttributeError, OverflowError):
        return False
    fixed = {
        read.pace: Pace.words(),
        read.curtain: Curtain.words(),
        read.scene: Scene.words(),
    }
    named = [*read.closed, *read.revealed]
    votes = [read.vote] if read.vote else []
    return (
        all(word in words for word, words in fixed.items())
        and all(not each or is_name(each) for each in (read.page, read.step))
        and isinstance(read.length, int | float)
        and len(named) <= _MOST
        and len(read.approved) <= MOST_APPROVED
        and all(_is_word(each) for each in (*named, *read.approved, read.detail))
        and all(
            is_name(vote.page)
            and vote.phase in Phase.words()
            and vote.state in VoteState.words()
            and all(map(_is_word, vote.asked))
            for vote in votes
        )
    )


def _is_word(word: object) -> bool:
    return isinstance(word, str) and len(word) <= _LONGEST


def _state(conn: Connection, number: int) -> LiveState:
    row = conn.execute(select(_table).filter_by(workshop=number)).first()
    return _read(row.version, row.state) if row else LiveState()


def _read(version: int, state: Mapping[str, Any]) -> LiveState:
    told = dict(state)
    vote = told.pop("vote", None)
    if vote is not None:
        lists = {name: tuple(vote.get(name, ())) for name in ("items", "beside")}
        vote = Vote(**vote | lists)
    times: dict[str, Any] = {name: _time(told.pop(name, None)) for name in ("until", "since")}
    several: dict[str, Any] = {name: tuple(told.pop(name, ())) for name in _SEVERAL}
    return LiveState(version=version, vote=vote, **times, **several, **told)


def _time(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _write(conn: Connection, number: int, state: LiveState) -> None:
    told = {each.name: getattr(state, each.name) for each in fields(state)}
    version, vote = told.pop("version"), told.pop("vote")
    times = {name: told[name] and told[name].timestamp() for name in ("until", "since")}
    told |= {"vote": vote and asdict(vote), **times}
    values = {"version": version, "state": told}
    if not dialects.insert_once(conn, _table, values | {"workshop": number}):
        conn.execute(update(_table).where(_table.c.workshop == number).values(values))
