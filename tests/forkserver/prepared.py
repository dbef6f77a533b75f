"""What templates of these tests run before kernels are forked from them."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from typing import Any

left: dict[str, Any] = {"begun": []}


def leave(what: str) -> dict[str, Any]:
    left["what"] = what
    return {"said": what, "pid": os.getpid(), "place": os.environ.get("PLACE")}


def begin() -> None:
    left["begun"].append(os.environ["WHO"])


def stumble(sentence: str = "This cannot be prepared.") -> None:
    raise ValueError(sentence)


def start_a_thread() -> None:
    threading.Thread(target=time.sleep, args=[60], daemon=True).start()


def leave_a_file_open() -> None:
    left["file"] = tempfile.TemporaryFile()  # noqa: SIM115  that is the point


def return_a_thing() -> object:
    return object()
