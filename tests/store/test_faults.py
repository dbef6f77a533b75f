"""Every fault of the database is told in a sentence that says who can do what."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from myths.answer import Answer
from myths.errors import StoreError
from myths.store import Store, database, open_store
from sqlalchemy import event, text

from tests.store.samples import asked, given, written


def fault(act, *args, **options) -> StoreError:
    with pytest.raises(StoreError) as caught:
        act(*args, **options)
    assert "\n" not in str(caught.value)
    return caught.value


def set_version(store, version: str) -> None:
    with store.writing() as conn:
        conn.execute(text("UPDATE myths_version SET version_num = :version"), {"version": version})


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every account may look into, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@contextmanager
def an_ordinary_account() -> Iterator[None]:
    """Root may write everywhere, so it steps down for a moment; others stay who they are."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


# What is wrong with the address


def test_a_missing_file_is_named_and_not_made(tmp_path):
    error = fault(open_store, f"sqlite:///{tmp_path}/none.sqlite")
    assert "There is no file" in str(error)
    assert "none.sqlite" in str(error)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["nonsense", "sqlite://", "sqlite:///:memory:", "mysql://a:b@c/d"])
def test_an_address_that_will_not_do_is_answered_with_one_that_would(url):
    assert "sqlite:///data/workshop.sqlite" in str(fault(open_store, url))


def test_a_server_that_cannot_be_reached_is_worth_another_try_and_keeps_its_password():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    error = fault(open_store, f"postgresql://me:topsecret@127.0.0.1:{port}/db", create=True)
    assert error.retry
    assert "127.0.0.1" in str(error)
    assert "topsecret" not in str(error)


def test_a_database_that_the_server_does_not_have_is_named(postgres):
    assert "nowhere" in str(fault(open_store, postgres.url("nowhere"), create=True))


def test_without_psycopg_the_remedy_is_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "myths[postgres]" in str(fault(open_store, "postgresql://me@localhost/db"))


def test_the_password_is_in_no_text_about_the_store(database):
    secret = database.replace("tests@", "tests:topsecret@")
    store = open_store(secret, create=True)
    assert "topsecret" not in repr(store)
    assert "topsecret" in store.address


# What is wrong with the database


@pytest.mark.parametrize("create", [True, False])
def test_a_file_that_is_no_database_is_left_alone(tmp_path, create):
    file = tmp_path / "letter.txt"
    file.write_text("Dear trainer, " * 1000)
    assert "not a workshop's database" in str(fault(open_store, f"sqlite:///{file}", create=create))
    assert file.read_text() == "Dear trainer, " * 1000


@pytest.mark.parametrize("create", [True, False])
def test_the_database_of_another_program_is_left_alone(tmp_path, create):
    file = tmp_path / "places.sqlite"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE bookmarks (url)")
    connection.close()
    before = file.read_bytes()
    assert "another program" in str(fault(open_store, f"sqlite:///{file}", create=create))
    assert file.read_bytes() == before


def test_an_empty_database_is_filled_only_when_asked_to(database, tmp_path):
    (tmp_path / "empty.sqlite").touch()
    for url in (database, f"sqlite:///{tmp_path}/empty.sqlite"):
        assert "myths serve" in str(fault(open_store, url))
        assert open_store(url, create=True).workshops() == []


def test_a_store_of_a_newer_version_is_refused_also_when_making(url, store):
    set_version(store, "9999")
    for create in (True, False):
        error = fault(open_store, url, create=create)
        assert "newer version" in str(error)
        assert "9999" in str(error)


def test_a_store_of_an_older_version_names_the_remedy(url, store):
    set_version(store, "0000")
    assert "older version" in str(fault(open_store, url))
    assert "myths serve" in str(fault(open_store, url))


