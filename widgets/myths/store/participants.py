"""Participants: joining, coming back with a recovery code, being known by a cookie, leaving."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from myths.errors import RecoveryError, StoreError
from myths.occasion import Occasion
from myths.store import credentials, encryption
from myths.store.answers import seal_earlier
from myths.store.database import Database
from myths.store.places import PagePlace
from myths.store.salts import salt
from myths.store.schema import (
    erased,
    meta,
    paper_sets,
    participants,
    replaced,
    sessions,
    workshops,
)
from myths.store.workshop_record import COLUMNS, Workshop
from myths.store.workshops import open_to_join
from myths.vocabulary import Reason

_TOKEN_LIFE = timedelta(days=14)
_READABLE = timedelta(hours=12)  # a code that its owner has not said to have kept


@dataclass(frozen=True)
class Joined:
    """What somebody gets who joins or comes back; code and token are nowhere else to be read."""

    participant: str
    recovery: str = field(repr=False)
    token: str = field(repr=False)


@dataclass(frozen=True)
class Visitor:
    """Who a cookie belongs to; `key` opens their texts for "only me" (32 bytes).

    `visit` tells apart whoever is in, also one person on several devices: see `visit_of`. `page` is
    the slug of the page that they opened last, on any device; empty before the first, and `places`
    has where they are on each page (see `PagePlace`). Whoever `contributes` lets the evaluation use
    their answers.
    """

    participant: str
    workshop: Workshop
    language: str
    key: bytes = field(repr=False)
    visit: str = field(repr=False)
    page: str = ""
    contributes: bool = True
    places: Mapping[str, PagePlace] = field(default_factory=dict)

    @property
    def occasion(self) -> Occasion:
        """What the pages for them are made for."""
        return self.workshop.occasion(self.language)


def join(
    database: Database,
    workshop_code: str,
    *,
    language: str,
    consent: str,
    contributes: bool = True,
) -> Joined:
    """Add a new participant; `consent` is the hash of the words agreed to.

    Whoever does not contribute takes part, and is in no table of the evaluation. Raises
    WorkshopError: reason "unknown", "closed" or "expired".
    """
    with database.reading() as conn:
        open_to_join(conn, workshop_code)
        grain = salt(conn)
    joined = Joined(
        credentials.new_participant(), credentials.new_recovery_code(), credentials.new_token()
    )
    mark, code_key = credentials.stretch(joined.recovery, grain)
    public, private = encryption.new_pair()
    with database.writing() as conn:
        workshop, _ = open_to_join(conn, workshop_code)
        new = insert(participants).values(
            name=joined.participant,
            workshop=workshop,
            language=language,
            consent=consent,
            contributes=contributes,
            recovery=mark,
            joined_at=datetime.now(UTC),
            public_key=public,
            wrapped_key=encryption.wrap(private, code_key, joined.participant),
        )
        number = conn.scalars(new.returning(participants.c.id)).one()
        shown = readable(joined.recovery, joined.token, joined.participant)
        _let_in(conn, number, joined, private, **shown)
    return joined


def recover(database: Database, recovery_code: str) -> Joined:
    """Admit a participant who comes back with a recovery code; they get a new token.

    Raises RecoveryError: reason "length", "mistyped", "replaced", "nobody", "paper" (nobody has
    typed their sheets in), "erased" or "expired". It takes about 50 ms on purpose, and as much
    again for each store that was merged into this one; limiting how often one may try is the
    caller's.
    """
    code = credentials.read_recovery_code(recovery_code)
    with database.reading() as conn:
        salts = conn.scalars(select(meta.c.value).where(meta.c.key.startswith("salt"))).all()
    keys = dict(credentials.stretch(code, grain) for grain in salts)
    with database.writing() as conn:
        row = conn.execute(
            select(participants.c.id, participants.c.name, participants.c.wrapped_key)
            .add_columns(participants.c.recovery, *COLUMNS)
            .join_from(participants, workshops)
            .where(participants.c.recovery.in_(keys))
        ).first()
        if row is None:
            raise gone(conn, *keys)
        _check_time(Workshop(*row[4:]))
        code_key = keys[row.recovery]
        back = Joined(row.name, code, credentials.new_token())
        if row.wrapped_key is None:
            private = _equip(conn, row.id, row.name, code_key)
        else:
            private = _unwrap(database, row.wrapped_key, code_key, row.name)
        _let_in(conn, row.id, back, private)
    if row.wrapped_key is None:
        database.empty_log()
    return back


def visitor(database: Database, token: str) -> Visitor:
    """Find who a cookie's token belongs to.

    Raises RecoveryError: reason "nobody", "erased", "away" (the cookie is too old) or "expired"
    (the workshop).
    """
    mark = credentials.hash_token(token)
    with database.reading() as conn:
        row = conn.execute(
            select(sessions.c.expires_at, sessions.c.wrapped_key)
            .add_columns(participants.c.name, participants.c.language, participants.c.page)
            .add_columns(participants.c.contributes, participants.c.places, *COLUMNS)
            .join_from(sessions, participants)
            .join(workshops)
            .where(sessions.c.token == mark)
        ).first()
        if row is None:
            raise gone(conn, mark)
    until, wrapped, name, language, page, contributes, places = row[:7]
    workshop = Workshop(*row[7:])
    _check_time(workshop)
    if datetime.now(UTC) >= until:
        raise RecoveryError(
            "You have been away for a while: use your recovery code to come back.",
            reason=Reason.AWAY,
        )
    key = _unwrap(database, wrapped, encryption.key_of_token(token), name)
    return Visitor(name, workshop, language, key, mark, page or "", contributes, places or {})


def speak(database: Database, visitor: Visitor, language: str) -> None:
    """Keep the language in which somebody goes on; what they said stays as it was asked."""
    them = participants.c.name == visitor.participant
    with database.writing() as conn:
        conn.execute(update(participants).where(them).values(language=language))


def visit_of(token: str) -> str:
    """Return the name of the visit that a cookie's token is for; it opens nothing."""
    return credentials.hash_token(token)


