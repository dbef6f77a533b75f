"""What was taken away leaves no trace in the files, and clearing them holds nobody up."""

from __future__ import annotations

from pathlib import Path

import pytest
from myths.store import Store, Workshop, open_store, schema
from myths.store import sweep as store_sweep
from sqlalchemy import event, select, text

from tests.store.samples import age, expire, given, written
from tests.store.sweeping import swept
from tests.store.traces import traces


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
    swept(store)
    assert traces(url, "Rumpelstilzchen") == 0
    assert traces(url, "Schneewittchen") == 1


def test_what_a_participant_withdraws_is_gone_and_the_next_sweep_leaves_no_trace(
    url, store, workshop
):
    person = fill_with_words(store, workshop)
    store.erase_participant(person)
    swept(store)
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


def marks(store: Store) -> int:
    with store.reading() as conn:
        keys = conn.scalars(select(schema.meta.c.key)).all()
    return sum(key.startswith("unswept") for key in keys)


# On PostgreSQL, where other programs may have a transaction open, and writing anew locks


@pytest.fixture
def central(database: str) -> Store:
    """A store on PostgreSQL in which somebody's words were erased, a day after they were said."""
    store = open_store(database, create=True)
    workshop = store.open_workshop()
    fill_with_words(store, workshop)
    age(store, days=1)
    with store.writing() as conn:  # as `erase_workshop`, but not swept yet
        conn.execute(text("DELETE FROM answers"))
        store_sweep.to_sweep(conn)
    return store


def test_a_sweep_is_not_done_while_an_older_transaction_sees_the_rows(database, central):
    with central.reading() as older:
        older.execute(select(schema.meta))
        with central.writing() as conn:
            conn.execute(text("UPDATE workshops SET title = 'Schneewittchen'"))
            conn.execute(text("UPDATE workshops SET title = ''"))
            store_sweep.to_sweep(conn)
        assert not central.sweep()
        assert traces(database, "Schneewittchen") > 0
        assert marks(central) == 2
    swept(central)
    assert traces(database, "Schneewittchen", "Rumpelstilzchen") == 0
    assert marks(central) == 0


def test_nothing_is_locked_while_somebody_in_any_room_answers(central):
    code = central.open_workshop().code
    person = central.join(code, language="en", consent="agreed").participant
    age(central, days=1)
    central.save(person, written(), given(text="I go on", reader="group"))
    said = []
    event.listen(central.engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    assert not central.sweep()
    assert not [statement for statement in said if "VACUUM" in statement]
    assert marks(central) == 1
    swept(central)


def test_a_sweep_waits_for_no_lock_in_which_others_would_wait_behind_it(central):
    with central.writing() as conn:
        conn.execute(text("LOCK TABLE answers IN ACCESS SHARE MODE"))
        assert not central.sweep()  # at once: this very thread has the lock
        assert marks(central) == 1
    swept(central)


def test_tables_are_locked_for_a_hundredth_of_the_quiet_time_at_most(central, monkeypatch, caplog):
    monkeypatch.setattr(store_sweep, "_PART", 10**9)  # of a day: less than it takes
    age(central, days=1)
    assert not central.sweep()
    assert marks(central) == 1
    assert not caplog.records  # it is no fault
    with central.reading() as conn:
        assert conn.scalar(text("SHOW statement_timeout")) == "0"
    monkeypatch.undo()
    swept(central)
    assert marks(central) == 0


def test_a_sweep_that_is_cut_off_is_done_again(central):
    def cut(_conn, _cursor, statement, *_):
        if "VACUUM" in statement:
            raise KeyboardInterrupt

    event.listen(central.engine, "before_cursor_execute", cut)
    with pytest.raises(KeyboardInterrupt):
        central.sweep()
    event.remove(central.engine, "before_cursor_execute", cut)
    assert marks(central) == 1
    swept(central)


def test_words_that_are_taken_away_during_a_sweep_are_left_for_the_next(central):
    def meanwhile(_conn, _cursor, statement, *_):
        if "VACUUM" in statement:
            with open_store(central.address).writing() as conn:
                store_sweep.to_sweep(conn)

    event.listen(central.engine, "after_cursor_execute", meanwhile)
    swept(central)
    event.remove(central.engine, "after_cursor_execute", meanwhile)
    assert marks(central) == 1


SAMPLED = "SELECT count(*) FROM pg_stats WHERE attname IN ('text', 'recovery', 'title')"


def test_the_database_servers_statistics_hold_no_words(database, central):
    fill_with_words(central, central.open_workshop())
    with central.outside() as conn:
        conn.execute(text("ANALYZE"))
        assert conn.scalar(text(SAMPLED)) == 0
        conn.execute(text("ALTER TABLE answers ALTER COLUMN text SET STATISTICS 100"))
        conn.execute(text("ANALYZE"))
        assert conn.scalar(text(SAMPLED)) == 1  # as of a store from before
    open_store(database, create=True)
    with central.outside() as conn:
        assert conn.scalar(text(SAMPLED)) == 0
