"""A notebook may do what it likes; what cannot work on its page is told in one line."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from myths import catalog
from myths.catalog.notebooks import Offers, check_notebooks

CALLS = {"Module": ["ask", "rate", "reading"], "Page": ["ask", "section"]}
SLUGS = {"Module": ["bees"], "Page": ["start"]}
OFFERS = Offers(CALLS, SLUGS, {"start": ["consent", "rules"]}, {"bees": ["myth"]})
GOOD = ['import myths\n\nmodule = myths.Module("bees")', 'module.rate("before")  # 4 minutes']

Told = Callable[..., list[str]]


def cell(source: str, **more: Any) -> dict[str, Any]:
    code = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    return code | {"id": f"c{abs(hash(source))}", "source": source} | more


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Told:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "notebooks" / "participants"
    folder.mkdir(parents=True)

    def told(*cells: str | dict[str, Any]) -> list[str]:
        made = [cell(c) if isinstance(c, str) else c for c in cells]
        book = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made}
        (folder / "01_bees.ipynb").write_text(json.dumps(book))
        return [str(p) for p in check_notebooks(folder, OFFERS)]

    return told


def test_a_run_sheet_has_no_fault(told: Told):
    assert told(*GOOD) == []


def test_a_call_right_after_making_is_fine(told: Told):
    assert told("import myths", 'myths.Page("start").section("consent")') == []


@pytest.mark.parametrize(
    "source",
    [
        "import os\nfrom ipywidgets import IntSlider\nIntSlider()",
        "def f(): pass\nclass A: pass\ng = lambda: 1\ng()",
        "%matplotlib inline",
        "print('here')",
        "other = myths.Module(name)",
    ],
)
def test_a_trainer_may_use_any_widget_and_any_python(told: Told, source: str):
    assert told(*GOOD, source) == []


def test_outputs_that_jupyterlab_has_saved_are_no_fault(told: Told):
    output = {"output_type": "stream", "name": "stdout", "text": "x"}
    assert told(*GOOD, cell("1 + 1", outputs=[output])) == []


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("module.rat()", "cell 3, line 1: 'Module.rat' does not exist; did you mean 'rate'?"),
        ('module.rate("bevore")', "a module has no ratings 'bevore'; did you mean 'before'?"),
        ('module.rate("followup")', "a module has no ratings 'followup'"),
        ('myths.Page("start").section("rule")', "has no section 'rule'; did you mean 'rules'?"),
        (
            'page = myths.Page("start")\npage.section("x")',
            "line 2: the page 'start' has no section",
        ),
        ("from myths import answers", "'myths.answers' is not for participants"),
        ("import myths.store\nfrom myths.store import Store", "'myths.store.Store' is not for"),
        ('myths.Module("bee")', "no module is called 'bee'; did you mean 'bees'?"),
        ('myths.Page("bees")', "no page is called 'bees'"),
        ("myths.Module()", "Module without a name; write its name in quotes"),
        ("myths.answers()", "'myths.answers' is not for participants"),
        ("x = (", "this is not Python ("),
        ("\nmodule.rate(“before”)", "cell 3, line 2: a typographic quote (“), which Python does"),
    ],
)
def test_what_goes_wrong_on_the_page_is_told_in_one_line(told: Told, source: str, said: str):
    (found,) = told(*GOOD, source)
    assert said in found
    assert found.startswith("notebooks/participants/01_bees.ipynb: cell 3")


@pytest.mark.parametrize("gone", [0, 1])
def test_a_first_cell_that_is_gone_is_told_once(told: Told, gone: int):
    cells = ["import myths", 'module = myths.Module("bees")', *["module.reading()"] * 9]
    del cells[gone]
    (found,) = told(*cells)
    assert f"'{'module' if gone else 'myths'}' was made by a cell that is gone" in found
    assert "put it back before this one: import myths" in found


@pytest.mark.parametrize(
    ("source", "told_of"),
    [
        (
            'module.ask("Why?")\nmodule.ask("Why?")',
            "cell 2, line 2: a second question is called 'why'",
        ),
        ('module.ask("Why?", name="myth")', "'bees' asks something else by the name 'myth'"),
        ('module.ask("Why?", kind="choice")', "line 1: a choice needs from 2 to 26 options"),
        ('module.ask("Why?", phase="later")', "there is no phase 'later'"),
        ('module.ask("Why?", answers=2)', "this cannot be asked ("),
        ('module.ask("")', "a question has no words"),
    ],
)
def test_a_question_of_ones_own_that_cannot_be_asked_is_told_in_its_cell(
    told: Told, source: str, told_of: str
):
    (found,) = told(GOOD[0], source)
    assert told_of in found


def test_questions_of_ones_own_are_fine_and_so_are_those_that_are_not_written_out(told: Told):
    asked = [
        'module.ask("Why?")',
        'module.ask("Why?", phase="before")',
        'module.ask("How?", options=["a", "b"])',
        "for each in words:\n    module.ask(each)",
        "module.ask(words, name=words)",
        'myths.Page("start").ask("Why?", name="myth")',
    ]
    assert told(GOOD[0], *asked) == []


def test_an_invalid_notebook_is_told(told: Told):
    (found,) = told({"cell_type": "code"})
    assert "01_bees.ipynb:1: this is not a valid notebook: " in found


def test_a_folder_without_notebooks_is_told(tmp_path: Path):
    (problem,) = check_notebooks(tmp_path, OFFERS)
    assert "there is no notebook in this folder" in str(problem)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["nbformat", "nbformat_minor", "cells", "metadata", "cell_type"]), inner
        )
    ),
)


@given(_JSON)
def test_no_file_whatever_stops_the_check(tmp_path_factory: pytest.TempPathFactory, value: Any):
    folder = tmp_path_factory.mktemp("books")
    (folder / "x.ipynb").write_text(json.dumps(value))
    check_notebooks(folder, OFFERS)


def test_check_reads_the_notebooks_beside_the_content(told: Told, content: Path, tmp_path: Path):
    told(*GOOD, 'myths.Module("wasps")')
    folder = tmp_path / "notebooks" / "participants"
    problems = catalog.check(content, notebooks=folder, calls=CALLS, today=date(2026, 3, 1))
    assert ["no module is called 'wasps'" in str(problem) for problem in problems] == [True]
