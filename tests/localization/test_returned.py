"""What comes back from a translator: sorted, moved, mistyped, lost or mangled, found and told."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from myths import catalog
from myths.errors import LocalizationError
from myths.localization import Translations, of_po, of_xlsx, take_over, to_po, to_xlsx, write

from tests.catalog import sample_content
from tests.localization.test_yaml_words import difference

TITLE, CORE = "modules/bees/text#title", "modules/bees/text#core"
ID, HASH, CONTEXT, SOURCE, WORDS, LENGTH, CHANGED = range(1, 8)

Sheet = Any


@pytest.fixture(scope="session")
def sent(begun: Path) -> bytes:
    """The spreadsheet that a translator gets."""
    return to_xlsx(Translations(begun, "de"))


@pytest.fixture
def file(sent: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "de.xlsx"
    path.write_bytes(sent)
    return path


@pytest.fixture
def edited(file: Path) -> Callable[..., Path]:
    """Change the sheet of the module as somebody does in a spreadsheet program."""

    def edited(change: Callable[[Sheet, dict[str, int]], object]) -> Path:
        book = openpyxl.load_workbook(file)
        sheet = book["bees"]
        change(sheet, {sheet.cell(row, ID).value: row for row in range(2, sheet.max_row + 1)})
        book.save(file)
        return file

    return edited


def taken(content: Path, file: Path) -> tuple[int, list[str], list[str]]:
    """Take a file over; returns how many texts are new, the faults and the notes."""
    returned = of_po(file) if file.suffix == ".po" else of_xlsx(file)
    count = take_over(Translations(content, "de"), returned)
    return count, returned.faults, returned.notes


def words(content: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(content.rglob("*.*"))}


def say(place: str, text: Any) -> Callable[[Sheet, dict[str, int]], None]:
    def change(sheet: Sheet, rows: dict[str, int]) -> None:
        sheet.cell(rows[f"modules/bees/text#{place}"], WORDS).value = text

    return change


def test_all_cells_are_text_and_only_the_translation_is_free(file: Path, german: Translations):
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["ui", "bees", "bees guide", "page start", "support xx"]
    rows = 0
    for sheet in book:
        assert sheet.protection.sheet
        hidden = [each for each in sheet.column_dimensions.values() if each.hidden]
        assert {n for each in hidden for n in range(each.min, each.max + 1)} == {ID, HASH}
        for row in sheet.iter_rows(min_row=2):
            rows += 1
            assert {cell.data_type for cell in row if cell.value} == {"s"}
            assert {cell.number_format for cell in row} == {"@"}
            free = [cell.column for cell in row if not cell.protection.locked]
            assert free == [WORDS, CHANGED]
    assert rows == len(german.units)


def test_a_file_that_comes_back_as_it_went_changes_nothing(content: Path, file: Path):
    before = words(content)
    assert taken(content, file) == (0, [], [])
    assert words(content) == before


def test_one_translation_is_one_line_of_difference(content: Path, edited):
    path = content / "modules/bees/text.de.yml"
    before = path.read_text("utf-8")
    assert taken(content, edited(say("title", "Bienen"))) == (1, [], [])
    assert difference(before, path.read_text("utf-8")) == [
        '-title: "TO TRANSLATE: Bees"',
        '+title: "Bienen"',
    ]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+ mehr",
        "- weniger",
        "@alle",
        "\u201eBienen\u201c \u2013 so \u2026",
        "'tis",
        "007",
        "1.5",
        "TRUE",
    ],
)
def test_words_that_look_like_something_else_stay_words(content: Path, edited, text: str):
    def change(sheet: Sheet, rows: dict[str, int]) -> None:
        cell = sheet.cell(rows[TITLE], WORDS)
        cell.value = text
        cell.data_type = "s"

    assert taken(content, edited(change))[:2] == (1, [])
    assert (
        catalog.units(content / "modules/bees/text.de.yml", content, language="de")["title"] == text
    )


def test_sorted_rows_and_moved_columns_are_read_by_their_names(content: Path, edited):
    def change(sheet: Sheet, rows: dict[str, int]) -> None:
        say("title", "Bienen")(sheet, rows)
        head, *others = [[cell.value for cell in row] for row in sheet.iter_rows()]
        for number, row in enumerate([head, *sorted(others, reverse=True)], start=1):
            for column, value in enumerate(row, start=1):
                sheet.cell(number, len(row) + 1 - column).value = value

    assert taken(content, edited(change)) == (1, [], [])


def remove(sheet: Sheet, rows: dict[str, int]) -> None:
    sheet.delete_rows(rows[CORE])


def rename(sheet: Sheet, rows: dict[str, int]) -> None:
    sheet.cell(rows[TITLE], ID).value = "modules/bees/text#titel"


def double(sheet: Sheet, rows: dict[str, int]) -> None:
    for column in range(1, 8):
        sheet.cell(sheet.max_row + (column == 1), column).value = sheet.cell(
            rows[TITLE], column
        ).value


def reword(sheet: Sheet, rows: dict[str, int]) -> None:
    sheet.cell(rows[TITLE], SOURCE).value = "Wasps"


def behead(sheet: Sheet, rows: dict[str, int]) -> None:
    sheet.cell(1, ID).value = "x"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (say("title", "=1+1"), r"sheet 'bees', cell E\d+: this is a formula and no text; format"),
        (say("title", 7), r"sheet 'bees', cell E\d+: this is a number and no text; format the"),
        (say("title", True), r"sheet 'bees', cell E\d+: this is true or false and no text"),
        (say("title", "BÃ¤ume"), r"cell E\d+: 'Ã¤' comes from a wrong encoding; save the file"),
        (say("title", "B\ufffdume"), r"cell E\d+: '\ufffd' comes from a wrong encoding"),
        (say("title", "{name}"), r"cell E\d+: {name} is no placeholder of the original; compare"),
        (say("title", "<b>B</b>"), r"cell E2: title: HTML or script is not allowed here; write"),
        (rename, r"cell E\d+: no text has the id .*did you mean 'modules/bees/text#title'.* put"),
        (rename, r"modules/bees/text: 1 rows are lost \(modules/bees/text#title\); put them back"),
        (remove, r"modules/bees/text: 1 rows are lost \(modules/bees/text#core\); put them back"),
        (double, r"cell E\d+: this text stands at sheet 'bees', cell E2 too; remove one"),
        (reword, r"cell E2: the source was changed here; put it back, or export again"),
        (behead, r"sheet 'bees': no column is called id; put the first row back"),
    ],
)
def test_what_is_wrong_is_told_by_cell_and_nothing_is_written(
    content: Path, edited, change, told: str
):
    before = words(content)

    def both(sheet: Sheet, rows: dict[str, int]) -> None:
        say("question", "Stechen Bienen ohne Grund?")(sheet, rows)
        change(sheet, rows)

    count, faults, _ = taken(content, edited(both))
    assert count == 0
    assert any(re.search(told, fault) for fault in faults), faults
    assert words(content) == before


def test_what_is_built_otherwise_is_a_note_and_is_written(content: Path, edited):
    count, faults, notes = taken(content, edited(say("myth", "Manche **glauben** das.")))
    assert (count, faults) == (1, [])
    assert any("lists: 0 in place of 1; compare it with the source" in note for note in notes)


def test_a_source_that_changed_is_out_of_date_until_somebody_looked(
    content: Path, edited, tmp_path: Path
):
    taken(content, edited(say("title", "Bienen")))
    original = content / "modules/bees/text.en.yml"
    original.write_text(original.read_text("utf-8").replace("title: Bees", "title: Wild bees"))

    def outdated() -> int:
        return sum(each.outdated for each in Translations(content, "de").status)

    assert outdated() == 1
    again = tmp_path / "again.xlsx"
    write({again: to_xlsx(Translations(content, "de"))})
    book = openpyxl.load_workbook(again)
    changed = book["bees"].cell(2, CHANGED)
    assert changed.value == "[-Bees-] {+Wild bees+}"
    assert taken(content, again)[:2] == (0, [])
    assert outdated() == 1
    changed.value = None
    book.save(again)
    assert taken(content, again)[:2] == (0, [])
    assert outdated() == 0


def test_a_file_from_before_the_source_changed_is_taken_and_stays_out_of_date(
    content: Path, edited
):
    original = content / "modules/bees/text.en.yml"
    original.write_text(original.read_text("utf-8").replace("title: Bees", "title: Wild bees"))
    count, faults, notes = taken(content, edited(say("title", "Bienen")))
    assert (count, faults) == (1, [])
    assert any("the source has changed since the export" in note for note in notes)
    assert sum(each.outdated for each in Translations(content, "de").status) == 1


def test_a_po_file_goes_out_and_comes_back(content: Path, german: Translations, tmp_path: Path):
    path = tmp_path / "de.po"
    text = to_po(german).decode()
    assert 'msgctxt "modules/bees/text#title"\nmsgid "Bees"\nmsgstr ""' in text
    path.write_text(
        text.replace('msgid "Bees"\nmsgstr ""', 'msgid "Bees"\nmsgstr "Bienen \u2013 so"'), "utf-8"
    )
    assert taken(content, path) == (1, [], [])
    assert Translations(content, "de").units[TITLE].translation == "Bienen \u2013 so"


def test_a_po_file_that_windows_saved_comes_back(
    content: Path, german: Translations, tmp_path: Path
):
    path = tmp_path / "de.po"
    text = to_po(german).replace(b'"Bees"\nmsgstr ""', b'"Bees"\nmsgstr "Bienen"')
    path.write_bytes(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    assert taken(content, path) == (1, [], [])


@pytest.mark.parametrize(
    ("name", "raw", "told"),
    [
        ("de.po", 'msgid "ü"'.encode("utf-16"), "de.po:1: this is not UTF-8 text"),
        ("de.xlsx", b"id,translation\n", "is no spreadsheet, is damaged, or has a password: save"),
        ("de.xlsx", b"", "is no spreadsheet"),
        ("de.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "or has a password: save it as .xlsx"),
        ("de.po", 'msgid "ü"'.encode("latin-1"), "de.po:1: this is not UTF-8 text"),
        ("de.po", b"nothing of the kind", "is no PO file"),
    ],
)
def test_a_file_that_is_something_else_is_told(
    content: Path, tmp_path: Path, name: str, raw: bytes, told: str
):
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(LocalizationError, match=re.escape(told)):
        taken(content, path)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet2.xml", "xl/styles.xml"])
@pytest.mark.parametrize("cut", [0, 300])
def test_a_spreadsheet_that_is_damaged_inside_is_told(
    content: Path, file: Path, part: str, cut: int
):
    with zipfile.ZipFile(file) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(file, "w") as packed:
        for name, raw in parts.items():
            packed.writestr(name, raw[:cut] if name == part else raw)
    with pytest.raises(LocalizationError, match="is no spreadsheet, is damaged"):
        taken(content, file)


def test_what_was_changed_here_since_the_export_is_not_put_back(content: Path, file: Path, edited):
    """Somebody corrects a text in the file while a translator has the spreadsheet."""
    taken(content, edited(say("title", "Binen")))
    again = Translations(content, "de")
    write({file: to_xlsx(again)})
    path = content / "modules/bees/text.de.yml"
    path.write_text(path.read_text("utf-8").replace("Binen", "Bienen"), "utf-8")
    count, faults, notes = taken(content, edited(say("question", "Stechen Bienen ohne Grund?")))
    assert (count, faults, notes) == (1, [], [])
    assert Translations(content, "de").units[TITLE].translation == "Bienen"


@pytest.mark.parametrize("kind", [".xlsx", ".po"])
def test_a_text_that_two_changed_is_taken_and_the_other_is_told(content: Path, tmp_path, kind: str):
    write(
        Translations(content, "de").changed_files({TITLE: "Binen"}, {TITLE: "Bees"}),
    )
    path, german = tmp_path / f"two{kind}", Translations(content, "de")
    write({path: to_po(german) if kind == ".po" else to_xlsx(german)})
    write(german.changed_files({TITLE: "Honigbienen"}, {}))
    if kind == ".po":
        path.write_text(path.read_text("utf-8").replace('"Binen"', '"Bienen"'), "utf-8")
    else:
        book = openpyxl.load_workbook(path)
        book["bees"].cell(2, WORDS).value = "Bienen"
        book.save(path)
    count, faults, notes = taken(content, path)
    assert (count, faults) == (1, [])
    assert any("changed here too since the export" in n and "'Honigbienen'" in n for n in notes)
    assert taken(content, path) == (0, [], [])


def test_a_file_that_cannot_be_written_leaves_all_as_it_was(
    content: Path, edited, monkeypatch: pytest.MonkeyPatch
):
    path = edited(say("title", "Bienen"))
    before = words(content)

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(LocalizationError, match="nothing was changed"):
        taken(content, path)
    assert words(content) == before


def test_the_original_is_no_translation(tmp_path: Path):
    with pytest.raises(LocalizationError, match="name another"):
        Translations(sample_content.copy(tmp_path / "content"), "en")


def test_the_shipped_german_comes_back_as_it_went_out(tmp_path: Path):
    shutil.copytree(Path(__file__).parents[2] / "content", tmp_path / "content")
    before = words(tmp_path / "content")
    sent = tmp_path / "de.xlsx"
    sent.write_bytes(to_xlsx(Translations(tmp_path / "content", "de")))
    assert taken(tmp_path / "content", sent)[:2] == (0, [])
    assert words(tmp_path / "content") == before
