"""A store of the first version is brought up to date, and what it holds keeps its promises."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator

import pytest
from myths.errors import RecoveryError
from myths.store import Store, credentials, open_store
from sqlalchemy import insert, text
from sqlalchemy.sql import column, table

from tests.store.samples import given, written
from tests.store.stores import at_version
from tests.store.sweeping import swept
from tests.store.traces import traces

CODE, TOKEN = credentials.new_recovery_code(), credentials.new_token()
MINE, TAKEN_BACK = "Rumpelstilzchen ist mein Name", "Schneewittchen"
FAR = 4_000_000_000_000_000  # microseconds: the year 2096
VERSIONS = [  # item, kind, value, text, reader; in the order of saying them
    ("reason", "text", None, TAKEN_BACK, "evaluation"),
    ("reason", "text", None, MINE, "me"),
    ("plan", "text", None, MINE, None),
    ("open", "text", None, "open to all", "evaluation"),
    ("cleared", "text", None, TAKEN_BACK, "evaluation"),
    ("cleared", "text", None, None, "evaluation"),
    ("myth", "rating", 1, None, None),
    ("myth", "rating", 2, None, None),
]


def rows(salt: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Give table and values of each row that the first version wrote."""
    times = {"opened_at": 1, "joins_until": FAR, "pooled_at": FAR, "expires_at": FAR}
    titles = {"title": "", "language": "en", "country": "eu", "rehearsal": False}
    yield "workshops", {"id": 1, "code": "ROOM", **titles, **times}
    known = {"recovery": credentials.stretch(CODE, salt)[0], "language": "en", "consent": ""}
    yield "participants", {"id": 1, "name": "pold", "workshop": 1, "joined_at": 1, **known}
    cookie = credentials.hash_token(TOKEN)
    yield "sessions", {"token": cookie, "participant": 1, "expires_at": FAR}
    kinds = {item: kind for item, kind, *_ in VERSIONS}
    words = {"language": "en", "wording": "0123456789ab", "words": json.dumps({"question": "?"})}
    for number, (item, kind) in enumerate(kinds.items(), start=1):
        place = {"module": "risk", "item": item, "phase": "before", "kind": kind}
        yield "questions", {"id": number, **place, **words}
    for number, (item, _, value, said, reader) in enumerate(VERSIONS, start=1):
        belongs = {"participant": 1, "question": [*kinds].index(item) + 1, "at": number}
        answer = {"value": value, "text": said, "declined": False, "reader": reader}
        yield "answers", {"seq": number, "key": str(uuid.UUID(int=number)), **belongs, **answer}


@pytest.fixture
def first_version(url: str) -> str:
    """The address of a store as the first version made it, with somebody who is in."""
    with at_version("0001", url) as conn:
        salt = str(conn.scalar(text("SELECT value FROM meta")))
        for name, values in rows(salt):
            conn.execute(insert(table(name, *map(column, values))).values(**values))
        if conn.dialect.name == "postgresql":  # they go on from here
            for sequence in ("answers_seq_seq", "questions_id_seq"):
                conn.execute(text(f"SELECT setval('{sequence}', 100)"))
    return url


def texts(store: Store, key: bytes | None) -> dict[str, str]:
    found = store.latest("pold", key=key)
    return {item: given.text for (_, item, _), given in found.items() if given.text}


def test_earlier_versions_lose_their_words_and_nothing_else_is_lost(first_version, caplog):
    store = open_store(first_version, create=True)
    assert "2 texts" in caplog.text
    assert texts(store, None) == {"reason": MINE, "plan": MINE, "open": "open to all"}
    assert list(store.answers()["text"].dropna()) == ["open to all"]
    assert list(store.answers(history=True)["value"].dropna()) == [1, 2]
    assert len(store.answers(history=True)) == len(VERSIONS)
    assert [each.audience for each in store.workshops()] == ["mixed"]
    (room,) = store.workshops()
    assert (room.route, room.modules, room.short) == ("full-day", (), False)
    assert set(store.answers(audience="mixed")["audience"]) == {"mixed"}
    assert "cleared" not in set(store.answers()["item"])
    swept(store)
    assert traces(first_version, TAKEN_BACK) == 0


def test_who_comes_back_with_the_code_finds_their_texts_sealed(first_version):
    store = open_store(first_version, create=True)
    with pytest.raises(RecoveryError) as caught:
        store.visitor(TOKEN)  # only the code can make a key
    assert caught.value.reason == "nobody"
    visitor = store.visitor(store.recover(CODE).token)
    assert texts(store, visitor.key) == {"reason": MINE, "plan": MINE, "open": "open to all"}
    assert texts(store, None) == {"open": "open to all"}
    swept(store)
    assert traces(first_version, "Rumpelstilzchen") == 0
    store.save("pold", written("new"), given(text="new", reader="me"))
    again = store.visitor(store.recover(CODE).token)
    assert again.key == visitor.key
    assert texts(store, again.key)["new"] == "new"


STAFF = table("staff", column("mark"), column("key"), column("expires_at"))


@pytest.mark.parametrize("altered", [False, True])
def test_trainers_come_in_to_a_store_of_either_form_of_version_4(url, altered):
    with at_version("0004", url) as conn:
        if altered:  # as the migration was for a while: the same version, another column
            conn.execute(text("DROP TABLE staff"))
            columns = "mark VARCHAR(64) NOT NULL PRIMARY KEY, key VARCHAR(64)"
            conn.execute(text(f"CREATE TABLE staff ({columns}, expires_at BIGINT NOT NULL)"))
        kept = {"mark": "a hash", "key": None if altered else True, "expires_at": FAR}
        conn.execute(insert(STAFF).values(**kept))
    store = open_store(url, create=True)
    with store.reading() as conn:
        assert [*conn.scalars(text("SELECT mark FROM staff"))] == ["a hash"] * altered
    token = store.let_staff_in(store.new_staff_key())
    assert token
    assert store.staff_role(token)
