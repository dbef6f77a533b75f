"""Runs a page's notebook before its visitor comes, in a process that kernels are then forked from.

The cells run in IPython without a kernel. ipykernel, where it comes later for front ends other than
ours, loads this module as an extension, which connects their widgets to it.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ipywidgets import Widget

from myths import components, fault_log, session
from myths.forkserver import Prepared
from myths.pages import charts
from myths.pages.comms import connect, use_page_comms
from myths.pages.kernel_state import own_state
from myths.pages.page_store import PageStore
from myths.pages.shell import PageShell
from myths.pages.versions import RUNS
from myths.session_request import SessionRequest

_ANY = {"anywidget", "@jupyter-widgets/base"}
_VIEW = "application/vnd.jupyter.widget-view+json"
_BOXES = {"BoxModel", "HBoxModel", "VBoxModel"}


@dataclass(frozen=True)
class Execution:
    """A notebook that has run: what its cells named lives on in the shell, its sessions wait.

    `stock` as in `run`.
    """

    shell: PageShell
    sessions: session.WaitingSessions
    stock: bool


def run(notebook: str, *, stock: bool, seconds: float) -> Prepared:
    """Run the cells of the notebook at this path; the state is an Execution.

    `stock` is for a front end other than ours: widgets bring their scripts along. `seconds` is the
    time for all cells together. The number of the cell that runs is in a file beside the notebook.

    The result is {"outputs": the outputs of each code cell, in nbformat's form,
    "foreign": the models' names of its widgets that are neither anywidgets nor boxes,
    "faults": a CellFault for each cell that failed, "threads": the cell that started one, or 0,
    "questions": what is asked, what may answer it and its widget, by the questions' items,
    "mark": what stands in the widgets' HTML where answers will be}
    A cell that fails has an output of type "error"; the log says why, and the next ones run.
    """
    fault_log.begin()
    components.delivery.along = stock
    components.delivery.mark = "" if stock else secrets.token_hex(8)
    if not stock:
        use_page_comms()
    path = Path(notebook)
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    outputs = []
    with session.waiting() as sessions, PageShell.running(path.name, seconds=seconds) as shell:
        for number, cell in enumerate(cells, start=1):
            if cell["cell_type"] == "code":
                path.with_suffix(RUNS).write_text(str(number))
                outputs.append(shell.outputs_of("".join(cell["source"]), number))
    if stock:
        sessions.open_store()
    else:
        _draw(outputs)
    result = {
        "outputs": outputs,
        "foreign": _foreign(),
        "faults": shell.faults,
        "threads": shell.threads,
        "questions": {
            question.item: {
                "asked": asdict(asked),
                "rules": question.rules.plain,
                "widget": question.model_id,
            }
            for question, asked in sessions.questions()
        },
        "mark": components.delivery.mark,
        "widgets": [*Widget.widgets],
        "own_state": own_state(question for question, _ in sessions.questions()),
    }
    return Prepared(result, Execution(shell, sessions, stock))


def begin(execution: Execution) -> dict[str, str]:
    """Fill in what was run, in a fork that is for one participant; returns their own parts of it.

    These are the HTML of the parts that are other than on the prepared page, by their ids.
    """
    if execution.stock:
        execution.sessions.begin()
    else:
        request = SessionRequest.received()
        store = PageStore(request.known if request else None)
        execution.sessions.begin(store)
        store.known = None
    components.delivery.mark = ""
    return components.own_parts()


def load_ipython_extension(shell: Any) -> None:
    """Connect the widgets that were there before the kernel (IPython's hook)."""
    connect(shell.kernel)
    charts.register(shell)


def _draw(outputs: list[list[dict[str, Any]]]) -> None:
    """Put the HTML of widgets into the outputs that show them."""
    for output in (each for shown in outputs for each in shown):
        view = output.get("data", {}).get(_VIEW)
        if view and (widget := Widget.widgets.get(view["model_id"])):
            told = output["metadata"].get(components.METADATA, {})
            output["metadata"][components.METADATA] = told | {"html": components.rendered(widget)}


def _foreign() -> list[str]:
    states = Widget.get_manager_state()["state"].values()
    names = {state["model_name"] for state in states if state["model_module"] not in _ANY}
    return sorted(names - _BOXES)
