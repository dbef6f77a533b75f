"""What is to be given away is logged; what is for one's own eyes says so, and is not."""

from __future__ import annotations

import subprocess

import myths
import pytest
from myths.errors import EvaluationError, StoreError

from tests.evaluation.reports.published import STAY, command, counted, is_safe, publish
from tests.evaluation.said import room


def test_a_private_report_counts_everybody_says_what_it_is_and_leaves_no_trace(
    file, store, tmp_path
):
    room(store, "ROOM1", [*STAY, *STAY])
    publish(file, tmp_path)
    room(store, "ROOM2", [(1, 1)])
    assert command(file, tmp_path / "own", "--private").exit_code == 0
    (page,) = tmp_path.glob("own*")
    assert page.name == "own-private.html"
    assert "do not give this away" in page.read_text()
    assert "(11 people)" in page.read_text() or ">11<" in page.read_text()
    assert counted(store) == [10]


def test_every_page_of_a_private_document_says_so(file, store, tmp_path):
    room(store, "ROOM1", [*STAY, *STAY])
    files = myths.report(file, private=True).save(tmp_path / "own.pdf")
    assert [path.name for path in files] == ["own-private.pdf", "own-private-appendix.pdf"]
    for path in files:
        command = ["pdftotext", "-layout", str(path), "-"]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        pages = text.split("\f")[:-1]
        assert len(pages) > 1
        assert all("do not give this away" in page for page in pages)


def test_a_figure_that_is_saved_is_published_with_its_report(file, store, tmp_path):
    room(store, "ROOM1", [*STAY, *STAY])
    made = myths.report(file)
    assert counted(store) == []
    next(iter(made.figures.values())).save(tmp_path / "figure.svg")
    assert counted(store) == [10]
    own = next(iter(myths.report(file, private=True).figures.values()))
    with pytest.raises(EvaluationError, match="for your own eyes only"):
        own.save(tmp_path / "own.svg")


def test_the_log_is_listed_without_writing_anything(file, store, tmp_path):
    room(store, "ROOM1", [*STAY, *STAY])
    publish(file, tmp_path)
    listed = command(file, tmp_path / "other", "--log")
    assert "ROOM1: 1 questions, each with 10 to 10 people" in listed.output
    assert not list(tmp_path.glob("other*"))


def test_a_report_that_cannot_be_logged_is_not_written(file, store, tmp_path):
    room(store, "ROOM1", [*STAY, *STAY])
    made = myths.report(file)
    with store.writing(), pytest.raises(StoreError):
        made.save(tmp_path / "report.html")
    assert not (tmp_path / "report.html").exists()


def test_a_report_that_cannot_be_written_is_not_logged(file, store, tmp_path):
    room(store, "ROOM1", [*STAY, *STAY])
    (tmp_path / "taken").write_text("")
    with pytest.raises(EvaluationError, match="choose another place"):
        myths.report(file).save(tmp_path / "taken" / "report.html")
    assert counted(store) == []


def test_of_two_reports_at_once_the_second_is_made_again(file, store, tmp_path):
    room(store, "ROOM1", [*STAY, *STAY])
    first = myths.report(file)
    room(store, "ROOM2", [(1, 1)] * 2 + STAY)
    second = myths.report(file, "ROOM2")
    room(store, "ROOM3", STAY[:2])
    third = myths.report(file, ["ROOM1", "ROOM3"])
    for made in (first, second):
        made.save(tmp_path / "report.html")
    with pytest.raises(EvaluationError, match="published while this one was made"):
        third.save(tmp_path / "third.html")
    assert not (tmp_path / "third.html").exists()
    assert is_safe(store)
