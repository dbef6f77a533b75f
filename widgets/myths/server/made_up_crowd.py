"""Made-up people in a rehearsal: the command `myths rehearse`, as a child of this server.

It speaks to the server over HTTP and WebSockets like everybody else. It ends with the server, also
with one that was killed: its standard input ends then.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import IO

log = logging.getLogger(__name__)

PEOPLE, MINUTES = (5, 60), (1, 120)  # the fewest and the most that a trainer can ask for
_BETWEEN = 5  # seconds between two answers of a person
_ARRIVING = 15  # seconds
_LONGEST = 500  # letters of its faults that the log takes
_GRACE = 5  # seconds in which a process that was asked to end does


@dataclass(frozen=True)
class MadeUpCrowd:
    """People who are in a room now, until when."""

    code: str
    people: int
    until: datetime
    process: subprocess.Popen[bytes]
    said: IO[bytes]  # what it says of faults


class MadeUpCrowds:
    """Those of this server, of which one is in a room at a time."""

    def __init__(self, *, address: str, settings: Mapping[str, str]) -> None:
        """Keep where the server is, and the environment in which its people are started."""
        self._address, self._settings = address, settings
        self._crowd: MadeUpCrowd | None = None

    @property
    def now(self) -> MadeUpCrowd | None:
        """The people who are in a room now."""
        crowd = self._crowd
        if crowd and (ended := crowd.process.poll()) is not None:
            self._crowd = None
            if ended > 0:
                crowd.said.seek(0)
                told = crowd.said.read().decode(errors="replace").strip()
                log.warning("made-up people met faults: %s", told[-_LONGEST:])
        return self._crowd

    def start(self, code: str, *, people: int, minutes: int) -> bool:
        """Send people into a room; returns whether they came: not while others are in one."""
        if self.now:
            return False
        words = {
            "--url": f"{self._address}/?w={code}",
            "--people": people,
            "--duration": minutes * 60,
            "--seconds": _BETWEEN,
            "--ramp": _ARRIVING,
            "--seed": int.from_bytes(os.urandom(4)),
        }
        options = [str(word) for pair in words.items() for word in pair]
        said = tempfile.TemporaryFile()  # noqa: SIM115  it is gone with the people
        process = subprocess.Popen(  # noqa: S603  words and numbers of our own
            [sys.executable, "-m", "myths", "rehearse", "--restless", "--attached", *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=said,
            env={**os.environ, **self._settings},
        )
        until = datetime.now(UTC) + timedelta(minutes=minutes, seconds=_ARRIVING)
        self._crowd = MadeUpCrowd(code, people, until, process, said)
        return True

    def stop(self) -> None:
        """Send away who is there, at once."""
        crowd, self._crowd = self.now, None
        if crowd is None:
            return
        if crowd.process.stdin:
            crowd.process.stdin.close()
        crowd.process.terminate()
        try:
            crowd.process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            crowd.process.kill()
