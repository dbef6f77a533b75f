"""An Excel workbook: a sheet for each table and one to read first, written row by row.

Texts are text cells whatever they begin with, and those that look like a formula also bear Excel's
own mark for texts, so that they stay texts when somebody edits them. Times are UTC, cut to the
millisecond. XlsxWriter writes characters that a workbook cannot hold like `_x0007_`, as ECMA-376
says of its type ST_Xstring, and dates all parts of the file 1980, so that the same data give the
same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import xlsxwriter  # type: ignore[import-untyped]  # it ships no types
from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from myths.evaluation.exports.contents import ExportColumn, ExportTable, ExportTables
from myths.evaluation.exports.labels import numbers
from myths.evaluation.words import EvaluationWords

ROWS = 1_048_576  # of a sheet, with its head
LONGEST = 32_767  # UTF-16 units of a cell
_CELLS = 60_000  # that are Python objects at the same time
_DAY = 86_400_000  # milliseconds
_EPOCH = 25_569  # days from where Excel begins to count to 1970
_WIDE = ("text", "passage", "question", "labels", "label", "definition")
_WIDTHS = {**dict.fromkeys(_WIDE, 60), "wording": 15, "declined": 12}
_PLAIN = re.compile(r"[^\W_][^\x00-\x1f_\ufffe\uffff]{,10000}")  # nothing to be done; most are so
_ESCAPED = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_RISKY = re.compile(r"[\s'=+\-@#\uff1d\uff0b\uff0d\uff20]")  # also the full-width signs

_Cell = tuple[Any, Any] | None  # what is written, and its format


class _ExcelSheets:
    """A workbook that takes tables; remembers what it had to change."""

    def __init__(self, path: Path, folder: str, time: datetime, words: EvaluationWords) -> None:
        self.words = words.export
        options = {"constant_memory": True, "tmpdir": folder, "use_zip64": True}
        self.book = xlsxwriter.Workbook(path, options)
        self.book.set_properties({"created": time})
        self.bold = self.book.add_format({"bold": True})
        self.time = self.book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self.quoted = self.book.add_format({"quote_prefix": True})
        self.first = self._new(self.words.sheet, [110])
        self.escaped = self.cut = 0
        self.split: list[str] = []

    def add(self, table: ExportTable, tell: Callable[[int], None]) -> None:
        """Add a table, on as many sheets as its rows need."""
        number, line = 1, 1
        writers = self._headed(table, table.name)
        for piece in table.pieces(max(1, _CELLS // len(table.columns))):
            columns = [self._cells(piece[column.name], column) for column in table.columns]
            for row in zip(*columns, strict=True):
                if line == ROWS:
                    number, line = number + 1, 1
                    writers = self._headed(table, f"{table.name} {number}")
                for place, cell in enumerate(row):
                    if cell is not None:
                        writers[place](line, place, *cell)
                line += 1
            tell(len(piece))
        if number > 1:
            self.split.append(table.name)

    def read_me(self, text: str) -> None:
        """Fill the sheet that comes first."""
        for line, words in enumerate(text.replace("`", "").splitlines()):
            heading = words.startswith("#")
            cell, mark = self._text(words.lstrip("# ") if heading else words)
            self.first.write_string(line, 0, cell, self.bold if heading else mark)

    def notes(self) -> list[str]:
        """Return what is other than in the tables."""
        words = self.words.notes
        notes = [words.two_sheets.format(name=name) for name in self.split]
        if self.escaped:
            notes.append(words.escaped.format(cells=self.escaped))
        if self.cut:
            notes.append(words.cut_cells.format(cells=self.cut))
        return notes

    def _new(self, name: str, widths: Iterable[int]) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        return sheet

    def _headed(self, table: ExportTable, name: str) -> list[Callable[..., int]]:
        """Begin a sheet; give what writes into each of its columns."""
        usual = [20 if column.type == "datetime" else 14 for column in table.columns]
        widths = [_WIDTHS.get(c.name, width) for c, width in zip(table.columns, usual, strict=True)]
        sheet = self._new(name, widths)
        sheet.freeze_panes(1, 2 if table.name == "wide" else 0)
        for place, column in enumerate(table.columns):
            sheet.write_string(0, place, column.name, self.bold)
        writers = {"string": sheet.write_string, "boolean": sheet.write_boolean}
        return [writers.get(column.type, sheet.write_number) for column in table.columns]

    def _cells(self, column: pd.Series[Any], about: ExportColumn) -> list[_Cell]:
        if about.type == "datetime":
            return [(each / _DAY + _EPOCH, self.time) for each in numbers(column, about).tolist()]
        values = column.astype(object).where(column.notna(), None).tolist()
        if about.type == "string":
            return [None if each is None else self._text(each) for each in values]
        return [None if each is None else (each, None) for each in values]

    def _text(self, text: str) -> tuple[str, Any]:
        if _PLAIN.fullmatch(text):
            return text, None
        self.escaped += bool(_ESCAPED.search(text))
        mark = self.quoted if _RISKY.match(text) else None
        if text.startswith("<r>") and text.endswith("</r>"):
            text += " "  # or XlsxWriter takes it for markup
        if _length(text) > LONGEST:
            end = f" {self.words.cut}"
            while _length(text) > LONGEST - len(end):
                text = text[: len(text) // 2]
            text += end
            self.cut += 1
        return text, mark


def write_excel(
    folder: Path,
    tables: ExportTables,
    tell: Callable[[int], None],
    read_me: Callable[[Sequence[str]], str],
) -> list[str]:
    """Write the workbook; `read_me` makes the words of the first sheet from the notes."""
    path = folder / "workshop.xlsx"
    with TemporaryDirectory(dir=folder) as loose:
        sheets = _ExcelSheets(path, loose, tables.as_of, tables.words)
        for table in tables:
            sheets.add(table, tell)
        notes = sheets.notes()
        sheets.read_me(read_me(notes))
        try:
            sheets.book.close()
        except FileCreateError as error:
            raise error.args[0] from None  # the OSError in it
    return notes


def _length(text: str) -> int:
    """Return the UTF-16 units of a text as it is written; an escape is 6 units longer."""
    return len(text.encode("utf-16-le")) // 2 + 6 * len(_ESCAPED.findall(text))
