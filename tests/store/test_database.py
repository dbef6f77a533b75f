"""A store is made once, opened from anywhere, and set to keep what it acknowledged."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from myths.store import database, open_store, schema

from tests.store.writers import make


def test_a_store_once_made_opens_again_with_the_same_address_from_anywhere(
    url, store, workshop, monkeypatch, tmp_path
):
    monkeypatch.chdir(tmp_path)
    assert open_store(url).workshops() == [workshop]
    assert open_store(store.address).workshops() == [workshop]
    assert open_store(url, create=True).workshops() == [workshop]


def test_the_address_may_come_from_the_environment_or_is_the_usual_file(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MYTHS_DB", raising=False)
    open_store(create=True)
    assert (tmp_path / "data/workshop.sqlite").exists()
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0
    monkeypatch.setenv("MYTHS_DB", "sqlite:///other.sqlite")
    open_store(create=True)
    assert (tmp_path / "other.sqlite").exists()


def test_a_file_name_may_have_any_letters(tmp_path):
    url = f"sqlite:///{tmp_path}/Übung 50% #1.sqlite"
    made = open_store(url, create=True).open_workshop()
    assert open_store(url).workshops() == [made]
    assert (tmp_path / "Übung 50% #1.sqlite").exists()


def test_four_processes_that_make_the_same_store_at_once_make_one(url):
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        list(pool.map(make, [url] * 4))
    with open_store(url).reading() as conn:
        assert len(conn.execute(schema.meta.select()).all()) == 1


def test_sqlite_is_set_to_keep_what_it_acknowledged_and_to_overwrite_what_it_deleted(tmp_path):
    store = open_store(f"sqlite:///{tmp_path}/x.sqlite", create=True)
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    with store.reading() as conn:
        for pragma, value in {**wanted, "busy_timeout": 5000}.items():
            assert conn.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_the_migrations_make_exactly_the_tables_of_the_schema(store):
    with store.reading() as conn:
        context = MigrationContext.configure(conn, opts={"version_table": schema.VERSION_TABLE})
        assert compare_metadata(context, schema.metadata) == []


def test_the_version_that_is_asked_for_is_that_of_the_newest_migration():
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == database.VERSION


def test_opening_a_store_loads_neither_pandas_nor_alembic(url, store):
    check = (
        "import sys; from myths.store import open_store; open_store(sys.argv[1]);"
        "assert not {'pandas', 'numpy', 'alembic'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", check, url], check=True)
