"""A kernel may sleep if the store has all that it knows; whatever else it knows is found."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from myths.forkserver import ForkServer
from myths.pages import PRELOADED, RUN
from myths.session_request import SessionRequest
from myths.store import open_store

from tests.threads import finish

ROOT = Path(__file__).parents[2]
BEGIN = "import myths\nmodule = myths.Module('risk')\nrating = module.ask('Why?', scale='agree')"
LINK = """
import traitlets
text = module.reflect().children[0]
traitlets.dlink((rating, "answer"), (text, "answer"))
"""
COUNTER = """
import anywidget, traitlets
class Counter(anywidget.AnyWidget):
    _esm = ""
    n = traitlets.Int().tag(sync=True)
Counter()
"""
OURS = """
from myths import components
class Ours(components.Reading):
    pass
Ours([], words=module._words)
"""
FREE = """
from myths import components
save = module._session._save
components.Rating("Why?", rating.options, words=module._words, item="free", save=save)
"""
KNOWING = [
    pytest.param("rating.observe(print, 'answer')", ["Rating"], id="an observer of a cell"),
    pytest.param("rating.observe(lambda _: 0)", ["Rating"], id="an observer of every trait"),
    pytest.param("rating.on_msg(lambda *_: 0)", ["Rating"], id="a hearer of a cell"),
    pytest.param("rating._save = lambda _: 'saved'", ["Rating"], id="another function that saves"),
    pytest.param(LINK, ["Rating"], id="a link between two answers"),
    pytest.param(COUNTER, ["Counter"], id="a widget of a cell"),
    pytest.param(OURS, ["Ours"], id="a class on top of ours"),
    pytest.param(FREE, ["Rating"], id="a question without a session"),
]
FORGETTING = [
    pytest.param("", id="one question"),
    pytest.param("import ipywidgets\nipywidgets.VBox([rating, module.reading()])", id="a box"),
    pytest.param("module.rate('before'), module.recall(), module.change()", id="every section"),
    pytest.param("total = sum(range(10))\nprint(total)", id="what cells compute"),
]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked")
Knows = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def knows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knows]:
    """Run a page with a cell, and tell whose widgets know something that the store does not."""
    folder = tmp_path_factory.mktemp("state")
    open_store(f"sqlite:///{folder}/workshop.sqlite", create=True)
    request = SessionRequest(
        db=f"sqlite:///{folder}/workshop.sqlite", content=str(ROOT / "content")
    )
    server = ForkServer(PRELOADED)
    notebook = folder / "page.ipynb"

    def knows(cell: str) -> list[str]:
        cells = [{"cell_type": "code", "source": each} for each in (BEGIN, cell)]
        notebook.write_text(json.dumps({"cells": cells}), encoding="utf-8")
        env = os.environ | request.environment()
        options = {"env": env, "cwd": str(folder), "stdout": 1, "stderr": 2}
        run = server.prepare(RUN, notebook=str(notebook), stock=False, seconds=60, **options)
        template = finish(run)
        template.close()
        assert template.result["faults"] == []
        return list(template.result["own_state"])

    yield knows
    server.close()


@pytest.mark.parametrize(("cell", "found"), KNOWING)
def test_what_only_a_kernel_knows_is_found(knows: Knows, cell: str, found: list[str]):
    assert knows(cell) == found


@pytest.mark.parametrize("cell", FORGETTING)
def test_what_is_made_again_from_notebook_and_store_may_be_forgotten(knows: Knows, cell: str):
    assert knows(cell) == []


@pytest.mark.parametrize("notebook", sorted((ROOT / "notebooks/participants").glob("*.ipynb")))
def test_every_page_of_the_series_may_sleep(knows: Knows, notebook: Path):
    cells = json.loads(notebook.read_text())["cells"]
    code = ["".join(each["source"]) for each in cells if each["cell_type"] == "code"]
    assert knows("\n".join(code)) == []
