"""Runs a page's notebook before its visitor comes, in a process that kernels are then forked from.

The cells run in IPython without a kernel. ipykernel, where it comes later, loads this module as an
extension, which connects their widgets to it.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from ipywidgets import Output, Widget
from traitlets.config import Config

from myths import components, session
from myths.forkserver import Prepared
from myths.pages.comms import connect

log = logging.getLogger(__name__)

_ANY = {"anywidget", "@jupyter-widgets/base"}
_BOXES = {"BoxModel", "HBoxModel", "VBoxModel"}


@dataclass(frozen=True)
class Execution:
    """A notebook that has run: what its cells named lives on in the shell, its sessions wait."""

    shell: InteractiveShell
    sessions: session.WaitingSessions


def run(notebook: str, *, stock: bool) -> Prepared:
    """Run the cells of the notebook at this path; the state is an Execution.

    `stock` is for a front end other than ours: widgets bring their scripts along.

    The result is {"outputs": the outputs of each code cell, in nbformat's form,
    "foreign": the models' names of its widgets that are neither anywidgets nor boxes}
    A cell that fails has an output of type "error"; the log says why, and the next ones run.
    """
    logging.basicConfig(stream=sys.__stderr__)
    components.delivery.along = stock
    path = Path(notebook)
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    shell = _Shell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    printed = contextlib.redirect_stdout(_Printed(shell))
    with session.waiting() as sessions, printed, _outputs_filled_by(shell):
        outputs = [
            shell.outputs_of("".join(cell["source"]), f"{path.name}, cell {number}")
            for number, cell in enumerate(cells, start=1)
            if cell["cell_type"] == "code"
        ]
    _Shell.clear_instance()
    sessions.open_store()
    return Prepared({"outputs": outputs, "foreign": _foreign()}, Execution(shell, sessions))


def begin(execution: Execution) -> None:
    """Fill in what was run, in a fork that is for one participant."""
    execution.sessions.begin()


def load_ipython_extension(shell: Any) -> None:
    """Connect the widgets that were there before the kernel (IPython's hook)."""
    connect(shell.kernel)


class _Shell(InteractiveShell):
    """Keeps what a cell shows rather than sending it anywhere."""

    def __init__(self, **traits: Any) -> None:
        self.shown: list[dict[str, Any]] = []
        self.where = ""
        self.filled: list[Output] = []  # whose `with` blocks run now, the innermost last
        super().__init__(displayhook_class=_Result, display_pub_class=_Display, **traits)  # type: ignore[no-untyped-call]

    def outputs_of(self, code: str, where: str) -> list[dict[str, Any]]:
        self.shown, self.where = [], where
        self.run_cell(code, store_history=False)  # type: ignore[no-untyped-call]
        return self.shown

    def take(self, output: dict[str, Any]) -> None:
        """Keep an output where it belongs: in an Output widget, or under the cell."""
        if self.filled:
            self.filled[-1].outputs += (output,)
        else:
            self.shown.append(output)

    def _showtraceback(self, etype: type, evalue: BaseException, _stb: list[str]) -> None:
        log.error("%s: %s: %s", self.where, etype.__name__, evalue, exc_info=evalue)
        name, trace = etype.__name__, ["Traceback (most recent call last)"]
        self.take({"output_type": "error", "ename": name, "evalue": "", "traceback": trace})


class _Result(DisplayHook):
    """Takes the value of a cell's last line."""

    shell: _Shell

    def write_output_prompt(self) -> None:
        """Write none (IPython's hook)."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
        """Keep it (IPython's hook)."""
        self.shell.take(
            {
                "output_type": "execute_result",
                "data": format_dict,
                "metadata": md_dict or {},
                "execution_count": None,
            }
        )

    def finish_displayhook(self) -> None:
        """Write no line feed (IPython's hook)."""


class _Display(DisplayPublisher):
    """Takes what a cell displays."""

    shell: _Shell

    def publish(self, data: Any, metadata: Any = None, *_: Any, **__: Any) -> None:
        """Keep it (IPython's hook)."""
        self.shell.take({"output_type": "display_data", "data": data, "metadata": metadata or {}})

    def clear_output(self, wait: bool = False) -> None:  # noqa: ARG002  the hook's arguments
        """Empty the Output widget that is written to (IPython's hook)."""
        if self.shell.filled:
            self.shell.filled[-1].outputs = ()


class _Printed(io.TextIOBase):
    """Takes what a cell prints: an Output widget shows it, else the server's log has it."""

    def __init__(self, shell: _Shell) -> None:
        self._shell = shell

    def write(self, text: str) -> int:
        """Write (io's hook)."""
        if self._shell.filled:
            self._shell.filled[-1].append_stdout(text)
        elif sys.__stderr__:
            sys.__stderr__.write(text)
        return len(text)


@contextlib.contextmanager
def _outputs_filled_by(shell: _Shell) -> Iterator[None]:
    """Make `with output:` work without a kernel, whose messages it would look for."""

    def enter(output: Output) -> None:
        shell.filled.append(output)

    def leave(_output: Output, etype: Any, error: BaseException | None, _trace: Any) -> bool:
        if error is not None:
            shell._showtraceback(etype, error, [])
        shell.filled.pop()
        return True  # as in a kernel, the cell goes on

    kept = Output.__enter__, Output.__exit__
    Output.__enter__, Output.__exit__ = enter, leave
    try:
        yield
    finally:
        Output.__enter__, Output.__exit__ = kept


def _foreign() -> list[str]:
    states = Widget.get_manager_state()["state"].values()
    names = {state["model_name"] for state in states if state["model_module"] not in _ANY}
    return sorted(names - _BOXES)
