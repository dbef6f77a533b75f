"""A spreadsheet (.xlsx) for translators: one sheet for each file, one row for each text."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]  # nor does this
import xlsxwriter  # type: ignore[import-untyped]  # it ships no types
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]

from myths.errors import LocalizationError
from myths.localization.returned import Returned, ReturnedText
from myths.localization.translations import Translations, TranslationUnit

LARGEST = 20_000_000  # bytes; an honest file is a fiftieth of this
_COLUMNS = ("id", "hash", "context", "source", "translation", "length", "changed")
_WIDTHS = (0, 0, 28, 60, 60, 20, 40)
_FREE = ("translation", "changed")  # the second is emptied by whoever has looked at it
_NEEDED = ("id", "hash", "source", "translation")
_HEADER_WITHIN = 10  # rows
_LONGEST_NAME = 31  # characters, of a sheet's name in Excel
_DAMAGED = (  # what openpyxl lets through of a file that is no whole spreadsheet
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,  # of the XML, with either of the parsers that it takes
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
)
_ODD = {"f": "a formula", "n": "a number", "d": "a date", "b": "true or false", "e": "an error"}


def to_xlsx(translations: Translations) -> bytes:
    """Return the spreadsheet with everything there is to translate, and what is translated."""
    out = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, {**plain, "strings_to_numbers": False}) as book:
        look = {"text_wrap": True, "valign": "top", "num_format": "@"}
        locked, free = book.add_format(look), book.add_format({**look, "locked": False})
        head = book.add_format({"bold": True, "num_format": "@"})
        names: set[str] = set()
        for file, units in groupby(translations.units.values(), key=lambda unit: unit.file):
            sheet = book.add_worksheet(_sheet_name(file, names))
            for column, (name, width) in enumerate(zip(_COLUMNS, _WIDTHS, strict=True)):
                hidden = {"hidden": True} if not width else {}
                sheet.set_column(column, column, width or None, locked, hidden)
                sheet.write_string(0, column, name, head)
            for row, unit in enumerate(units, start=1):
                for column, words in enumerate(_row(unit)):
                    look_of = free if _COLUMNS[column] in _FREE else locked
                    sheet.write_string(row, column, words, look_of)
            sheet.freeze_panes(1, 0)
            sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    return out.getvalue()


def of_xlsx(path: Path) -> Returned:
    """Read a spreadsheet that came back. Raises LocalizationError if it is none."""
    try:
        if path.stat().st_size > LARGEST:
            raise LocalizationError(f"{path} is larger than 20 MB: this is not what was exported.")
        book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    except OSError as fault:
        raise LocalizationError(f"{path} cannot be read: {fault.strerror}.") from fault
    except _DAMAGED as fault:
        raise LocalizationError(
            f"{path} is no spreadsheet, is damaged, or has a password: save it as .xlsx (Excel "
            "workbook) without a password, and import it again."
        ) from fault
    returned = Returned()
    for sheet in book.worksheets:
        _read(sheet, returned)
    return returned


def _read(sheet: Any, returned: Returned) -> None:
    rows = [list(row) for row in sheet.iter_rows()]
    at, below = {}, 0
    for number, row in enumerate(rows[:_HEADER_WITHIN], start=1):
        named = {str(cell.value).strip().casefold(): i for i, cell in enumerate(row) if cell.value}
        if "id" in named or "translation" in named:
            at, below = named, number
            break
    if not any(cell.value is not None for row in rows for cell in row):
        return
    if missing := [name for name in _NEEDED if name not in at]:
        returned.faults.append(
            f"sheet {sheet.title!r}: no column is called {', '.join(missing)}; put the first row "
            "back as it was exported, or remove this sheet"
        )
        return
    for row in rows[below:]:
        cells = {name: row[at[name]] for name in _NEEDED}
        if all(cell.value is None for cell in cells.values()):
            continue
        cell = cells["translation"]
        place = f"sheet {sheet.title!r}, cell {cell.coordinate}"
        if cell.data_type in _ODD and cell.value is not None:
            returned.faults.append(
                f"{place}: this is {_ODD[cell.data_type]} and no text; format the cell as text and "
                "type the words again"
            )
            cell = None
        words = {name: str(each.value or "") for name, each in cells.items()}
        source_hash, _, before = words["hash"].strip().partition("-")
        if cell is None:
            words["translation"] = ""
        returned.texts.append(
            ReturnedText(
                place,
                words["id"].strip(),
                source_hash,
                words["source"],
                words["translation"],
                "changed" not in at or not row[at["changed"]].value,
                before,
            )
        )


def _row(unit: TranslationUnit) -> Iterator[str]:
    yield from (unit.id, unit.mark, unit.context, unit.source, unit.translation)
    yield from (unit.length, unit.changed)


def _sheet_name(file: str, taken: set[str]) -> str:
    """Return a name as Excel allows it: risk, risk guide, page start, support eu."""
    kind, _, rest = file.partition("/")
    slug, _, part = rest.partition("/")
    more = {"pages": "page", "support": "support"}.get(kind)
    name = f"{more} {slug}" if more else slug or kind
    name = f"{name} guide" if part == "guide" else name
    name = name[:_LONGEST_NAME]
    number = 2
    while name.casefold() in taken:
        name = f"{name[: _LONGEST_NAME - 3]} {number}"
        number += 1
    taken.add(name.casefold())
    return name
