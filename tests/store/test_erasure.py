from __future__ import annotations

from datetime import UTC, datetime

import pytest
from myths.errors import AnswerError, RecoveryError, WorkshopError
from myths.store import Erasing, Store, schema
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


def test_a_line_without_words_tells_what_was_erased_and_why(store, workshop, joined):
    other = store.join(workshop.code, language="en", consent="agreed").participant
    store.save(other, asked(), given(5))
    store.erase_participant(joined.participant)
    store.erase_participant(joined.participant)
    store.erase_workshop(workshop.code)
    empty, over = store.open_workshop(), store.open_workshop()
    store.erase_workshop(empty.code)
    store.join(over.code, language="en", consent="agreed")
    expire(store, over)
    store.erase_expired()
    store.erase_expired()
    today = datetime.now(UTC).date()
    assert store.erasings() == [
        Erasing(today, workshop.code, "withdrawn", people=1, answers=3),
        Erasing(today, workshop.code, "erased", people=1, answers=1),
        Erasing(today, empty.code, "erased", people=0, answers=0),
        Erasing(today, over.code, "expired", people=1, answers=0),
    ]


def test_nothing_to_erase_rewrites_nothing(store, joined):
    said = []
    event.listen(store.engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    store.erase_expired()
    assert store.erasings() == []
    assert not [statement for statement in said if "VACUUM" in statement]


def test_an_erasing_that_fails_half_way_erases_nothing(store, joined):
    def fail(_conn, _cursor, statement, *_):
        if statement.startswith("DELETE FROM participants"):
            raise KeyboardInterrupt

    event.listen(store.engine, "before_cursor_execute", fail)
    with pytest.raises(KeyboardInterrupt):
        store.erase_participant(joined.participant)
    event.remove(store.engine, "before_cursor_execute", fail)
    assert sizes(store)["answers"] == 3
    assert sizes(store)["erased"] == sizes(store)["erasings"] == 0
    assert store.recover(joined.recovery)
