"""A store behind a pooler in transaction mode, and past it where that is needed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import psycopg
import pytest
from myths.errors import StoreError
from myths.store import Store, dialects, open_store
from sqlalchemy import text

from tests.pgbouncer import Pooler, pooling
from tests.postgres import Server
from tests.store.samples import age, asked, given, written
from tests.store.stores import at_version
from tests.store.sweeping import swept


@pytest.fixture
def pooler(database: str) -> Iterator[Pooler]:
    with pooling(database) as running:
        yield running


@pytest.fixture
def shared(pooler: Pooler, database: str, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store as a server opens it: through the pooler, and past it."""
    monkeypatch.setenv("MYTHS_DB", pooler.url)
    monkeypatch.setenv("MYTHS_DB_DIRECT", database)
    return open_store(pooler.url, create=True, pooled=True)


def test_answers_go_through_the_pooler_and_locks_past_it(shared: Store, pooler: Pooler):
    code = shared.open_workshop().code
    person = shared.join(code, language="en", consent="agreed").participant
    for value in range(1, 8):  # a statement that was prepared would be another connection's
        shared.save(person, asked(), given(value))
    assert shared.latest(person)["risk", "myth", "before"].value == 7
    with shared.serving():
        pooler.end()  # the lock is not the pooler's
        with pytest.raises(StoreError, match="cannot be reached"):
            shared.save(person, asked(), given(1))
        pooler.start()
        shared.save(person, asked(), given(1))  # by a new connection


def test_a_pooler_without_a_way_past_it_is_noticed(shared: Store, pooler: Pooler, database: str):
    assert not shared.meets_pooler()
    assert not open_store(database).meets_pooler()
    assert replace(shared, around=open_store(pooler.url).engine).meets_pooler()


def test_what_is_erased_behind_a_pooler_is_swept(shared: Store):
    code = shared.open_workshop().code
    person = shared.join(code, language="en", consent="agreed").participant
    shared.save(person, written(), given(text="Rumpelstilzchen", reader="group"))
    shared.erase_participant(person)
    age(shared, days=1)
    swept(shared)


def test_a_kernel_opens_the_store_through_the_pooler_alone(
    shared: Store, pooler: Pooler, database: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("MYTHS_DB_DIRECT", database.replace("workshop", "nowhere"))
    store = open_store(shared.address)
    assert store.workshops() == []


def test_a_direct_address_that_leads_elsewhere_is_told(
    postgres: Server, pooler: Pooler, monkeypatch: pytest.MonkeyPatch
):
    with postgres.database("elsewhere") as other:
        monkeypatch.setenv("MYTHS_DB", pooler.url)
        monkeypatch.setenv("MYTHS_DB_DIRECT", other)
        with pytest.raises(StoreError, match="leads to another database than MYTHS_DB"):
            open_store(pooler.url, create=True)


@pytest.mark.parametrize("wrong", ["sqlite:///other.sqlite", "mysql://x/y"])
def test_a_direct_address_of_another_kind_is_told(
    pooler: Pooler, wrong: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("MYTHS_DB", pooler.url)
    monkeypatch.setenv("MYTHS_DB_DIRECT", wrong)
    with pytest.raises(StoreError, match="MYTHS_DB_DIRECT must be an address"):
        open_store(pooler.url, create=True)


def test_another_store_than_the_poolers_has_no_direct_way(
    pooler: Pooler, monkeypatch: pytest.MonkeyPatch, tmp_path
):
    monkeypatch.setenv("MYTHS_DB", pooler.url)
    monkeypatch.setenv("MYTHS_DB_DIRECT", "postgresql://nobody@/nowhere")
    store = open_store(f"sqlite:///{tmp_path}/room.sqlite", create=True)
    assert store.around is store.engine


def test_a_pool_goes_on_after_the_database_was_started_again(postgres: Server, database: str):
    store = open_store(database, create=True, pooled=True)
    code = store.open_workshop().code
    kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'workshop'"
    postgres.run(kill)
    assert [each.code for each in store.workshops()] == [code]


def test_a_pool_gives_every_thread_a_connection_and_keeps_eight(database: str):
    store = open_store(database, create=True, pooled=True)
    code = store.open_workshop().code

    def join(_: int) -> str:
        return store.join(code, language="en", consent="agreed").participant

    with ThreadPoolExecutor(20) as threads:
        assert len(set(threads.map(join, range(60)))) == 60
    with psycopg.connect(database) as connection:
        open_now = connection.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = 'workshop' AND pid <> pg_backend_pid()"
        ).fetchone()
    store.engine.dispose()
    assert open_now
    assert 1 <= open_now[0] <= 8


def test_who_waits_for_another_ones_migration_waits_as_long_as_it_takes(
    database: str, monkeypatch: pytest.MonkeyPatch
):
    quick = "SET LOCAL lock_timeout = '1s'"
    monkeypatch.setitem(dialects._BEGIN, ("postgresql", "writing"), quick)
    with at_version("0010", database):
        pass
    with psycopg.connect(database) as migrating, ThreadPoolExecutor(1) as threads:
        migrating.execute("SELECT pg_advisory_xact_lock(7411016)")
        opened = threads.submit(open_store, database, create=True)
        with psycopg.connect(database, autocommit=True) as watching:
            for _ in range(30):  # longer than anybody waits for another lock
                watching.execute("SELECT pg_sleep(0.1)")
                assert not opened.done()
        migrating.rollback()
        store = opened.result(30)
    with store.reading() as conn:
        assert conn.execute(text("SELECT version_num FROM myths_version")).scalar()
