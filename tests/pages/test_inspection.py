"""`myths check` runs each page once, and names what fails, what is missing and what is left out."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from myths.cli import main

from tests.small_edition import copy_small_edition
from tests.threads import apart

ROOT = Path(__file__).parents[2]
CORRECT = "correct the cell, or leave it out"
THREAD = "threading.Thread(target=time.sleep, args=[9]).start()"
FIRST = 'import myths\nmodule = myths.Module("risk")'

Found = Callable[..., list[str]]


def cell(kind: str, source: str, **more: Any) -> dict[str, Any]:
    code = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {"cell_type": kind, "id": "c", "metadata": {}, "source": source} | code | more


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of participants' notebooks of a trainer's own copy, which is the working folder.

    Only the first module's notebook is there; of the others there is none to run.
    """
    copy_small_edition(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MYTHS_CONTENT", raising=False)
    return tmp_path / "notebooks" / "participants"


@pytest.fixture
def check(own: Path) -> Found:
    """What `myths check` says of the first module with these cells after the first one."""

    def check(*cells: dict[str, Any], options: tuple[str, ...] = ()) -> list[str]:
        made = [cell("code", FIRST), *cells]
        for number, each in enumerate(made):
            each["id"] = f"c{number}"
        book = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made}
        if cells:
            (own / "01_risk.ipynb").write_text(json.dumps(book))
        done = apart(CliRunner().invoke, main, ["check", *options])
        asked = ("support/eu.yml", "organiser.yml")  # what a trainer still has to fill in
        said = [line for line in done.stdout.splitlines() if not any(map(line.__contains__, asked))]
        assert done.exit_code == any(line.startswith("error:") for line in said), done.output
        return [line for line in said if line.startswith(("error:", "warning:"))]

    return check


def test_cells_that_fail_or_do_not_end_are_named_each_in_one_line(check: Found):
    said = check(
        cell("markdown", "Words"),
        cell("code", "import ipywidgets\nipywidgets.IntSlider()"),
        cell("code", "answer = 1 / 0"),
        cell("code", "answer"),
        cell("code", "x = 1\nwhile True: pass"),
        options=("--seconds", "3"),
    )
    place = "error: notebooks/participants/01_risk.ipynb: cell"
    assert said == [
        f"{place} 4, line 1: ZeroDivisionError: division by zero; {CORRECT}",
        f"{place} 6, line 2: the cell does not end; remove the loop, or what it waits for",
    ]


def test_the_question_about_the_facts_is_left_out_with_its_cell(own: Path, check: Found):
    book = json.loads((own / "01_risk.ipynb").read_text("utf-8"))
    cells = [each for each in book["cells"] if "module.recall(" not in "".join(each["source"])]
    assert len(cells) == len(book["cells"]) - 1
    (own / "01_risk.ipynb").write_text(json.dumps(book | {"cells": cells}))
    assert check() == []


def test_what_is_read_first_is_told_once_and_the_page_is_not_run(check: Found):
    (said,) = check(cell("code", 'module.rate("bevore")'), cell("code", "1 / 0"))
    assert "a module has no ratings 'bevore'; did you mean 'before'?" in said


def test_a_quick_check_runs_nothing(check: Found):
    assert check(cell("code", "1 / 0"), options=("--quick",)) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("01_risks.ipynb", ["error: notebooks/participants:1: the page 'risk' has no notebook"]),
        ("1_risk.ipynb", ["(there is 1_risk.ipynb); name it 01_risk.ipynb"]),
        ("01_risk-Copy1.ipynb", ["(there is 01_risk-Copy1.ipynb)"]),
        ("", ["the page 'risk' has no notebook; name it 01_risk.ipynb"]),
    ],
)
def test_a_notebook_that_no_address_serves_is_told_in_one_line(
    own: Path, check: Found, name: str, said: list[str]
):
    path = own / "01_risk.ipynb"
    path.rename(own / name) if name else path.unlink()
    (found,) = check(options=("--quick",))
    assert all(words in found for words in said), found


def test_a_second_notebook_of_a_page_is_an_error_and_a_copy_is_a_warning(own: Path, check: Found):
    shutil.copy(own / "01_risk.ipynb", own / "10_risk.ipynb")
    shutil.copy(own / "01_risk.ipynb", own / "01_risk-Copy1.ipynb")
    second, copy = sorted(check(options=("--quick",)))
    assert second.startswith("error: notebooks/participants/10_risk.ipynb:1: a second notebook for")
    assert copy.startswith("warning: notebooks/participants/01_risk-Copy1.ipynb:1: no page of the")


LARGE = base64.b64encode(b"x" * 2_000_000).decode()
REMARKS = [
    ("![x](https://a.example/b.png)", "a picture of another site, and pages load nothing from"),
    ("![x](gone.png)", "there is no picture 'gone.png' beside the notebook; put it there"),
    (
        '<iframe src="https://a.example"></iframe>',
        "a frame of another site, and pages load nothing",
    ),
    ('<video src="a.mp4"></video>', "a video, which pages leave out"),
    ("<script>alert(1)</script>", "a script, which pages leave out"),
    ('<form action="/"><b>x</b></form>', "a form, which pages leave out"),
    ("<style>p {color: red}</style>", "a style, which pages leave out; remove it"),
    ("|a|b|c|d|e|f|\n|-|-|-|-|-|-|\n|1|2|3|4|5|6|", "a table of more than 5 columns"),
    ("The square is $x^2$.", "a formula, which pages show as it is typed: $x^2$"),
]


@pytest.mark.parametrize(("words", "said"), REMARKS)
def test_what_a_page_leaves_out_is_a_warning_with_the_cell(check: Found, words: str, said: str):
    (found,) = check(cell("markdown", words), options=("--quick",))
    assert found.startswith("warning: notebooks/participants/01_risk.ipynb: cell 2, line 1: ")
    assert said in found


def test_what_a_page_shows_brings_no_warning(check: Found):
    fine = "It costs $5 and $6. [More](https://a.example)\n\n|a|b|\n|-|-|\n|1|2|"
    assert check(cell("markdown", fine), options=("--quick",)) == []
    hidden = cell("markdown", REMARKS[0][0], metadata={"tags": ["trainer"]})
    assert check(hidden, options=("--quick",)) == []


def test_a_picture_that_is_large_is_a_warning(check: Found):
    pasted = cell("markdown", "![x](attachment:a.png)", attachments={"a.png": {"image/png": LARGE}})
    (found,) = check(pasted, options=("--quick",))
    assert "a picture of 1.9 MB, which is sent to every phone; make it smaller than 1 MB" in found


def test_what_cells_show_and_a_page_leaves_out_is_a_warning(check: Found):
    said = check(
        cell("code", "1 + 1"),
        cell("code", "from IPython.display import YouTubeVideo\nYouTubeVideo('abc')"),
        cell(
            "code", "import threading, time\nthreading.Thread(target=time.sleep, args=[9]).start()"
        ),
    )
    assert [line.partition("cell ")[2][:2] for line in said] == ["2,", "3,", "4,"]
    assert "plain text, which pages leave out" in said[0]
    assert "a frame of another site" in said[1]
    assert "the page runs anew at each visit, which takes long: It starts a thread" in said[2]
