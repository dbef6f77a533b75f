"""Runs a page's notebook before its visitor comes, in a process that kernels are then forked from.

The cells run in IPython without a kernel. The kernel that comes later loads this module as an
extension, which connects their widgets to it.
"""

from __future__ import annotations

import contextlib
import json
import logging
import sys
from pathlib import Path
from typing import Any

import comm
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from ipywidgets import Widget
from traitlets.config import Config

from myths import components

log = logging.getLogger(__name__)

_ANY = {"anywidget", "@jupyter-widgets/base"}
_BOXES = {"BoxModel", "HBoxModel", "VBoxModel"}
_shells: list[InteractiveShell] = []  # what their cells named lives on


def run(notebook: str) -> dict[str, Any]:
    """Run the cells of the notebook at this path and return what they show.

    {"outputs": the outputs of each code cell, in nbformat's form,
     "foreign": the models' names of its widgets that are neither anywidgets nor boxes}
    A cell that fails has an output of type "error"; the log says why, and the next ones run.
    """
    logging.basicConfig(stream=sys.__stderr__)
    components.send_names_only()
    path = Path(notebook)
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    shell = _Shell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    _shells.append(shell)
    with contextlib.redirect_stdout(sys.__stderr__):
        outputs = [
            shell.outputs_of("".join(cell["source"]), f"{path.name}, cell {number}")
            for number, cell in enumerate(cells, start=1)
            if cell["cell_type"] == "code"
        ]
    _Shell.clear_instance()
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

    def _showtraceback(self, etype: type, evalue: BaseException, _stb: list[str]) -> None:
        log.error("%s: %s: %s", self.where, etype.__name__, evalue, exc_info=evalue)
        self.shown.append(
            {"output_type": "error", "ename": etype.__name__, "evalue": "", "traceback": []}
        )


class _Result(DisplayHook):
    """Takes the value of a cell's last line."""

    shell: _Shell

    def write_output_prompt(self) -> None:
        """Write none (IPython's hook)."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
        """Keep it (IPython's hook)."""
        self.shell.shown.append(
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
        self.shell.shown.append(
            {"output_type": "display_data", "data": data, "metadata": metadata or {}}
        )


def _foreign() -> list[str]:
    states = Widget.get_manager_state()["state"].values()
    names = {state["model_name"] for state in states if state["model_module"] not in _ANY}
    return sorted(names - _BOXES)
