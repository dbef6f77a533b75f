"""Tables and reports for evaluators: the commands `myths export` and `report`, as children.

What they write is as whoever has the machine gets it, by the same rules; they have a process of
their own, so that nobody in a room waits for them. One is made at a time in this server.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

log = logging.getLogger(__name__)

TABLES, REPORT = "tables", "report"
KEPT = 600  # seconds in which a file can be downloaded
_LONGEST = 900  # seconds that making one may take
if sys.platform == "win32":
    _PATIENT = psutil.BELOW_NORMAL_PRIORITY_CLASS
else:
    _PATIENT = 10  # how nice its process is to those of the room


@dataclass(frozen=True)
class DataOutcome:
    """What came of a job about these workshops: a `file`, or why there is none."""

    kind: str
    workshops: tuple[str, ...]
    file: Path | None = None
    fault: str = ""


class DataJobs:
    """The jobs of this server, one for each role; its files are in `folder` until they are old."""

    def __init__(self, folder: Path, settings: Mapping[str, str], *, kept: float = KEPT) -> None:
        """Keep where files are made, and the environment in which."""
        self._folder, self._settings, self._kept = folder, settings, kept
        self._running: dict[str, asyncio.Task[None]] = {}
        self._outcomes: dict[str, DataOutcome] = {}
        self._turn = asyncio.Semaphore(1)
        self._process: subprocess.Popen[bytes] | None = None
        self._over = False

    def is_running(self, role: str) -> bool:
        """Return whether something is made for a role."""
        return role in self._running

    def outcome(self, role: str, seen: Collection[str]) -> DataOutcome | None:
        """Return what was made last for a role; nothing once it sees less than what is in it."""
        found = self._outcomes.get(role)
        return found if found and set(found.workshops) <= set(seen) else None

    def begin(self, role: str, kind: str, workshops: Collection[str]) -> bool:
        """Begin to make something; False while something is made for the role already."""
        if self.is_running(role):
            return False
        self._forget(role, self._outcomes.get(role))
        task = asyncio.create_task(self._run(role, kind, tuple(workshops)))
        self._running[role] = task
        task.add_done_callback(lambda _: self._running.pop(role, None))
        return True

    def stop(self) -> None:
        """End what is under way, at once."""
        self._over = True
        if self._process:
            self._process.kill()

    async def _run(self, role: str, kind: str, workshops: tuple[str, ...]) -> None:
        file, fault = None, ""
        try:
            async with self._turn:
                file = await asyncio.to_thread(self._make, kind, workshops)
        except subprocess.CalledProcessError as ended:
            fault = _sentence(ended.stderr)
        except Exception:
            log.exception("%s for an evaluator could not be made", kind)
        outcome = self._outcomes[role] = DataOutcome(kind, workshops, file, fault)
        asyncio.get_running_loop().call_later(self._kept, self._forget, role, outcome)

    def _make(self, kind: str, workshops: tuple[str, ...]) -> Path:
        """Make a file with a command. Raises CalledProcessError if that cannot be."""
        folder = Path(tempfile.mkdtemp(dir=self._folder))
        chosen = [word for code in workshops for word in ("--workshop", code)]
        codes = folder / "no-codes"  # those of this machine may be about other workshops
        codes.mkdir()
        packed = folder / f"{kind}.zip"
        try:
            if kind == TABLES:
                self._command("export", str(packed), "--coding", str(codes), *chosen)
                return packed
            made = folder / REPORT
            made.mkdir()
            self._command("report", "--out", str(made / REPORT), "--coding", str(codes), *chosen)
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
                for each in sorted(made.iterdir()):
                    archive.write(each, each.name)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return packed

    def _command(self, *words: str) -> None:
        with subprocess.Popen(  # noqa: S603  words of our own, and codes that the store knows
            [sys.executable, "-m", "myths", *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**os.environ, **self._settings},
        ) as process:
            self._process = process
            if self._over:
                process.kill()
            try:
                psutil.Process(process.pid).nice(_PATIENT)
                _, said = process.communicate(timeout=_LONGEST)
            except psutil.NoSuchProcess:
                _, said = process.communicate()
            except BaseException:
                process.kill()
                raise
            finally:
                self._process = None
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, words[0], stderr=said)

    def _forget(self, role: str, outcome: DataOutcome | None) -> None:
        """Delete what was made, once it is old or something else is asked for."""
        if outcome and outcome.file:
            shutil.rmtree(outcome.file.parent, ignore_errors=True)
        if outcome is self._outcomes.get(role):
            self._outcomes.pop(role, None)


def _sentence(said: bytes) -> str:
    """Return what a command said is the matter; empty if that was not for people to read."""
    lines = said.decode(errors="replace").strip().splitlines()
    last = lines[-1] if lines else ""
    return last.removeprefix("Error: ") if last.startswith("Error: ") else ""
