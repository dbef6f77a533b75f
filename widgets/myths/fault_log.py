"""The log of faults: each one is written with its details once a minute, and otherwise counted."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TextIO

from myths.log_format import JSON, VARIABLE, JsonFormatter

_MINUTE = 60  # seconds in which a fault that repeats is counted
_DIFFERENT = 20  # faults of one kind that are written within it; addresses can be made up
_KINDS = 1000  # faults that are remembered at once


@dataclass
class _CountedFault:
    """A fault that was written `at` some time and came `more` times since then."""

    at: float
    kind: str
    first: logging.LogRecord
    more: int = 0


class FaultLog(logging.StreamHandler[TextIO]):
    """Writes a fault when it comes, and after a minute how often it came again.

    One that repeats a thousand times would hide the others, and fill the disk. `clock` has seconds.

    Examples
    --------
    >>> log = logging.Logger("door")
    >>> faults = FaultLog(sys.stdout)
    >>> log.addHandler(faults)
    >>> for number in range(3):
    ...     log.warning("nobody comes in")
    nobody comes in
    >>> faults.close()
    2 times more within a minute: nobody comes in
    """

    def __init__(
        self, stream: TextIO | None = None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(stream)
        self._clock = clock
        self._faults: dict[tuple[str, ...], _CountedFault] = {}
        self._kinds: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        """Write a fault, or count it (logging's hook)."""
        try:
            self.settle()
            new = self._is_new(record)
        except Exception:  # noqa: BLE001  as in logging: a bad line must not become a fault itself
            self.handleError(record)
        else:
            if new:
                super().emit(record)

    def _is_new(self, record: logging.LogRecord) -> bool:
        kind = f"{record.name} {record.levelno} {record.msg}"
        # of many different ones, as addresses can be made up, those that follow are one fault
        what = _what(record) if self._kinds[kind] < _DIFFERENT else (kind,)
        known = self._faults.get(what)
        if known:
            known.more += 1
            return False
        self._kinds[kind] += 1
        self._faults[what] = _CountedFault(self._clock(), kind, record)
        return True

    def settle(self, *, everything: bool = False) -> None:
        """Write how often those faults came whose minute is over."""
        self.acquire()
        try:
            old = self._clock() - _MINUTE
            crowded = everything or len(self._faults) > _KINDS
            while self._faults:
                what, fault = next(iter(self._faults.items()))
                if fault.at > old and not crowded:
                    return
                del self._faults[what]
                self._kinds[fault.kind] -= 1
                if not self._kinds[fault.kind]:
                    del self._kinds[fault.kind]
                if fault.more:
                    super().emit(_summary(fault))
        finally:
            self.release()

    def close(self) -> None:
        """Write what was counted, and end (logging's hook)."""
        self.settle(everything=True)
        super().close()


def begin(stream: TextIO | None = None, *, level: int | None = None) -> None:
    """Have this process's faults written to its standard error stream, unless they are already.

    In a notebook `sys.stderr` is the page's; the server's log is the stream it began with.
    """
    logging.basicConfig(level=level, handlers=[FaultLog(stream or sys.__stderr__)])
    if os.environ.get(VARIABLE) == JSON:
        write_json()


def write_json() -> None:
    """Write the log as JSON from now on, here and in the processes that this one starts."""
    os.environ[VARIABLE] = JSON
    logging.captureWarnings(capture=True)
    for handler in logging.getLogger().handlers:
        if isinstance(handler, FaultLog):
            handler.setFormatter(JsonFormatter())


def settle() -> None:
    """Write now how often faults came whose minute is over."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, FaultLog):
            handler.settle()


def _what(record: logging.LogRecord) -> tuple[str, ...]:
    """Return by what a fault is known again: its words, and where it was raised."""
    place = ""
    if record.exc_info and record.exc_info[2]:
        trace = record.exc_info[2]
        while trace.tb_next:
            trace = trace.tb_next
        place = f"{record.exc_info[1]!r} {trace.tb_frame.f_code.co_filename} {trace.tb_lineno}"
    return record.name, record.levelname, record.getMessage(), place


def _summary(fault: _CountedFault) -> logging.LogRecord:
    first = fault.first
    record = logging.LogRecord(
        *(first.name, first.levelno, first.pathname, first.lineno),
        "%d times more within a minute: %s",
        (fault.more, first.getMessage()),
        None,
    )
    record.__dict__.update(first=first, more=fault.more)  # for a log of another form
    return record
