"""A server as the image runs it: no rights, and no disk to write to but a folder of its own."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from myths.store import open_store

from tests.server.conftest import Visitor
from tests.server.machine import Machine
from tests.server.wire import Wire, key

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="containers are Linux's")

READ_ONLY = """
mount --make-rprivate /
chmod 1777 "$OWN"
mount --bind "$OWN" "$OWN"
mount -o remount,bind,ro /
for each in /tmp /var /home /root; do
  mountpoint -q $each && mount -o remount,bind,ro $each
done
touch /var/probe /etc/probe 2>/dev/null && { echo "the disk is not read-only"; exit 1; }
exec "$@"
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that other accounts may enter."""
    made = Path(tempfile.mkdtemp(prefix="own-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


def confinement() -> list[str]:
    """A command that runs another one in a mount namespace of its own, without rights."""
    rights = ["setpriv", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"]
    namespace = ["unshare", "--mount"]
    if os.geteuid() != 0:
        namespace.append("--map-root-user")
    return [*namespace, "sh", "-c", READ_ONLY, "sh", *rights]


def test_a_server_needs_nothing_but_a_folder_of_its_own(folder: Path):
    own = folder / "own"
    own.mkdir()
    more = {"OWN": str(own), "HOME": str(own), "TMPDIR": str(own), "PYTHONDONTWRITEBYTECODE": "1"}
    more["MYTHS_PUBLISHED"] = str(own / "published")  # an installed package publishes nothing
    db = f"sqlite:///{own}/workshop.sqlite"
    with Machine(db, folder / "log", more=more, within=confinement()) as machine:
        workshop = open_store(db).open_workshop()
        with Visitor(machine.seen_by(workshop)) as visitor:
            visitor.join()
            page = Wire(visitor, "risk")
            rating = {"key": key(), "value": 2, "text": None, "declined": False, "reader": None}
            assert page.answer("risk.myth.before", rating)["state"] == "saved"
            page.close()
        machine.stop()
    assert '"level": "error"' not in (folder / "log").read_text()
