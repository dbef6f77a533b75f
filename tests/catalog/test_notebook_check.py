"""Participants' notebooks only call; whatever else is in them is told."""

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
from myths.catalog.notebooks import check_notebooks

CALLS = {"Module": ["rate", "reading"], "Page": ["section"]}
SLUGS = {"Module": ["bees"], "Page": ["start"]}
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
        return [str(p) for p in check_notebooks(folder, calls=CALLS, slugs=SLUGS)]

    return told


def test_a_run_sheet_has_no_fault(told: Told):
    assert told(*GOOD) == []


def test_a_call_right_after_making_is_fine(told: Told):
    assert told("import myths", 'myths.Page("start").section("consent")') == []


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("module.rat()", "cell 3, line 1: 'Module.rat' does not exist; did you mean 'rate'?"),
        ("\nimport os", "cell 3, line 2: an import of 'os'; import only 'myths'"),
        ("from myths import Module", "an import from 'myths'; use 'import myths'"),
        ("def f(): pass", "a definition; a notebook only calls"),
        ("class A: pass", "a definition"),
        ("f = lambda: 1", "a definition"),
        ('myths.Module("bee")', "no module is called 'bee'; did you mean 'bees'?"),
        ('myths.Page("bees")', "no page is called 'bees'"),
        ("myths.Module(name)", "Module without a name; write its name in quotes"),
        ("myths.answers()", "'myths.answers' is not for participants"),
        ("open('x')", "a call of 'open', which is not a section"),
        ("module.rate.__self__()", "a call of '__self__'"),
        ("other.rate()", "a call of 'rate'"),
        ("myths = open\nmyths.Module('bees')", "a call of 'Module'"),
        ("%matplotlib inline", "cell 3, line 1: this is not Python"),
        ("x = (", "this is not Python"),
    ],
)
def test_whatever_is_no_call_of_a_section_is_told(told: Told, source: str, said: str):
    found = told(*GOOD, source)
    assert any(said in sentence for sentence in found), found
    assert all(
        sentence.startswith("notebooks/participants/01_bees.ipynb: cell 3") for sentence in found
    )


OUTPUT = {"output_type": "stream", "name": "stdout", "text": "x"}


def test_outputs_are_told(told: Told):
    (found,) = told(*GOOD, cell("1 + 1", outputs=[OUTPUT]))
    assert "cell 3, line 1: the cell holds outputs; clear them" in found


@pytest.mark.parametrize(
    "marked",
    [
        cell("# NBVAL_CHECK_OUTPUT\n1", outputs=[OUTPUT]),
        cell("1", outputs=[OUTPUT], metadata={"tags": ["nbval-check-output"]}),
    ],
)
def test_outputs_that_nbval_compares_may_stay(told: Told, marked: dict[str, Any]):
    assert told(*GOOD, marked) == []


def test_an_invalid_notebook_is_told(told: Told):
    (found,) = told({"cell_type": "code"})
    assert "01_bees.ipynb:1: this is not a valid notebook: " in found


def test_a_folder_without_notebooks_is_told(tmp_path: Path):
    (problem,) = check_notebooks(tmp_path, calls=CALLS, slugs=SLUGS)
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
    check_notebooks(folder, calls=CALLS, slugs=SLUGS)


def test_check_reads_the_notebooks_beside_the_content(told: Told, content: Path, tmp_path: Path):
    told(*GOOD, 'myths.Module("wasps")')
    folder = tmp_path / "notebooks" / "participants"
    problems = catalog.check(content, notebooks=folder, calls=CALLS, today=date(2026, 3, 1))
    assert ["no module is called 'wasps'" in str(problem) for problem in problems] == [True]
