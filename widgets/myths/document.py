"""Tagged documents: the one way from plain values and a Typst template to a PDF."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import typst

_UNFIT = "the words do not fit"  # what a template asserts where nothing may overflow
_PACKAGE = Path(__file__).parent  # templates import from here: `/document.typ` has what they share


_ROW = re.compile(rb"/S/TR/P \d+ 0 R[^\n]*?/K\[(\d+) 0 R")
_CELL = re.compile(rb"\n(\d+) 0 obj\n<</Type/StructElem/S/TD/[^\n]*?(/Headers\[[^]]*\])")


class UnfitError(Exception):
    """The words are too many for a document whose pages are counted."""


def render(template: Path, content: Mapping[str, Any], *, day: date) -> bytes:
    """Render a PDF/UA-1 with the fonts that come with Typst; the same content gives the same bytes.

    The template finds `content` as JSON in `sys.inputs.content`. Raises UnfitError.
    """
    try:
        return typst.compile(
            template,
            root=_PACKAGE,
            sys_inputs={"content": json.dumps(content)},
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=datetime.combine(day, time(), UTC),
        )
    except typst.TypstError as fault:
        if _UNFIT in str(fault):
            raise UnfitError(str(fault)) from fault
        raise


def with_row_headers(pdf: bytes) -> bytes:
    """Make the first cell of each row of a table the header of its row.

    Typst can only tag heads of columns so. A cell names the heads of its column; this name gives
    way to the scope of the row's head, or to nothing, so that readers find both by their places,
    and no byte of the file moves.
    """
    first = set(_ROW.findall(pdf))

    def tagged(cell: re.Match[bytes]) -> bytes:
        whole, names = cell[0], cell[2]
        head = cell[1] in first
        told = (b"/Scope/Row" if head else b"").ljust(len(names))
        whole = whole.replace(b"/S/TD/", b"/S/TH/", 1) if head else whole
        return whole.removesuffix(names) + told

    return _CELL.sub(tagged, pdf)
