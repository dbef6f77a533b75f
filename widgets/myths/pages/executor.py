"""Runs a page's notebook before its visitor comes, in a process that kernels are then forked from.

The cells run in IPython without a kernel. The kernel that comes later loads this module as an
extension, which connects their widgets to it.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import comm
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from ipywidgets import Output, Widget
from traitlets.config import Config

from myths import components, session

log = logging.getLogger(__name__)

_ANY = {"anywidget", "@jupyter-widgets/base"}
_BOXES = {"BoxModel", "HBoxModel", "VBoxModel"}
_shells: list[InteractiveShell] = []  # what their cells named lives on
_open: list[Output] = []  # the Output widgets whose `with` blocks run now, the innermost last


def run(notebook: str, *, stock: bool) -> dict[str, Any]:
    """Run the cells of the notebook at this path and return what they show.

    `stock` is for a front end other than ours: widgets bring their scripts along.

    {"outputs": the outputs of each code cell, in nbformat's form,
     "foreign": the models' names of its widgets that are neither anywidgets nor boxes}
    A cell that fails has an output of type "error"; the log says why, and the next ones run.
    """
    logging.basicConfig(stream=sys.__stderr__)
    if not stock:
        components.send_names_only()
    path = Path(notebook)
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    shell = _Shell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    _shells.append(shell)
    with contextlib.redirect_stdout(_Printed()), _outputs_filled_here():
        outputs = [
            shell.outputs_of("".join(cell["source"]), f"{path.name}, cell {number}")
            for number, cell in enumerate(cells, start=1)
            if cell["cell_type"] == "code"
        ]
    _Shell.clear_instance()
    session.expect()
    return {"outputs": outputs, "foreign": _foreign()}


def load_ipython_extension(shell: Any) -> None:
    """Connect the widgets that were there before the kernel (IPython's hook)."""
    comms: dict[str, Any] = comm.get_comm_manager().comms
    for each in comms.values():
        each.kernel = shell.kernel


class _Shell(InteractiveShell):
    """Keeps what a cell shows rather than sending it anywhere."""

    def __init__(self, **traits: Any) -> None:
        self.shown: list[dict[str, Any]] = []
        self.where = ""
        super().__init__(displayhook_class=_Result, display_pub_class=_Display, **traits)  # type: ignore[no-untyped-call]

    def outputs_of(self, code: str, where: str) -> list[dict[str, Any]]:
        self.shown, self.where = [], where
        self.run_cell(code, store_history=False)  # type: ignore[no-untyped-call]
        return self.shown

    def take(self, output: dict[str, Any]) -> None:
        """Keep an output where it belongs: in an Output widget, or under the cell."""
        if _open:
            _open[-1].outputs += (output,)
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
        if _open:
            _open[-1].outputs = ()


class _Printed(io.TextIOBase):
    """Takes what a cell prints: an Output widget shows it, else the server's log has it."""

    def write(self, text: str) -> int:
        """Write (io's hook)."""
        if _open:
            _open[-1].append_stdout(text)
        elif sys.__stderr__:
            sys.__stderr__.write(text)
        return len(text)


@contextlib.contextmanager
def _outputs_filled_here() -> Iterator[None]:
    """Let `with output:` work without a kernel, whose messages it would look for."""

    def enter(output: Output) -> None:
        _open.append(output)

    def leave(_output: Output, etype: Any, error: BaseException | None, _trace: Any) -> bool:
        if error is not None:
            _Shell.instance()._showtraceback(etype, error, [])
        _open.pop()
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
