"""A trainer's own questions, from the cells that the guide prints to the tables and to erasing."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import myths
import nbformat
import pandas as pd
import pytest

from tests.server.conftest import ROOT, Running, Visitor, read, serving
from tests.server.wire import Wire, key

GUIDE = (ROOT / "docs" / "trainers" / "index.md").read_text("utf-8")
CELLS = re.findall(r"```python\n(module\.ask.*?)```", GUIDE, re.DOTALL)
TEXT = "risk.what_will_you_do_on_monday.after"
CHOICE = "risk.whom_would_you_call_first.after"
RATING = "risk.know_whom.after"
EMPTY = {"value": None, "text": None, "declined": False, "reader": None}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server whose trainer has put the cells of the guide into a module."""
    folder = tmp_path_factory.mktemp("own")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    file = folder / "notebooks" / "participants" / "01_risk.ipynb"
    book = nbformat.read(file, as_version=4)
    book.cells += [nbformat.v4.new_code_cell(cell) for cell in CELLS]
    nbformat.write(book, file)
    notebooks = str(folder / "notebooks")
    with serving(folder / "workshop.sqlite", "--notebooks", notebooks) as running:
        yield running


@pytest.fixture(scope="module")
def visitor(own: Running) -> Iterator[Visitor]:
    """Somebody who has answered all three."""
    with Visitor(own) as someone:
        someone.join()
        wire = Wire(someone, "risk")
        said = [
            (TEXT, {"text": "Call the women's service.", "reader": "evaluation"}),
            (CHOICE, {"value": 2}),
            (RATING, {"value": 4}),
        ]
        for question, answer in said:
            receipt = wire.answer(question, {**EMPTY, "key": key(), **answer})
            assert receipt["state"] == "saved", receipt
        wire.close()
        yield someone


def test_the_answers_are_in_every_table(own: Running, visitor: Visitor):
    said = myths.answers(own.file).set_index("item")
    assert said["kind"].astype(str).to_dict() == {
        "what_will_you_do_on_monday": "text",
        "whom_would_you_call_first": "choice",
        "know_whom": "rating",
    }
    assert said.loc["what_will_you_do_on_monday", "text"] == "Call the women's service."
    (row,) = myths.wide(own.file)[[CHOICE, RATING]].to_numpy().tolist()
    assert row == [2, 4]
    book = myths.codebook(own.file).set_index("item")
    assert book.loc["whom_would_you_call_first", "labels"] == (
        "1 = The police; 2 = A colleague; 3 = Nobody yet"
    )
    assert book.loc["know_whom", "question"] == "I know whom to call."


def test_an_export_has_them_with_their_labels(own: Running, visitor: Visitor, tmp_path: Path):
    done = myths.export(tmp_path / "out", own.file, formats=["csv", "spss", "stata", "excel"])
    values = pd.read_csv(done.path / "csv" / "values.csv")
    labels = values[values["column"] == CHOICE].set_index("value")["label"].to_dict()
    assert labels == {1: "The police", 2: "A colleague", 3: "Nobody yet"}


def test_they_come_back_to_a_page_that_is_opened_again(own: Running, visitor: Visitor):
    wire = Wire(visitor, "risk")
    known = [wire.states[wire.questions[each]]["known"] for each in (TEXT, CHOICE, RATING)]
    assert [each["text"] or each["value"] for each in known] == ["Call the women's service.", 2, 4]
    wire.close()


def test_people_find_download_and_erase_them(own: Running, visitor: Visitor):
    page = read(visitor.get("/withdraw"))
    assert "Whom would you call first? After A colleague" in page
    assert "What will you do on Monday? Call the women's service." in page
    file = visitor.send("/withdraw", do="json")
    kept = {row["item"]: row["label"] for row in json.loads(file.text)["answers"]}
    assert kept["whom_would_you_call_first"] == "A colleague"
    visitor.send(
        "/withdraw", do="one", module="risk", item="whom_would_you_call_first", phase="after"
    )
    assert "Whom would you call first?" not in read(visitor.get("/withdraw"))
    assert "whom_would_you_call_first" not in set(myths.answers(own.file)["item"])


def test_the_guide_has_a_cell_for_each_kind():
    assert len(CELLS) == 3