def readable(code: str, token: str, name: str) -> dict[str, Any]:
    """Return what a visit's row says of a code that its owner has yet to keep."""
    sealed = encryption.wrap(code.encode(), encryption.key_of_token(token), code_place(name))
    return {"code": sealed, "code_until": datetime.now(UTC) + _READABLE}


def code_place(name: str) -> str:
    """Name what is sealed, in a form that no participant's name has."""
    return f"the code of {name}"


def _let_in(conn: Connection, number: int, who: Joined, private: bytes, **shown: Any) -> None:
    conn.execute(
        insert(sessions).values(
            token=credentials.hash_token(who.token),
            participant=number,
            expires_at=datetime.now(UTC) + _TOKEN_LIFE,
            wrapped_key=encryption.wrap(
                private, encryption.key_of_token(who.token), who.participant
            ),
            **shown,
        )
    )


def _equip(conn: Connection, number: int, name: str, code_key: bytes) -> bytes:
    """Return keys to somebody who joined before there were any, and seal what they wrote."""
    public, private = encryption.new_pair()
    conn.execute(
        update(participants)
        .where(participants.c.id == number)
        .values(public_key=public, wrapped_key=encryption.wrap(private, code_key, name))
    )
    seal_earlier(conn, number, name, public)
    return private


def _unwrap(database: Database, wrapped: bytes, key: bytes, name: str) -> bytes:
    try:
        return encryption.unwrap(wrapped, key, name)
    except encryption.UnopenedText:
        raise StoreError(
            f"A participant's key in {database.place} is damaged: whoever runs the server should "
            "bring back a backup."
        ) from None


def _check_time(workshop: Workshop) -> None:
    if workshop.state == "expired":
        raise RecoveryError(
            f"The workshop {workshop.code} ended on {workshop.erasing_date}, when its answers were "
            "due to be erased: for a new workshop, ask the trainer.",
            reason=Reason.EXPIRED,
        )


def gone(conn: Connection, *marks: str) -> RecoveryError:
    """Return why no participant was found: erased, or never there."""
    if conn.execute(select(erased.c.mark).where(erased.c.mark.in_(marks))).first():
        return RecoveryError(
            "Your answers were erased: you can join again with a workshop code.",
            reason=Reason.ERASED,
        )
    if conn.execute(select(replaced.c.mark).where(replaced.c.mark.in_(marks))).first():
        return RecoveryError(
            "This recovery code was replaced by a newer one: use the newest.",
            reason=Reason.REPLACED,
        )
    if conn.execute(select(paper_sets.c.id).where(paper_sets.c.recovery.in_(marks))).first():
        return RecoveryError(
            "The sheets with this code have not been typed in yet: ask the trainer when they are.",
            reason=Reason.PAPER,
        )
    return RecoveryError(
        "No answers belong to this: compare your recovery code with the one you wrote down, or "
        "join with a workshop code.",
        reason=Reason.NOBODY,
    )
