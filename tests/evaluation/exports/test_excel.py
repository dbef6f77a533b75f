from __future__ import annotations

import re
import zipfile

import myths
import openpyxl
import pandas as pd
import pytest
from myths.evaluation.exports import excel
from openpyxl.utils.escape import unescape

from tests.evaluation.exports.conftest import TEXTS, join, milliseconds, plain
from tests.store.samples import asked, given, written

SHEETS = [
    *("read-me", "answers", "participants", "wide", "codes"),
    *("codebook", "definitions", "variables", "values"),
]


@pytest.fixture(scope="module")
def book(made) -> openpyxl.Workbook:
    return openpyxl.load_workbook(made.folder / "excel" / "workshop.xlsx")


def rows(sheet) -> list[list[object]]:
    found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    return [[unescape(each) if isinstance(each, str) else each for each in row] for row in found]


def wanted(made, name: str) -> pd.DataFrame:
    return milliseconds(pd.read_parquet(made.folder / "parquet" / f"{name}.parquet"))


def test_the_read_me_comes_first_and_every_table_has_a_sheet(book):
    assert book.sheetnames == SHEETS
    assert book.active.title == "read-me"
    assert "Prefer not to say" in "".join(str(row[0].value) for row in book["read-me"].rows)


@pytest.mark.parametrize("name", SHEETS[1:])
def test_a_sheet_gives_every_value_back(made, book, name):
    frame = wanted(made, name)
    sheet = book[name]
    assert [cell.value for cell in sheet[1]] == list(frame.columns)
    assert rows(sheet) == plain(frame)


@pytest.mark.parametrize("name", SHEETS[1:])
def test_heads_are_frozen_and_columns_are_wide_enough(book, name):
    sheet = book[name]
    assert sheet.freeze_panes == ("C2" if name == "wide" else "A2")
    assert sheet.column_dimensions["A"].width >= 12
    assert sheet["A1"].font.bold


def test_no_text_is_a_formula_or_a_fault(book):
    said = [cell for cell in book["answers"]["H"] if cell.value is not None][1:]
    assert len(said) > len(TEXTS)
    assert {cell.data_type for cell in said} == {"s"}
    for cell in said:
        if cell.value[0] in "=+-@#'":
            assert cell.quotePrefix


def test_the_files_own_parts_hold_no_formula_and_not_when_they_were_made(made):
    with zipfile.ZipFile(made.folder / "excel" / "workshop.xlsx") as archive:
        assert {part.date_time[0] for part in archive.infolist()} == {1980}
        core = archive.read("docProps/core.xml").decode()
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())
    newest = myths.answers(made.db)["answered_at"].max()
    joined = myths.participants(made.db)["joined_at"].max()
    as_of = max(newest, joined).floor("s")
    assert set(re.findall(r"\d{4}-\S+?Z", core)) == {f"{as_of:%Y-%m-%dT%H:%M:%SZ}"}


def test_what_excel_had_to_write_otherwise_is_told(made):
    (note,) = (note for note in made.done.notes if "_x0007_" in note)
    control = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-F]{4}_")
    changed = list(filter(control.search, TEXTS))
    assert len(changed) == 4
    passages = sum(map(bool, map(control.search, wanted(made, "codes")["passage"].dropna())))
    assert passages
    assert f"concerned: {2 * len(changed) + passages})" in note  # in answers, wide and codes
    assert note in (made.folder / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    "text",
    ["<r><t>not markup</t></r>", "<r>\x07</r>", "<r>", " <r>&amp;</r> ", "_x003C_r>"],
)
def test_a_text_that_looks_like_the_format_itself_stays_a_text(file, store, person, text):
    store.save(person, written(), given(text=text, reader="evaluation"))
    done = myths.export(file.parent / "out", file, formats=["excel"])
    book = openpyxl.load_workbook(done.path / "excel" / "workshop.xlsx")
    assert unescape(book["answers"]["H2"].value).strip() == text.strip()


def test_more_rows_than_a_sheet_can_hold_go_on_in_another(file, store, person, monkeypatch):
    monkeypatch.setattr(excel, "ROWS", 4)  # with the head
    for item in "abcdefg":
        store.save(person, asked(item), given(1))
    done = myths.export(file.parent / "out", file, formats=["excel"])
    book = openpyxl.load_workbook(done.path / "excel" / "workshop.xlsx")
    sheets = [book["answers"], book["answers 2"], book["answers 3"]]
    assert [sheet.max_row for sheet in sheets] == [4, 4, 2]
    assert {sheet["A1"].value for sheet in sheets} == {"workshop"}
    assert [row[3] for sheet in sheets for row in rows(sheet)] == list("abcdefg")
    assert any("answers 2" in note for note in done.notes)


def test_a_text_too_long_for_a_cell_says_that_it_is_cut(file, store):
    store.open_workshop(code="REAL")
    person = join(store)
    store.save(person, written(), given(text="\x01" * 9_999 + "!", reader="evaluation"))
    done = myths.export(file.parent / "out", file, formats=["excel", "csv"])
    book = openpyxl.load_workbook(done.path / "excel" / "workshop.xlsx")
    cell = book["answers"]["H2"].value
    assert cell.endswith("in the other formats]")
    assert 2_000 < len(unescape(cell)) <= len(cell) <= excel.LONGEST
    assert any("longer than an Excel cell" in note for note in done.notes)
    assert "\x01" * 9_999 + "!" in (done.path / "csv" / "answers.csv").read_text("utf-8")
