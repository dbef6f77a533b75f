"""Reports are safe together over what happens to a store between them, and at the same time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from myths.store import open_store, restore

from tests.evaluation.reports import published
from tests.evaluation.reports.published import STAY, counted, is_safe, publish_row
from tests.evaluation.said import room


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.soak)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/workshop.sqlite"
    return str(request.getfixturevalue("database"))


def test_two_processes_that_publish_at_once_publish_what_is_safe_together(url):
    store = open_store(url, create=True)
    room(store, "ROOM1", [*STAY, *STAY])
    room(store, "ROOM4", STAY[:2])
    processes = [publisher(url, codes) for codes in ("ROOM1", "ROOM1,ROOM4")]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [process.communicate()[1] for process in processes]
    assert sorted(process.returncode for process in processes) == [0, 1]
    assert "published while this one was made" in "".join(told)
    assert len(store.release_log().releases) == 1


def publisher(url: str, codes: str) -> subprocess.Popen[str]:
    """Start a process that has chosen who counts, and waits for a line to publish it."""
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    command = [sys.executable, "-m", published.__name__, url, codes]
    return subprocess.Popen(command, text=True, **pipes)


def test_a_later_report_is_safe_after_a_restore_and_after_a_merge(url, tmp_path):
    store = open_store(url, create=True)
    people = room(store, "ROOM1", [*STAY, *STAY, *STAY])
    store.backup(tmp_path / "monday")
    publish_row(store)
    restore(tmp_path / "monday", url, replace=True)
    store.erase_participant(people[0])
    publish_row(store)
    assert counted(store) == [15, 10]
    laptop = open_store(f"sqlite:///{tmp_path}/laptop.sqlite", create=True)
    laptop.merge(store)
    room(laptop, "ROOM4", STAY[:2])
    publish_row(laptop)
    assert counted(laptop) == [15, 10]
    assert is_safe(laptop)


def test_when_a_workshops_time_is_over_what_is_left_is_compared_all_the_same(url, tmp_path):
    store = open_store(url, create=True)
    room(store, "OVER", STAY[:2])
    room(store, "STILL", [*STAY, *STAY])
    publish_row(store)
    store.erase_workshop("OVER")
    publish_row(store)
    assert counted(store) == [12, 7]
    assert is_safe(store)
