"""What the program writes is readable by its own account only, whatever the account's habits."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

import pytest
from myths.errors import StoreError
from myths.store import dialects, open_store, sqlite_address
from myths.store.sqlite_file import file_uri

from tests.store.stores import fill, new


@pytest.fixture
def generous() -> Iterator[None]:
    """An account whose files everybody may read and write."""
    before = os.umask(0)
    yield
    os.umask(before)


def readable_by_others(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.stat().st_mode & 0o077]


def test_the_store_its_logs_and_locks_its_copies_and_its_folder(generous, tmp_path):
    store = open_store(sqlite_address(tmp_path / "data/room.sqlite"), create=True)
    with store.serving(), store.reading() as conn:
        conn.exec_driver_sql("SELECT * FROM workshops")
        fill(store)
        store.backup(tmp_path / "data/monday")
        names = {path.name for path in (tmp_path / "data").iterdir()}
        wanted = {"room.sqlite", "room.sqlite-wal", "room.sqlite-shm", "room.sqlite.serving"}
        assert names == wanted | {"monday"}
        assert readable_by_others(tmp_path) == []


def test_all_that_a_command_writes(generous, tmp_path):
    new(tmp_path, "room.sqlite").open_workshop()
    (tmp_path / "room.sqlite").chmod(0o600)
    (tmp_path / "room.sqlite.serving").unlink(missing_ok=True)
    code = "from myths.cli import main; main()"
    db = sqlite_address(tmp_path / "room.sqlite")
    for arguments in (
        ("init", tmp_path / "copy"),
        ("export", "--db", db, "--format", "csv", tmp_path / "export"),
    ):
        subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True)
    assert readable_by_others(tmp_path) == []


def test_what_is_saved_from_a_notebook(generous, tmp_path):
    import myths

    myths.report(myths.rehearsal_data(), rehearsal=True).save(
        tmp_path / "made/report", kinds=("html",)
    )
    assert readable_by_others(tmp_path) == []


# Names and places of a store


@pytest.mark.parametrize("name", ["room%20A", "100%", "A?", "B#1", 'it\'s "so"', "Übung 中文"])
def test_a_store_is_found_by_its_file_whatever_its_name(tmp_path, name):
    import myths

    path = tmp_path / f"{name}.sqlite"
    made = open_store(sqlite_address(path), create=True)
    made.open_workshop(code="ROOM7")
    assert [each.name for each in tmp_path.glob("*.sqlite")] == [path.name]
    assert open_store(made.address).workshops()[0].code == "ROOM7"
    assert len(myths.participants(path)) == 0
    made.backup(tmp_path / f"{name}.backup")


def test_a_share_of_windows_has_its_server_in_the_path():
    assert file_uri(PureWindowsPath(r"\\server\share\a b")) == "file:////server/share/a%20b"
    assert file_uri(PureWindowsPath(r"C:\data\x")) == "file:///C:/data/x"


def test_a_disk_that_several_programs_cannot_use_at_once_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(dialects, "keep_log", lambda _conn: False)  # as SQLite says on a share
    with pytest.raises(StoreError, match="network drive"):
        open_store(sqlite_address(tmp_path / "x.sqlite"), create=True)
