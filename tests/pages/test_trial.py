"""A notebook is tried in the same way with a fork server and, where none can be, without one."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from myths.catalog import Library
from myths.forkserver import ForkServer
from myths.pages import PRELOADED, NotebookVersions, PageTrial, Trial

from tests.threads import finish

SECONDS = 8
SPINS = "while True: pass"
STUBBORN = "import time\nwhile True:\n    try: time.sleep(60)\n    except BaseException: pass"
OFTEN = {"forked": STUBBORN, "apart": SPINS}  # the other way round is much like it


@pytest.fixture(scope="module", params=OFTEN)
def trial(request: pytest.FixtureRequest) -> Iterator[PageTrial]:
    forks = ForkServer(PRELOADED) if request.param == "forked" else None
    yield PageTrial(forks, seconds=SECONDS)
    if forks:
        forks.close()


def tried(trial: PageTrial, folder: Path, *codes: str) -> Trial:
    cells = [{"cell_type": "code", "metadata": {}, "source": code} for code in codes]
    (folder / "01_risk.ipynb").write_text(json.dumps({"cells": cells}))
    version = NotebookVersions(folder, Library()).newest("risk")
    assert version
    found = finish(trial.run(version))
    if found.template:
        found.template.close()
    return found


def test_what_cells_show_and_which_of_them_fail(trial: PageTrial, tmp_path: Path):
    (tmp_path / "note.txt").write_text("beside it")
    read = "from pathlib import Path\nPath('note.txt').read_text()"
    found = tried(trial, tmp_path, read, "import myths; myths.Module('rsik')", "print(1)\n1 / 0")
    assert found.outputs
    assert found.outputs[0][0]["data"]["text/plain"] == "'beside it'"
    first, second = found.faults
    assert (first.cell, "did you mean 'risk'" in first.message) == (2, True)
    assert (second.cell, second.line) == (3, 2)
    assert second.message == "ZeroDivisionError: division by zero"


def ways() -> Iterator[Any]:
    for way in OFTEN:
        for code in (SPINS, STUBBORN):
            marks = [] if OFTEN[way] == code else [pytest.mark.soak]
            yield pytest.param(way, code, "the cell does not end", marks=marks)
        yield pytest.param(way, "import os; os._exit(3)", "the cell ends the whole program")


@pytest.mark.parametrize(("trial", "code", "said"), list(ways()), indirect=["trial"])
def test_a_cell_that_does_not_end_or_ends_all_is_named(
    trial: PageTrial, tmp_path: Path, code: str, said: str
):
    begun = time.monotonic()
    found = tried(trial, tmp_path, "1", code)
    (fault,) = found.faults
    assert (fault.cell, said in fault.message) == (2, True), fault
    assert time.monotonic() - begun < SECONDS + 60


def test_a_process_that_is_killed_from_outside_is_no_fault_of_its_cells(
    trial: PageTrial, tmp_path: Path
):
    """Where memory is short the system kills processes; a notebook that did not do it is shown."""
    once = """
from pathlib import Path
import os
if not Path("killed").exists():
    Path("killed").touch()
    os.kill(os.getpid(), 9)
"""
    found = tried(trial, tmp_path, once, "'whole'")
    assert (tmp_path / "killed").exists()
    assert found.faults == ()
    assert found.outputs
    assert found.outputs[1][0]["data"]["text/plain"] == "'whole'"


def test_a_cell_that_does_not_end_is_named_however_slowly_its_traceback_is_written(tmp_path: Path):
    """On a busy machine the cell is told again meanwhile, and IPython loses the first error."""
    slowly = "get_ipython().InteractiveTB.structured_traceback = lambda *_, **__: time.sleep(2)"
    (fault,) = tried(PageTrial(None, seconds=1), tmp_path, f"import time\n{slowly}\n{SPINS}").faults
    assert (fault.cell, fault.line, fault.message) == (1, 3, "the cell does not end")


def test_what_is_no_notebook_is_told(trial: PageTrial, tmp_path: Path):
    (tmp_path / "01_risk.ipynb").write_text("{ half")
    version = NotebookVersions(tmp_path, Library()).newest("risk")
    assert version
    (fault,) = finish(trial.run(version)).faults
    assert (fault.cell, "not a valid notebook" in fault.message) == (None, True)
