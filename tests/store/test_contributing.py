"""Taking part and giving answers to the evaluation are two things, and both can be changed."""

from __future__ import annotations

import pytest
from myths.store import QuestionKey, Store, open_store, restore

from tests.store.samples import asked, given, written
from tests.store.stores import at_version, join, new

MYTH = QuestionKey("risk", "myth", "before")


def told(store: Store) -> str:
    """All that the evaluation reads of people and answers."""
    with store.snapshot() as tables:
        frames = [tables.participants(), tables.answers(), tables.history(), *tables.pieces()]
    return "".join(frame.to_csv() for frame in frames)


@pytest.fixture
def apart(store, workshop):
    """Somebody who takes part and does not contribute."""
    joined = store.join(workshop.code, language="en", consent="agreed", contributes=False)
    store.save(joined.participant, asked(), given(4))
    words = given(text="Rumpelstilzchen", reader="evaluation")
    store.save(joined.participant, written(), words)
    return joined


def test_who_does_not_contribute_is_in_no_table_and_finds_all_their_answers(store, person, apart):
    store.save(person, asked(), given(2))
    assert person in told(store)
    assert apart.participant not in told(store)
    assert "Rumpelstilzchen" not in told(store)
    mine = store.latest(apart.participant, key=store.visitor(apart.token).key)
    assert mine["risk", "myth", "before"].value == 4
    assert mine["risk", "reason", "before"].text == "Rumpelstilzchen"
    assert store.joined() == {store.visitor(apart.token).workshop.code: 2}


def test_the_words_of_who_does_not_contribute_stay_in_the_database(store, apart, monkeypatch):
    from myths.store import frames

    rows = []
    monkeypatch.setattr(
        frames, "_part", lambda part, old=frames._part: rows.extend(part) or old(part)
    )
    told(store)
    assert rows == []


def test_a_mind_is_changed_in_both_directions_and_for_all_answers(store, apart):
    visitor = store.visitor(apart.token)
    assert not visitor.contributes
    store.contribute(visitor, contributes=True)
    assert store.visitor(apart.token).contributes
    assert "Rumpelstilzchen" in told(store)
    store.contribute(visitor, contributes=False)
    assert not store.visitor(apart.token).contributes
    assert apart.participant not in told(store)


def test_how_many_do_not_contribute_is_counted_by_workshop(store, workshop, person, apart):
    store.join(store.open_workshop().code, language="en", consent="agreed")
    with store.snapshot() as tables:
        assert tables.apart() == {workshop.code: 1}


def test_the_group_sees_nothing_of_who_does_not_contribute(store, workshop, apart):
    for number in range(4):
        name = store.join(workshop.code, language="en", consent="agreed").participant
        store.save(name, asked(), given(number + 1))
    waiting = []
    store.batches(workshop.code, MYTH, rule=lambda answers, *_: waiting.append(answers))
    assert [each.value for each in waiting[0]] == [1, 2, 3, 4]


def test_who_joined_before_there_was_a_choice_contributes_as_agreed(url):
    with at_version("0010", url) as conn:
        from sqlalchemy import text

        conn.execute(
            text(
                "INSERT INTO workshops VALUES (1, 'ROOM7', '', 'en', 'eu', false, 1, 2,"
                " 4000000000000000, 4000000000000000, NULL, 'mixed', 'UTC')"
            )
        )
        conn.execute(
            text(
                "INSERT INTO participants (id, name, workshop, language, consent, recovery,"
                " joined_at) VALUES (1, 'pold', 1, 'en', '', 'mark', 1)"
            )
        )
    assert list(open_store(url, create=True).participants()["participant"]) == ["pold"]


def test_a_restore_brings_back_nobody_whose_mind_has_changed_since(store, person, url, tmp_path):
    leaver = join(store, store.workshops()[0].code)
    store.backup(tmp_path / "monday")
    store.contribute(store.visitor(leaver.token), contributes=False)
    restore(tmp_path / "monday", url, replace=True)
    assert list(store.participants()["participant"]) == [person]
    assert not store.visitor(leaver.token).contributes


def test_keeping_answers_from_the_evaluation_in_either_of_two_copies_holds_in_both(tmp_path):
    room = new(tmp_path, "room.sqlite")
    here, there = (join(room, room.open_workshop().code) for _ in range(2))
    room.backup(tmp_path / "copy")
    restore(tmp_path / "copy", f"sqlite:///{tmp_path}/other.sqlite")
    other = open_store(f"sqlite:///{tmp_path}/other.sqlite")
    room.contribute(room.visitor(here.token), contributes=False)
    other.contribute(other.visitor(there.token), contributes=False)
    room.merge(other)
    assert room.participants().empty
    before = room.participants()
    room.merge(other)
    assert room.participants().equals(before)
