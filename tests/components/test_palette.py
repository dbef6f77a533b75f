"""One palette: what is coloured anywhere has a colour of components/tokens.css."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "widgets" / "myths"
TOKENS = PACKAGE / "components" / "tokens.css"
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b(?=[;,) \"])")
COLOURED = [
    *(each for each in PACKAGE.rglob("*.css") if each != TOKENS and each.parent.name != "dist"),
    *PACKAGE.rglob("*.typ"),
    ROOT / "docs" / "conf.py",
]
PAPER = {"#000", "#fff"}  # what is printed


@pytest.mark.parametrize("file", COLOURED, ids=lambda file: file.name)
def test_every_colour_is_one_of_the_palette(file: Path) -> None:
    palette = set(COLOUR.findall(TOKENS.read_text(encoding="utf-8")))
    used = {each.lower() for each in COLOUR.findall(file.read_text(encoding="utf-8"))}
    assert used - PAPER <= palette
