from __future__ import annotations

import pandas as pd
import pytest
from myths.store import frames

from tests.store.samples import asked, given, written


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    """Let a few answers need several pieces."""
    monkeypatch.setattr(frames, "_AT_ONCE", 2)
    monkeypatch.setattr(frames, "_PARTS", 2)


def join(store, code: str) -> str:
    return store.join(code, language="en", consent="agreed").participant


@pytest.fixture
def full(store):
    """A store with changed, cleared, declined and taken back answers in three workshops."""
    for code, rehearsal in (("FIRST", False), ("SECOND", False), ("TRIAL", True)):
        store.open_workshop(code=code, rehearsal=rehearsal)
        for _ in range(3):
            person = join(store, code)
            for value in (1, 2):
                store.save(person, asked(), given(value))
            store.save(person, asked(wording="f" * 12, language="ar"), given(3))
            store.save(person, asked("fact"), given(4))
            store.save(person, asked("fact"), given())
            store.save(person, asked("over", "after"), given(declined=True))
            store.save(person, written(), given(text="open", reader="evaluation"))
            store.save(person, written("later"), given(text="open", reader="evaluation"))
            store.save(person, written("later"), given(text="mine", reader="me"))
    join(store, "FIRST")
    return store


def pieces(store, **options) -> list[pd.DataFrame]:
    with store.snapshot(**options) as tables:
        return list(tables.pieces())


@pytest.mark.parametrize(
    "options",
    [{}, {"rehearsal": True}, {"workshop": "second"}, {"workshop": ["FIRST", "TRIAL"]}],
    ids=str,
)
def test_the_pieces_together_are_the_table_of_answers(full, options):
    found = pieces(full, **options)
    whole = full.answers(**options)
    assert len(whole) >= 12
    assert max(map(len, found)) <= 4
    pd.testing.assert_frame_equal(pd.concat(found, ignore_index=True), whole)


def test_the_first_piece_has_all_columns_and_no_rows(store, full):
    for piece in (pieces(full)[0], *pieces(full, workshop=[])):
        assert piece.empty
        assert piece.dtypes.astype(str).equals(full.answers().dtypes.astype(str))


def test_what_is_said_while_they_are_read_is_in_no_piece(full):
    before = len(full.answers())
    with full.snapshot() as tables:
        found = tables.pieces()
        next(found)
        person = join(full, "FIRST")
        full.save(person, asked(), given(5))
        assert sum(map(len, found)) == before == len(tables.answers())
        assert person not in set(tables.participants()["participant"])
    assert len(full.answers()) == before + 1