def test_making_that_fails_half_way_leaves_an_empty_database(url, monkeypatch):
    def fail(_conn, _cursor, statement, *_):
        if "CREATE TABLE answers" in statement:
            raise KeyboardInterrupt

    made = database.create_engine

    def fragile(*args, **options):
        engine = made(*args, **options)
        event.listen(engine, "before_cursor_execute", fail)
        return engine

    with monkeypatch.context() as patch:
        patch.setattr(database, "create_engine", fragile)
        with pytest.raises(KeyboardInterrupt):
            open_store(url, create=True)
    assert "still empty" in str(fault(open_store, url))
    assert open_store(url, create=True).workshops() == []


# What is wrong with the place


def test_a_read_only_file_can_be_read_but_not_written(open_folder):
    file = open_folder / "workshop.sqlite"
    url = f"sqlite:///{file}"
    open_store(url, create=True).open_workshop()
    file.chmod(0o444)
    open_folder.chmod(0o777)
    with an_ordinary_account():
        store = open_store(url)
        assert len(store.workshops()) == 1
        error = fault(store.open_workshop)
    assert "can be read but not written" in str(error)
    assert not error.retry


def test_a_read_only_folder_is_named_with_the_remedy(open_folder):
    url = f"sqlite:///{open_folder}/workshop.sqlite"
    with an_ordinary_account():
        assert "cannot be opened" in str(fault(open_store, url, create=True))
        deeper = url.replace("workshop.", "deeper/workshop.")
        assert "cannot be made" in str(fault(open_store, deeper, create=True))
    open_store(url, create=True)
    with an_ordinary_account():
        assert "folder" in str(fault(open_store, url))


def test_a_server_that_only_reads_is_told_apart(database):
    store = open_store(database, create=True)
    with store.writing() as conn:
        conn.execute(text("ALTER DATABASE workshop SET default_transaction_read_only = on"))
    assert "can be read but not written" in str(fault(store.open_workshop))


def test_a_store_that_somebody_keeps_locked_is_worth_another_try(url, store, person):
    patient = open_store(f"{url}?timeout=0.2") if url.startswith("sqlite") else store
    with store.writing() as conn:
        if conn.dialect.name == "postgresql":
            conn.execute(text("LOCK TABLE answers"))
        error = fault(patient.save, person, asked(), given(1))
    assert error.retry
    assert "locked" in str(error)
    assert patient.latest(person) == {}
    assert patient.save(person, asked(), given(1))


@pytest.fixture
def nearly_full(tmp_path: Path) -> Iterator[tuple[Store, Callable[[], object]]]:
    """A store on a small disk, and how to make room there.

    Where no disk can be mounted, a limit of pages makes SQLite give the same error.
    """

    def mount(*options: str) -> bool:
        return not subprocess.run(["mount", *options, tmp_path], capture_output=True).returncode

    def limit(connection, _record) -> None:
        connection.execute("PRAGMA max_page_count = 30")

    mounted = mount("-t", "tmpfs", "-o", "size=600k", "tmpfs")
    store = open_store(f"sqlite:///{tmp_path}/workshop.sqlite", create=True)
    if mounted:
        yield store, lambda: mount("-o", "remount,size=9m")
        subprocess.run(["umount", tmp_path], check=True)
    else:
        event.listen(store.engine, "connect", limit)
        yield store, lambda: event.remove(store.engine, "connect", limit)


def test_a_full_disk_loses_nothing_and_takes_the_answer_when_there_is_room(nearly_full, caplog):
    store, make_room = nearly_full
    workshop = store.open_workshop()
    person = store.join(workshop.code, language="en", consent="agreed").participant
    saved: dict[str, Answer] = {}

    def write_on() -> None:
        while True:
            answer = given(text="my own words " * 50, reader="group")
            store.save(person, written(f"i{len(saved)}"), answer)
            saved[f"i{len(saved)}"] = answer

    error = fault(write_on)
    assert error.retry
    assert "full" in str(error)
    assert "full" in caplog.text
    assert "my own words" not in caplog.text
    assert saved
    make_room()
    assert {item: kept for (_, item, _), kept in store.latest(person).items()} == saved
    assert store.save(person, asked(), given(1))
