"""A database on a network drive is told about, whatever the system calls such a drive."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from myths.server.disk import is_remote


def mounted(kind: str, folder: Path, options: str = "rw") -> SimpleNamespace:
    return SimpleNamespace(mountpoint=str(folder), fstype=kind, opts=options)


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs", "smb3", "9p"])
def test_a_network_drive_is_told_from_the_disk_around_it(monkeypatch, tmp_path, kind):
    disks = [mounted("ext4", Path("/")), mounted(kind, tmp_path / "share")]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: disks)
    assert is_remote(tmp_path / "share/data/x.sqlite")
    assert not is_remote(tmp_path / "x.sqlite")


def test_a_drive_that_windows_calls_remote_is_one(monkeypatch, tmp_path):
    disks = [mounted("NTFS", tmp_path, "rw,remote")]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: disks)
    assert is_remote(tmp_path / "x.sqlite")


def test_the_disk_of_this_computer_is_none(tmp_path):
    assert not is_remote(tmp_path / "x.sqlite")
