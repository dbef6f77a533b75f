"""Tagged documents: the one way from plain values and a Typst template to a PDF."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import typst

_UNFIT = "the words do not fit"  # what a template asserts where nothing may overflow
_PACKAGE = Path(__file__).parent  # templates import from here: `/document.typ` has what they share


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
