"""Backup, restore and merge are cut off, or the disk is full: the old state stays whole."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from myths.store import Store, read_backup, restore, schema
from sqlalchemy import select

from tests.store.samples import given, written
from tests.store.stores import fill, held, new, refused, said

ROOT = Path(__file__).parents[2]


@pytest.fixture
def large(tmp_path) -> Store:
    store = new(tmp_path, "large.sqlite")
    [first, *_] = fill(store)
    for number in range(60):
        text = f"{number} my own words " * 500
        store.save(first.participant, written(f"i{number}"), given(text=text, reader="group"))
    return store


@pytest.mark.soak
@pytest.mark.parametrize("act", ["backup", "restore", "merge"])
def test_killed_at_any_moment_it_leaves_the_old_state_or_the_new_one(act, large, tmp_path):
    there = new(tmp_path, "there.sqlite")
    fill(there, people=2)
    if act == "restore":
        large.backup(tmp_path / "x")
    url, path = {
        "backup": (large.address, tmp_path / "made"),
        "restore": (there.address, tmp_path / "x"),
        "merge": (there.address, tmp_path / "large.sqlite"),
    }[act]
    old = held(there, but=("meta",))
    cut = 0
    for milliseconds in (0, 20, 50, 90, 140, 200, 280, 400):
        worker = subprocess.Popen(
            [sys.executable, "-m", "tests.store.stores", act, url, str(path)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        assert worker.stdout
        worker.stdout.readline()
        time.sleep(milliseconds / 1000)
        cut += worker.poll() is None
        worker.kill()
        worker.wait()
        worker.stdout.close()
        with there.reading() as conn:
            assert conn.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        if act == "backup" and path.exists():
            assert read_backup(path).sums == held(large)
            path.unlink()
        if act != "backup" and held(there, but=("meta",)) != old:
            assert said(large) <= said(there)
            break
    assert cut


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(folder)]
    if subprocess.run(mounting, capture_output=True).returncode:
        pytest.skip("only root can make a small disk")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_leaves_no_backup_and_says_so(large, small_disk):
    assert "no room" in refused(large.backup, small_disk / "x")
    assert list(small_disk.iterdir()) == []


def test_a_full_disk_leaves_the_old_state_of_what_is_restored_or_merged(
    large, small_disk, tmp_path
):
    there = new(small_disk)
    fill(there)
    before = held(there)
    large.backup(tmp_path / "x")
    assert "full" in refused(restore, tmp_path / "x", there.address, replace=True)
    assert held(there) == before
    assert "full" in refused(there.merge, large)
    assert held(there) == before
    with there.reading() as conn:
        assert conn.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert conn.execute(select(schema.workshops)).all()
