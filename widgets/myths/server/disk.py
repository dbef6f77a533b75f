"""The disk that a file is on: whether it is of this computer."""

from __future__ import annotations

import re
from pathlib import Path

import psutil

_REMOTE = re.compile(r"(?i)nfs|cifs|smb|afs|9p|sshfs|glusterfs|ceph|davfs")


def is_remote(file: Path) -> bool:
    """Return whether a file is on a network drive, as far as the system tells."""
    if file.drive.startswith("\\\\"):  # a share of Windows
        return True
    disks = {Path(each.mountpoint): each for each in psutil.disk_partitions(all=True)}
    path = file.resolve()
    for folder in (path, *path.parents):
        if folder in disks:
            disk = disks[folder]
            return bool(_REMOTE.search(disk.fstype)) or "remote" in disk.opts.split(",")
    return False
