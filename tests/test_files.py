"""A file is the old one or the new one, whole, whatever happens."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from myths import files
from myths.errors import MythsError


def unwritten(path: Path, fault: OSError) -> MythsError:
    return MythsError(f"{path.name}: {fault.strerror}")


def test_new_files_are_whole_and_only_for_their_owner(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "deep" / "new"
    old.write_text("before")
    files.write({old: b"after", new: b"words"}, unwritten=unwritten)
    assert (old.read_bytes(), new.read_bytes()) == (b"after", b"words")
    assert {stat.S_IMODE(path.stat().st_mode) for path in (old, new)} == {0o600}
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["deep", "new", "old"]


def test_files_that_others_read_can_be_read_as_one_that_is_there(tmp_path: Path) -> None:
    beside, new = tmp_path / "beside", tmp_path / "new"
    beside.write_text("words")
    beside.chmod(0o644)
    files.write({new: b"words"}, unwritten=unwritten, like=beside)
    assert stat.S_IMODE(new.stat().st_mode) == 0o644


def test_when_the_disk_is_full_all_old_files_stay_and_no_part_of_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_text("before")
    synced: list[int] = []

    def full(handle: int) -> None:
        synced.append(handle)
        if len(synced) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MythsError, match="second: No space left on device"):
        files.write({first: b"after", second: b"after"}, unwritten=unwritten)
    assert [path.name for path in tmp_path.iterdir()] == ["first"]
    assert first.read_text() == "before"


def test_a_file_is_on_the_disk_before_it_gets_its_name_and_the_name_before_it_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part, path = tmp_path / "part", tmp_path / "name"
    part.write_text("whole")
    order: list[str] = []

    def sync(_: int) -> None:
        order.append("named" if path.exists() else "unnamed")

    monkeypatch.setattr(os, "fsync", sync)
    files.put(part, path)
    assert order == ["unnamed", "named"]
    assert not part.exists()
