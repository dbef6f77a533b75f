"""The seven run sheets that we give out are one run sheet, each about its own myth."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from myths import catalog
from myths.module import CALLS

FOLDER = Path(__file__).parents[2] / "notebooks" / "participants"
# "saved" is a part of the question, which a notebook may show again; "ask" is for trainers' own
ELSEWHERE = {"saved", "ask"}
CATALOG = catalog.load()


def run_sheet(slug: str) -> list[tuple[str, str, list[str]]]:
    """Give kind, source and tags of each cell, with what is only this module's taken out."""
    (path,) = FOLDER.glob(f"0?_{slug}.ipynb")
    cells = nbformat.read(path, as_version=4).cells
    return [
        (
            cell.cell_type,
            re.sub(r"^# \d · .+ · ", "# N · NAME · ", cell.source).replace(slug, "SLUG"),
            cell.metadata.get("tags", []),
        )
        for cell in cells
    ]


@pytest.mark.parametrize("slug", CATALOG.series.modules)
def test_the_run_sheets_differ_in_their_module_alone(slug: str):
    first = CATALOG.series.modules[0]
    assert run_sheet(slug) == run_sheet(first)


def test_a_run_sheet_has_every_section_of_a_module():
    source = "\n".join(source for _, source, _ in run_sheet(CATALOG.series.modules[0]))
    assert set(re.findall(r"module\.(\w+)\(", source)) == set(CALLS["Module"]) - ELSEWHERE
