"""What templates of these tests run before kernels are forked from them."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from myths.forkserver import Prepared

left: dict[str, Any] = {"begun": []}


def leave(what: str) -> Prepared:
    left["what"] = what
    told = {"said": what, "pid": os.getpid(), "place": os.environ.get("PLACE")}
    return Prepared(told, state=["a state of", what])


def begin(state: object) -> None:
    left["begun"].append((os.environ["WHO"], state))


def tell(state: list[str]) -> dict[str, str]:
    """Return more than a message can hold."""
    return {"state": state[1], "long": "é" * 400_000}


def echo(wire: socket.socket) -> None:
    """Say what was left with each piece that comes."""
    while said := wire.recv(100):
        wire.sendall(f"{left['what']} {left['begun']} ".encode() + said)


def loop(_wire: socket.socket) -> None:
    """Never end, and never let another thread run for long."""
    while True:
        sum(range(10**7))


def stumble(_state: object = None) -> Prepared:
    raise ValueError("This cannot be prepared.")


def start_a_thread() -> Prepared:
    threading.Thread(target=time.sleep, args=[60], daemon=True).start()
    return Prepared(None)


def never_end(note: str) -> Prepared:
    """Start a process, note both numbers, and go on for ever in a way that no exception ends."""
    other = subprocess.Popen(["sleep", "600"])
    Path(note).write_text(f"{os.getpid()} {other.pid}")
    while True:
        with contextlib.suppress(BaseException):
            time.sleep(0.01)


def end_the_process() -> Prepared:
    os._exit(7)


def leave_a_file_half_read(path: str) -> Prepared:
    left["read"] = Path(path).open(buffering=1)  # noqa: SIM115  that is the point
    return Prepared(left["read"].readline())


def leave_a_file_open() -> Prepared:
    left["file"] = tempfile.TemporaryFile()  # noqa: SIM115  that is the point
    return Prepared(None)


def return_a_thing() -> Prepared:
    return Prepared(object())


def nowhere() -> Prepared:
    return Prepared(None)
