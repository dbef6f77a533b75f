"""What differs is told by place, with what it was and what it is, in words and not as a diff."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests.studio.conftest import Draft

RISK = "notebooks/participants/01_risk.ipynb"
TEXT = "content/modules/risk/text.en.yml"

Told = tuple[str, str, str, str, str]


@pytest.fixture
def found(draft: Draft) -> Callable[[], list[Told]]:
    """What changes since the draft was as it comes."""
    publication = draft.publication()
    publication.open()

    def found() -> list[Told]:
        return [
            (each.file, each.place, each.before, each.after, each.kind)
            for each in publication.changes()
        ]

    return found


def test_words_are_found_by_the_keys_that_lead_to_them(draft: Draft, found):
    draft.words("modules/risk/text.en.yml", "A responsible programme can make", "It can make")
    ((file, place, before, after, kind),) = found()
    assert (file, place, kind) == (TEXT, "ratings.fact", "changed")
    assert before.startswith("A responsible programme can make")
    assert after.startswith("It can make")


def test_a_list_is_told_by_the_ids_of_its_entries_and_their_order(draft: Draft, found):
    draft.words(
        "modules/risk/module.yml",
        "  - {id: myth, keyed: myth, fact: r1}\n  - {id: fact, keyed: fact, fact: r5}\n",
        "  - {id: fact, keyed: fact, fact: r2}\n  - {id: myth, keyed: myth, fact: r1}\n",
    )
    draft.words("series.yml", "modules: [risk, harm, funding]\n    day", "modules: [risk]\n    day")
    draft.words("modules/risk/module.yml", "[a, b, c, d]", "[d, a, b, c]")
    file = "content/modules/risk/module.yml"
    assert found() == [
        (file, "ratings", "myth, fact, over", "fact, myth, over", "changed"),
        (file, "ratings.fact.fact", "r5", "r2", "changed"),
        (file, "recall.options", "a\nb\nc\nd", "d\na\nb\nc", "changed"),
        (
            "content/series.yml",
            "routes.full-day.modules",
            "risk\nharm\nfunding",
            "risk",
            "changed",
        ),
    ]


def test_a_line_that_was_empty_and_one_that_is_gone_are_told(draft: Draft, found):
    draft.words("support/eu.yml", "checked: null", "checked: 2026-11-20")
    draft.words("modules/risk/text.en.yml", "  over: No programme removes all danger.\n", "")
    file = "content/support/eu.yml"
    assert found() == [
        (TEXT, "remarks.over", "No programme removes all danger.", "", "removed"),
        (file, "checked", "", "2026-11-20", "changed"),
    ]


def test_a_comment_a_folded_line_and_what_cells_showed_are_no_change(draft: Draft, found):
    draft.words("series.yml", "# The series:", "# Our series:")
    draft.words("modules/risk/text.en.yml", "A man\n    who chooses", "A\n    man who chooses")
    path = draft.notebooks / "01_risk.ipynb"
    book = nbformat.read(path, as_version=4)
    for number, cell in enumerate(book.cells):
        if cell.cell_type == "code":
            cell.execution_count = number
            cell.outputs = [nbformat.v4.new_output("stream", text="shown")]
            cell.metadata["collapsed"] = True
    nbformat.write(book, path)
    assert found() == []


def cells(path: Path, edit: Callable[[list[Any]], list[Any]]) -> None:
    book = json.loads(path.read_text())
    book["cells"] = edit(book["cells"])
    path.write_text(json.dumps(book))


def words(path: Path) -> list[str]:
    return ["".join(cell["source"]) for cell in json.loads(path.read_text())["cells"]]


def test_cells_are_told_by_their_number(draft: Draft, found):
    path = draft.notebooks / "01_risk.ipynb"
    was = words(path)

    def edit(book: list[Any]) -> list[Any]:
        book[2]["source"] = "module.question()  # loud"
        own = {"cell_type": "markdown", "id": "own", "metadata": {}, "source": "## In our city"}
        return [*book[:3], own, *book[4:]]

    cells(path, edit)
    assert found() == [
        (RISK, "cell 3", was[2], "module.question()  # loud", "changed"),
        (RISK, "cell 4", was[3], "## In our city", "changed"),
    ]


def test_a_cell_that_moves_is_told_once(draft: Draft, found):
    path = draft.notebooks / "01_risk.ipynb"
    was = words(path)
    cells(path, lambda book: [*book[:3], book[-1], *book[3:-1]])
    assert found() == [(RISK, "cell 4", "", was[-1], "moved")]


def test_a_tag_and_a_picture_of_a_cell_are_changes_too(draft: Draft, found):
    path = draft.notebooks / "01_risk.ipynb"

    def edit(book: list[Any]) -> list[Any]:
        book[2]["metadata"] = {"tags": ["trainer"]}
        own = {"cell_type": "markdown", "id": "own", "metadata": {}, "source": "A map:"}
        return [*book, own | {"attachments": {"map.png": {"image/png": "YQ=="}}}]

    cells(path, edit)
    (_, place, _, after, kind), (_, last, _, picture, added) = found()
    assert (place, kind, added) == ("cell 3", "changed", "added")
    assert last == f"cell {len(words(path))}"
    assert after.endswith("\n[trainer]")
    assert picture == "A map:\n[map.png]"
    draft.publication().publish(run=False)
    cells(
        path,
        lambda book: [*book[:-1], book[-1] | {"attachments": {"map.png": {"image/png": "Yg=="}}}],
    )
    assert [(each[1], each[4]) for each in found()] == [(last, "changed")]


def test_paragraphs_are_told_by_the_heading_above_them(draft: Draft, found):
    path = draft.content / "modules/risk/guide.en.md"
    text = path.read_text()
    heading = text[text.index("## ") + 3 :].split("\n", 1)[0]
    first = text[text.index("## ") :].split("\n\n")[1]
    path.write_text(text.replace(first, f"{first} And more.", 1) + "\n\nThe end.\n")
    told = found()
    assert told[0] == (
        "content/modules/risk/guide.en.md",
        heading,
        first.strip(),
        f"{first.strip()} And more.",
        "changed",
    )
    assert (told[1][3], told[1][4]) == ("The end.", "added")


def test_files_that_come_and_go_are_told_as_a_whole(draft: Draft, found):
    (draft.content / "support/at.yml").write_text("country: at\nchecked: null\nlines: []\n")
    (draft.notebooks / "map.png").write_bytes(b"\x89PNG")
    (draft.content / "handbook.en.md").unlink()
    assert [(file, place, kind) for file, place, _, _, kind in found()] == [
        ("content/handbook.en.md", "", "removed"),
        ("content/support/at.yml", "", "added"),
        ("notebooks/participants/map.png", "", "added"),
    ]


@pytest.mark.parametrize("broken", ["title: [", "\udcff", "{", "a: &b c"])
def test_a_file_that_cannot_be_read_is_told_as_a_whole(draft: Draft, found, broken: str):
    for path in (draft.content / "modules/risk/text.en.yml", draft.notebooks / "01_risk.ipynb"):
        path.write_bytes(broken.encode("utf-8", "surrogateescape"))
    assert found() == [(TEXT, "", "", "", "changed"), (RISK, "", "", "", "changed")]
