"""A clock that a test can set: Python reads this file at its start, in the server and in kernels.

The offset in seconds stands in the file that $MYTHS_TEST_CLOCK names, and may change at any time.
"""

from __future__ import annotations

import datetime
import os
import time
from pathlib import Path
from typing import Any

_FILE = os.environ.get("MYTHS_TEST_CLOCK", "")
_real = datetime.datetime


def _offset() -> float:
    return float(Path(_FILE).read_text())


class _Kind(type):
    def __instancecheck__(cls, thing: object) -> bool:
        return isinstance(thing, _real)


class _Set(_real, metaclass=_Kind):
    @classmethod
    def now(cls, tz: Any = None) -> _real:
        return _real.now(tz) + datetime.timedelta(seconds=_offset())


if _FILE:
    _seconds = time.time
    time.time = lambda: _seconds() + _offset()
    datetime.datetime = _Set  # type: ignore[misc]
