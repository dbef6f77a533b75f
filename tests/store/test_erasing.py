from __future__ import annotations

from pathlib import Path

import pytest
from myths.errors import AnswerError, RecoveryError, WorkshopError
from myths.store import Store, open_store, schema
from sqlalchemy import event, func, select

from tests.store.samples import asked, expire, given, written


@pytest.fixture
def joined(store, workshop):
    joined = store.join(workshop.code, language="en", consent="agreed")
    store.save(joined.participant, asked(), given(1))
    store.save(joined.participant, asked(), given(2))
    store.save(joined.participant, written(), given(text="secret", reader="me"))
    return joined


def sizes(store: Store) -> dict[str, int]:
    with store.reading() as conn:
        return {
            table.name: conn.scalars(select(func.count()).select_from(table)).one()
            for table in schema.metadata.sorted_tables
        }


def test_erasing_deletes_every_row_of_a_participant_and_nothing_else(store, workshop, joined):
    other = store.join(workshop.code, language="en", consent="agreed")
    store.save(other.participant, asked(), given(5))
    assert store.erase_participant(joined.participant) == 3
    left = sizes(store)
    assert (left["participants"], left["sessions"], left["answers"]) == (1, 1, 1)
    assert store.latest(other.participant)
    assert list(store.participants()["participant"]) == [other.participant]


def test_who_was_erased_is_told_so_and_can_save_nothing_more(store, joined):
    back = store.recover(joined.recovery)
    store.erase_participant(joined.participant)
    for look_up, secret in (
        (store.recover, joined.recovery),
        (store.visitor, joined.token),
        (store.visitor, back.token),
    ):
        with pytest.raises(RecoveryError) as caught:
            look_up(secret)
        assert caught.value.reason == "erased"
    with pytest.raises(AnswerError, match="erased"):
        store.save(joined.participant, asked(), given(1))
    assert store.erase_participant(joined.participant) == 0


def test_only_hashes_stay_behind_and_they_lead_nowhere(store, joined):
    store.erase_participant(joined.participant)
    with store.reading() as conn:
        marks = conn.execute(select(schema.erased)).all()
    assert len(marks) == 2
    assert joined.participant not in repr(marks)


def test_erasing_a_workshop_erases_everybody_in_it_and_no_other_workshop(store, workshop, joined):
    store.join(workshop.code, language="en", consent="agreed")
    kept = store.open_workshop()
    store.join(kept.code, language="en", consent="agreed")
    assert store.erase_workshop(workshop.code.lower()) == 2
    assert store.workshops() == [kept]
    assert sizes(store)["participants"] == 1
    assert sizes(store)["answers"] == 0
    with pytest.raises(WorkshopError) as caught:
        store.erase_workshop(workshop.code)
    assert caught.value.reason == "unknown"


def test_only_workshops_whose_time_is_over_are_erased_when_due(store, workshop, joined):
    kept = store.open_workshop()
    assert store.erase_expired() == 0
    expire(store, workshop)
    assert store.erase_expired() == 1
    assert store.workshops() == [kept]
    assert sizes(store)["answers"] == 0


def test_erased_words_are_gone_from_the_bytes_of_the_file(tmp_path: Path):
    store = open_store(f"sqlite:///{tmp_path}/workshop.sqlite", create=True)
    workshop = store.open_workshop()
    person = store.join(workshop.code, language="en", consent="agreed").participant

    def traces() -> int:
        return sum(file.read_bytes().count(b"Rumpelstilzchen") for file in tmp_path.iterdir())

    with store.reading() as conn:
        conn.execute(select(schema.meta))  # a reader keeps the log, where the words stand first
        store.save(person, written(), given(text="Rumpelstilzchen " * 100))
        assert traces() > 0
        conn.commit()
        store.erase_participant(person)
        assert traces() == 0


def test_an_erasing_that_fails_half_way_erases_nothing(store, joined):
    def fail(_conn, _cursor, statement, *_):
        if statement.startswith("DELETE FROM participants"):
            raise KeyboardInterrupt

    event.listen(store.engine, "before_cursor_execute", fail)
    with pytest.raises(KeyboardInterrupt):
        store.erase_participant(joined.participant)
    event.remove(store.engine, "before_cursor_execute", fail)
    assert sizes(store)["answers"] == 3
    assert sizes(store)["erased"] == 0
    assert store.recover(joined.recovery)
