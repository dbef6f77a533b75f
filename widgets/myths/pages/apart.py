"""Runs a notebook in a process of its own, where none can be forked: `python -m myths.pages.apart`.

Arguments: the notebook, the seconds it may take, and the file for the result of `executor.run`.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class ApartError(Exception):
    """The process ended without a result."""


def run_apart(
    notebook: Path,
    *,
    seconds: float,
    limit: float,
    env: Mapping[str, str],
    cwd: Path,
    streams: tuple[int, int] = (1, 2),
) -> Any:
    """Return what `executor.run` does; ApartError if the process dies, TimeoutError at `limit`."""
    result = notebook.with_suffix(".result")
    command = [sys.executable, "-m", __name__, str(notebook), str(seconds), str(result)]
    with subprocess.Popen(  # noqa: S603  our own Python, and no shell
        command,
        env=dict(env),
        cwd=cwd,
        stdout=streams[0],
        stderr=streams[1],
        start_new_session=True,
    ) as process:
        try:
            status = process.wait(limit)
        except subprocess.TimeoutExpired:
            raise TimeoutError(f"It took longer than {limit:g} seconds.") from None
        finally:
            _end(process)
    if status or not result.exists():
        raise ApartError(f"It ended with status {status}.")
    return json.loads(result.read_text(encoding="utf-8"))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process with what it started, as far as the system can."""
    with contextlib.suppress(OSError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def main(notebook: str, seconds: str, result: str) -> None:
    """Run the notebook and write what came of it."""
    from myths.pages import executor

    done = executor.run(notebook, stock=False, seconds=float(seconds))
    Path(result).write_text(json.dumps(done.result), encoding="utf-8")
    os._exit(0)  # whatever threads the cells have left


if __name__ == "__main__":
    main(*sys.argv[1:])
