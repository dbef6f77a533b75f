"""An Excel workbook: a sheet for each table and one to read first, written row by row.

Texts are text cells whatever they begin with, and those that look like a formula also bear Excel's
own mark for texts, so that they stay texts when somebody edits them. Times are UTC, cut to the
millisecond. Characters that a workbook cannot hold are written like `_x0007_`, as ECMA-376 says of
its type ST_Xstring.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook  # type: ignore[import-untyped]  # it ships no types
from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]
from openpyxl.styles import Font  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from myths.evaluation.exporting.tables import Column, Table, Tables, plain_times

ROWS = 1_048_576  # of a sheet, with its head
LONGEST = 32_767  # UTF-16 units of a cell
_AT_ONCE = 10_000
_WIDTHS = {"text": 60, "question": 60, "labels": 60, "label": 60, "wording": 15, "declined": 12}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_RISKY = re.compile(r"[\s'=+\-@#\uff1d\uff0b\uff0d\uff20]")  # also the full-width signs
_CUT = " … [cut here: the whole text is in the other formats]"


class _Sheets:
    """A workbook that takes tables; remembers what it had to change."""

    def __init__(self) -> None:
        self.book = Workbook(write_only=True)
        self.escaped = self.cut = 0
        self.split: list[str] = []

    def add(self, table: Table, tell: Callable[[int], None]) -> None:
        """Add a table, on as many sheets as its rows need."""
        for number, piece in enumerate(table.pieces(ROWS - 1), start=1):
            if number == 2:
                self.split.append(table.name)
            sheet = self.book.create_sheet(table.name if number == 1 else f"{table.name} {number}")
            sheet.freeze_panes = "C2" if table.name == "wide" else "A2"
            for place, column in enumerate(table.columns, start=1):
                width = _WIDTHS.get(column.name, 20 if column.type == "datetime" else 14)
                sheet.column_dimensions[get_column_letter(place)].width = width
            sheet.append([self._bold(sheet, column.name) for column in table.columns])
            part = Table(table.name, piece, table.columns)
            for rows in part.pieces(_AT_ONCE):
                cells = [self._cells(sheet, rows[c.name], c) for c in table.columns]
                for row in zip(*cells, strict=True):
                    sheet.append(row)
                tell(len(rows))

    def read_me(self, text: str) -> None:
        """Add the sheet that comes first."""
        sheet = self.book.create_sheet("read-me")
        sheet.column_dimensions["A"].width = 110
        for line in text.splitlines():
            heading = line.startswith("#")
            words = line.lstrip("# ").replace("`", "") if heading else line.replace("`", "")
            sheet.append([self._bold(sheet, words) if heading else self._text(sheet, words)])
        self.book.move_sheet("read-me", 1 - len(self.book.sheetnames))
        self.book.active = 0

    def notes(self) -> list[str]:
        """Tell what is other than in the tables."""
        notes = [
            f"{name} has more rows than an Excel sheet can hold: it goes on in the sheet {name} 2."
            for name in self.split
        ]
        if self.escaped:
            notes.append(
                "Excel files cannot hold some control characters as they are: these are written "
                f"like _x0007_, as the format asks for (cells concerned: {self.escaped})."
            )
        if self.cut:
            notes.append(
                "A text longer than an Excel cell can hold is cut there and says so; the other "
                f"formats have it whole (cells concerned: {self.cut})."
            )
        return notes

    def _cells(self, sheet: Any, column: pd.Series[Any], about: Column) -> Iterator[Any]:
        if about.type == "datetime":
            return self._times(sheet, column)
        values = column.astype(object).where(column.notna(), None).tolist()
        if about.type == "string":
            return (None if each is None else self._text(sheet, each) for each in values)
        return iter(values)

    def _times(self, sheet: Any, column: pd.Series[Any]) -> Iterator[Any]:
        cell = WriteOnlyCell(sheet, datetime(2000, 1, 1))
        cell.number_format = "yyyy-mm-dd hh:mm:ss"
        for time in plain_times(column).to_pydatetime():
            cell.value = time
            yield cell

    def _text(self, sheet: Any, text: str) -> Any:
        safe = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
        self.escaped += safe != text
        if len(safe.encode("utf-16-le")) > 2 * LONGEST:
            safe = safe[: LONGEST // 2 - len(_CUT)] + _CUT
            self.cut += 1
        if not _RISKY.match(safe):
            return safe
        cell = WriteOnlyCell(sheet, safe)
        cell.data_type = "s"
        cell.quotePrefix = True
        return cell

    def _bold(self, sheet: Any, text: str) -> Any:
        cell = WriteOnlyCell(sheet, text)
        cell.font = Font(bold=True)
        return cell


def write_excel(
    folder: Path,
    tables: Tables,
    tell: Callable[[int], None],
    read_me: Callable[[Sequence[str]], str],
) -> list[str]:
    """Write the workbook; `read_me` makes the words of the first sheet from the notes."""
    sheets = _Sheets()
    for table in tables:
        sheets.add(table, tell)
    notes = sheets.notes()
    sheets.read_me(read_me(notes))
    loose = folder / "unstamped.xlsx"
    sheets.book.save(loose)
    _stamp(loose, folder / "workshop.xlsx", tables.as_of)
    loose.unlink()
    return notes


def _stamp(source: Path, target: Path, time: datetime) -> None:
    """Give the workbook and all its parts one date, that of the data."""
    words = time.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.infolist():
            entry = zipfile.ZipInfo(part.filename, time.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            with old.open(part) as data, new.open(entry, "w", force_zip64=True) as copy:
                if part.filename == "docProps/core.xml":
                    copy.write(re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", words, data.read()))
                else:
                    shutil.copyfileobj(data, copy)
