"""A spreadsheet goes to a translator who works in LibreOffice, and comes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from myths.localization import Translations, to_xlsx, write

from tests.localization.office import saved
from tests.localization.test_returned import CORE, ID, TITLE, WORDS, taken, words

pytestmark = pytest.mark.soak

QUESTION = "modules/bees/text#question"
NAME = "support/xx#bee-line.name"
ODD = {
    TITLE: "=1+1",
    QUESTION: "@alle: \u201eStechen\u201c sie \u2013 ohne Grund?",
    "modules/bees/text#card": "+ mehr",
    "modules/bees/text#vignette.title": "- weniger",
    "modules/bees/text#prompts.understand": "'tis 007",
    "modules/bees/text#prompts.practice": "1.5",
    "modules/bees/text#reflections.learned": "TRUE",
    "modules/bees/text#reflections.practice": "  zwei  Räume ",
    NAME: "2026-01-31",
}
FORMATS = ["xlsx", "ods"]

Change = Callable[[Any], None]


@pytest.fixture
def file(content: Path, tmp_path: Path) -> Path:
    path = tmp_path / "de.xlsx"
    write({path: to_xlsx(Translations(content, "de"))})
    return path


def edited(file: Path, change: Change) -> Path:
    """Change each sheet as its cells are by then."""
    book = openpyxl.load_workbook(file)
    for sheet in book:
        change(sheet)
    book.save(file)
    return file


def by_id(sheet: Any) -> dict[str, int]:
    head = {cell.value: cell.column for cell in sheet[1]}
    return {row[head["id"] - 1].value: row[0].row for row in sheet.iter_rows(min_row=2)}


def say(texts: dict[str, str]) -> Change:
    """Type words as text, also those that look like something else."""

    def change(sheet: Any) -> None:
        column = next(cell.column for cell in sheet[1] if cell.value == "translation")
        for id_, row in by_id(sheet).items():
            if id_ in texts:
                cell = sheet.cell(row, column)
                cell.value = texts[id_]
                cell.data_type = "s"

    return change


def there_and_back(file: Path, kind: str, folder: Path) -> Path:
    """Save as `kind`, and as a workbook again, which is what can be imported."""
    return saved(saved(file, kind, folder / "out"), "xlsx", folder / "back")


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_that_was_opened_and_saved_changes_nothing(content, file, tmp_path, kind: str):
    before = words(content)
    assert taken(content, there_and_back(file, kind, tmp_path)) == (0, [], [])
    assert words(content) == before


@pytest.mark.parametrize("kind", FORMATS)
def test_words_that_look_like_something_else_come_back_as_words(content, file, tmp_path, kind: str):
    back = there_and_back(edited(file, say(ODD)), kind, tmp_path)
    count, faults, _ = taken(content, back)
    assert (count, faults) == (len(ODD), [])
    units = Translations(content, "de").units
    expected = {id_: text.strip() for id_, text in ODD.items()}
    assert {id_: units[id_].translation for id_ in ODD} == expected


@pytest.mark.parametrize("kind", FORMATS)
def test_sorted_rows_and_moved_columns_come_back(content, file, tmp_path, kind: str):
    def jumbled(sheet: Any) -> None:
        head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        for number, row in enumerate([head, *sorted(rows, reverse=True)], start=1):
            for column, value in enumerate(reversed(row), start=1):
                cell = sheet.cell(number, column)
                cell.value = value
                cell.data_type = "s" if value is not None else "n"

    edited(file, say(ODD))
    back = there_and_back(edited(file, jumbled), kind, tmp_path)
    assert taken(content, back)[:2] == (len(ODD), [])


def formula(sheet: Any) -> None:
    if sheet.title == "bees":
        sheet.cell(by_id(sheet)[TITLE], WORDS).value = "=1+1"


def number(sheet: Any) -> None:
    if sheet.title == "bees":
        sheet.cell(by_id(sheet)[TITLE], WORDS).value = 7
        sheet.cell(by_id(sheet)[TITLE], WORDS).number_format = "0"


def lose(sheet: Any) -> None:
    if sheet.title == "bees":
        sheet.delete_rows(by_id(sheet)[CORE])


def rename(sheet: Any) -> None:
    if sheet.title == "support xx":
        sheet.cell(by_id(sheet)[NAME], ID).value = "support/xx#bee.name"


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (formula, "sheet 'bees', cell E2: this is a formula and no text"),
        (number, "sheet 'bees', cell E2: this is a number and no text"),
        (lose, f"modules/bees/text: 1 rows are lost ({CORE})"),
        (rename, "sheet 'support xx', cell E2: no text has the id 'support/xx#bee.name'"),
        (say({TITLE: "BÃ¤ume"}), "sheet 'bees', cell E2: 'Ã¤' comes from a wrong encoding"),
    ],
    ids=["formula", "number", "lose", "rename", "encoding"],
)
def test_what_went_wrong_is_told_by_sheet_and_cell(content, file, tmp_path, kind, change, told):
    before = words(content)
    back = there_and_back(edited(file, change), kind, tmp_path)
    count, faults, _ = taken(content, back)
    assert count == 0
    assert any(fault.startswith(told) for fault in faults), faults
    assert words(content) == before
