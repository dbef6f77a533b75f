"""What templates of these tests run before kernels are forked from them."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from typing import Any

from myths.forkserver import Prepared

left: dict[str, Any] = {"begun": []}


def leave(what: str) -> Prepared:
    left["what"] = what
    told = {"said": what, "pid": os.getpid(), "place": os.environ.get("PLACE")}
    return Prepared(told, state=["a state of", what])


def begin(state: object) -> None:
    left["begun"].append((os.environ["WHO"], state))


def stumble(_state: object = None) -> Prepared:
    raise ValueError("This cannot be prepared.")


def start_a_thread() -> Prepared:
    threading.Thread(target=time.sleep, args=[60], daemon=True).start()
    return Prepared(None)


def leave_a_file_open() -> Prepared:
    left["file"] = tempfile.TemporaryFile()  # noqa: SIM115  that is the point
    return Prepared(None)


def return_a_thing() -> Prepared:
    return Prepared(object())


def nowhere() -> Prepared:
    return Prepared(None)
