"""Notebooks in which a trainer put ipywidgets beside our components, or that bring them late."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat

from tests.server.conftest import ROOT

RISK = "participants/01_risk.ipynb"
LATE = "participants/02_womens-services.ipynb"

MIXED = [
    """
import ipywidgets
import myths
from myths import catalog, components
from myths.vocabulary import ReceiptState

module = myths.Module("risk")
""",
    "module.question()",
    'module.rate("before")',
    """
minutes = ipywidgets.IntSlider(description="Minutes", value=3, max=10)
town = ipywidgets.Dropdown(description="Town", options=["Here", "There"])
heard = ipywidgets.Output()
with heard:
    print("Nothing yet")


def tell(_):
    heard.clear_output()
    with heard:
        print(f"{minutes.value} minutes, {town.value}, {rated.answer.get('value')}")


def keep(answer):
    return ReceiptState.PREVIEW


words = catalog.load().ui.components
options = [{"value": 1, "label": "Yes"}, {"value": 2, "label": "No"}]
rated = components.Rating("Is it short?", options, words=words, item="short", save=keep)
for widget, trait in [(minutes, "value"), (town, "value"), (rated, "receipt")]:
    widget.observe(tell, trait)
ipywidgets.VBox([minutes, town, rated, heard])
""",
    "module.reflect()",
]
UNKNOWN = """
import ipywidgets
from traitlets import Unicode


class Unknown(ipywidgets.DOMWidget):
    _model_module = Unicode("nowhere").tag(sync=True)
    _model_name = Unicode("NothingModel").tag(sync=True)
    _view_module = Unicode("nowhere").tag(sync=True)
    _view_name = Unicode("NothingView").tag(sync=True)


slider = ipywidgets.IntSlider(description="Minutes")
ipywidgets.VBox([slider, Unknown()])
"""
FAULTS = ["1 / 0", "with heard:\n    1 / 0", UNKNOWN.replace("Minutes", "Hours")]
COMES_LATE = """
import anywidget
import ipywidgets
import traitlets


class Later(anywidget.AnyWidget):
    _esm = '''
    export default { render({ model, el }) {
      const more = document.createElement("button");
      more.textContent = "More";
      more.onclick = () => { model.set("more", model.get("more") + 1); model.save_changes(); };
      el.append(more);
    } };
    '''
    more = traitlets.Int().tag(sync=True)


later = Later()
box = ipywidgets.VBox([later])
later.observe(lambda _: setattr(box, "children", [later, ipywidgets.IntSlider()]), "more")
box
"""


def notebook(file: Path, cells: list[str]) -> None:
    """Put code cells in place of all but the first, which is for the trainer."""
    book = nbformat.read(file, as_version=4)
    book.cells = [book.cells[0], *map(nbformat.v4.new_code_cell, cells)]
    nbformat.write(book, file)


def both(file: Path, *, of: Path) -> None:
    """Put the cells of the module `of`, then widgets of ipywidgets beside one of ours."""
    cells = [cell.source for cell in nbformat.read(of, as_version=4).cells[1:]]
    notebook(file, [*cells, MIXED[0], MIXED[3]])


def notebooks(folder: Path) -> Path:
    """Copy the notebooks and adapt two of them."""
    copy = shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    notebook(copy / RISK, [*MIXED, *FAULTS])
    late = nbformat.read(copy / LATE, as_version=4)
    late.cells.append(nbformat.v4.new_code_cell(COMES_LATE))
    nbformat.write(late, copy / LATE)
    return copy
