from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from myths.errors import AnswerError, RecoveryError, WorkshopError
from myths.store import Erasing, Store, Workshop, open_store, schema
from sqlalchemy import event, func, select

from tests.store.samples import asked, expire, given, written
from tests.store.traces import traces


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


def fill_with_words(store: Store, workshop: Workshop) -> str:
    """Let several people write much, so that pages fill and split; gives one of their names."""
    for _ in range(3):
        person = store.join(workshop.code, language="en", consent="agreed").participant
        for number in range(20):
            text = "Rumpelstilzchen " * 50
            store.save(person, written(f"i{number}"), given(text=text, reader="group"))
    return person


@pytest.mark.parametrize("way", ["by the trainer", "when it expires"])
def test_every_byte_of_an_erased_workshop_is_gone(url, store, workshop, way):
    fill_with_words(store, workshop)
    kept = store.open_workshop()
    other = store.join(kept.code, language="en", consent="agreed").participant
    store.save(other, written(), given(text="Schneewittchen", reader="group"))
    assert traces(url, "Rumpelstilzchen") >= 60 * 50
    if way == "by the trainer":
        store.erase_workshop(workshop.code)
    else:
        expire(store, workshop)
        store.erase_expired()
    assert traces(url, "Rumpelstilzchen") == 0
    assert traces(url, "Schneewittchen") == 1


def test_what_a_participant_withdraws_is_gone_and_the_next_sweep_leaves_no_trace(
    url, store, workshop
):
    person = fill_with_words(store, workshop)
    store.erase_participant(person)
    store.erase_expired()
    assert traces(url, "Rumpelstilzchen") == 40 * 50
    assert traces(url, person) == 0


PLACE = {"module": "risk", "item": "reason", "phase": "before"}
WAYS = {
    "withdrawn": lambda store, person: store.erase_participant(person),
    "erased": lambda store, person: store.erase_answer(person, **PLACE),
    "cleared": lambda store, person: store.save(person, written(), given()),
    "declined": lambda store, person: store.save(person, written(), given(declined=True)),
    "for only me": lambda store, person: store.save(
        person, written(), given(text="x", reader="me")
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_words_that_are_taken_away_go_at_once_also_from_a_log_that_stays(tmp_path: Path, way):
    url = f"sqlite:///{tmp_path}/workshop.sqlite"
    store = open_store(url, create=True)
    code = store.open_workshop().code
    person = store.join(code, language="en", consent="agreed").participant
    with store.reading() as conn:
        conn.execute(select(schema.meta))  # as long as it is there, the log is there too
        store.save(person, written(), given(text="Rumpelstilzchen", reader="evaluation"))
        assert b"Rumpelstilzchen" in (tmp_path / "workshop.sqlite-wal").read_bytes()
        conn.commit()
        WAYS[way](store, person)
        assert (tmp_path / "workshop.sqlite-wal").exists()
        assert traces(url, "Rumpelstilzchen") == 0


def test_words_that_a_reader_keeps_in_the_log_go_when_the_reader_is_gone(tmp_path: Path, caplog):
    url = f"sqlite:///{tmp_path}/workshop.sqlite"
    store = open_store(f"{url}?timeout=0.2", create=True)
    workshop = store.open_workshop()
    with store.reading() as conn:
        conn.execute(select(schema.meta))
        fill_with_words(store, workshop)
        store.erase_workshop(workshop.code)
        assert traces(url, "Rumpelstilzchen") > 0
        assert "cleared later" in caplog.text
    store.erase_expired()  # as a server does every hour
    assert traces(url, "Rumpelstilzchen") == 0


def test_erasing_takes_the_room_back(tmp_path: Path):
    store = open_store(f"sqlite:///{tmp_path}/workshop.sqlite", create=True)
    workshop = store.open_workshop()
    fill_with_words(store, workshop)
    store.erase_expired()
    full = (tmp_path / "workshop.sqlite").stat().st_size
    store.erase_workshop(workshop.code)
    assert (tmp_path / "workshop.sqlite").stat().st_size < full - 60 * 800


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
