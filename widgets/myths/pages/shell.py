"""IPython without a kernel: runs cells one by one, and keeps what each of them shows."""

from __future__ import annotations

import base64
import contextlib
import io
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, TypedDict

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from ipywidgets import Output
from traitlets.config import Config

from myths.pages import charts

log = logging.getLogger(__name__)

OVERDUE = "OverdueCellError"  # the error of a CellFault whose time was over
_AGAIN = 0.5  # seconds after which a cell is told once more that its time is over


class CellFault(TypedDict):
    """A cell that failed; cells and the lines in them are counted from 1."""

    cell: int
    line: int
    error: str


class OverdueCellError(BaseException):
    """The time of the notebook is over; no `except Exception` of a cell can catch this."""


class PageShell(InteractiveShell):
    """Keeps what a cell shows rather than sending it anywhere.

    `faults` lists the cells that failed; `threads` is the first cell after which there was more
    than one thread, 0 if there was none.
    """

    def __init__(self, **traits: Any) -> None:
        self.shown: list[dict[str, Any]] = []
        self.faults: list[CellFault] = []
        self.threads, self.code = 0, ""
        self.filled: list[Output] = []  # whose `with` blocks run now, the innermost last
        self._notebook, self._number, self._end = "", 0, float("inf")
        super().__init__(displayhook_class=_Result, display_pub_class=_Display, **traits)  # type: ignore[no-untyped-call]

    @classmethod
    @contextlib.contextmanager
    def running(cls, notebook: str, *, seconds: float) -> Iterator[PageShell]:
        """Make the shell for the cells of one notebook, which has this much time for all of them.

        What they print goes to an Output widget or to the standard error stream.
        """
        settings = {"HistoryManager": {"enabled": False}, **charts.SETTINGS}
        os.environ.setdefault(*charts.BACKEND)
        shell: PageShell = cls.instance(config=Config(settings))
        charts.register(shell)
        shell._notebook, shell._end = notebook, time.monotonic() + seconds
        try:
            with contextlib.redirect_stdout(_Printed(shell)), _outputs_filled_by(shell):
                yield shell
        finally:
            cls.clear_instance()

    def outputs_of(self, code: str, number: int) -> list[dict[str, Any]]:
        """Run a cell; return its outputs in nbformat's form."""
        self.shown, self.code, self._number = [], code, number
        left = self._end - time.monotonic()
        with (
            _alarm(left, InteractiveShell.run_cell) as told,
            contextlib.suppress(OverdueCellError),
        ):
            self.run_cell(code, store_history=False)  # type: ignore[no-untyped-call]
        if told:
            self._keep_fault(OVERDUE, told[0])
        if not self.threads and _threads() > 1:
            self.threads = number
        return self.shown

    def take(self, output: dict[str, Any]) -> None:
        """Keep an output where it belongs: in an Output widget, or under the cell."""
        if self.filled:
            self.filled[-1].outputs += (output,)
        else:
            self.shown.append(output)

    def _showtraceback(self, etype: type, evalue: BaseException, _stb: list[str]) -> None:
        if not isinstance(evalue, OverdueCellError):  # which is told of when the cell has ended
            self._keep_fault(f"{etype.__name__}: {evalue}", evalue)

    def _keep_fault(self, told: str, error: BaseException) -> None:
        self.faults.append({"cell": self._number, "line": self._line(error), "error": told})
        log.error("%s, cell %d: %s", self._notebook, self._number, told, exc_info=error)
        name, trace = type(error).__name__, ["Traceback (most recent call last)"]
        self.take({"output_type": "error", "ename": name, "evalue": "", "traceback": trace})

    def _line(self, error: BaseException) -> int:
        """Return the line of the cell where an error came up."""
        line, at = 1, error.__traceback__
        while at is not None:
            if at.tb_frame.f_globals is self.user_global_ns:
                line = at.tb_lineno
            at = at.tb_next
        return (error.lineno or 1) if isinstance(error, SyntaxError) else line


class _Result(DisplayHook):
    """Takes the value of a cell's last line."""

    shell: PageShell

    def quiet(self) -> bool:
        """Return whether the cell ends with a semicolon (IPython's hook, without its history)."""
        return self.shell.code.rstrip().endswith(";")

    def write_output_prompt(self) -> None:
        """Write none (IPython's hook)."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
        """Keep it (IPython's hook)."""
        self.shell.take(
            {
                "output_type": "execute_result",
                "data": _plain(format_dict),
                "metadata": md_dict or {},
                "execution_count": None,
            }
        )

    def finish_displayhook(self) -> None:
        """Write no line feed (IPython's hook)."""


class _Display(DisplayPublisher):
    """Takes what a cell displays."""

    shell: PageShell

    def publish(self, data: Any, metadata: Any = None, *_: Any, **__: Any) -> None:
        """Keep it (IPython's hook)."""
        output = {"output_type": "display_data", "data": _plain(data), "metadata": metadata or {}}
        self.shell.take(output)

    def clear_output(self, wait: bool = False) -> None:  # noqa: ARG002  the hook's arguments
        """Empty the Output widget that is written to (IPython's hook)."""
        if self.shell.filled:
            self.shell.filled[-1].outputs = ()


class _Printed(io.TextIOBase):
    """Takes what a cell prints: an Output widget shows it, else the server's log has it."""

    def __init__(self, shell: PageShell) -> None:
        self._shell = shell

    def write(self, text: str) -> int:
        """Write (io's hook)."""
        if self._shell.filled:
            self._shell.filled[-1].append_stdout(text)
        elif sys.__stderr__:
            sys.__stderr__.write(text)
        return len(text)


@contextlib.contextmanager
def _outputs_filled_by(shell: PageShell) -> Iterator[None]:
    """Make `with output:` work without a kernel, whose messages it would look for."""

    def enter(output: Output) -> None:
        shell.filled.append(output)

    def leave(
        _output: Output,
        etype: Any,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> bool:
        if error is not None:
            shell._showtraceback(etype, error, [])  # noqa: SLF001  IPython's hook
        shell.filled.pop()
        return True  # as in a kernel, the cell goes on

    kept = Output.__enter__, Output.__exit__
    Output.__enter__, Output.__exit__ = enter, leave
    try:
        yield
    finally:
        Output.__enter__, Output.__exit__ = kept


@contextlib.contextmanager
def _alarm(seconds: float, inside: Callable[..., Any]) -> Iterator[list[OverdueCellError]]:
    """Raise OverdueCellError `inside` a function after some time, again and again until it ends.

    The list has what was raised: on its way the function may lose it, as IPython loses an error
    that comes up while it writes the traceback of another.
    """
    raised: list[OverdueCellError] = []
    if not hasattr(signal, "setitimer"):  # Windows, where whoever waits ends the process
        yield raised
        return

    def ring(_number: int, frame: FrameType | None) -> None:
        while frame is not None:
            if frame.f_code is inside.__code__:
                raised.append(OverdueCellError())
                raise raised[-1]
            frame = frame.f_back

    kept = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001), _AGAIN)
    try:
        yield raised
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, kept)


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """Write bytes of pictures as the text that a notebook has for them."""
    return {
        kind: base64.b64encode(value).decode() if isinstance(value, bytes) else value
        for kind, value in data.items()
    }


def _threads() -> int:
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.exists() else 1
