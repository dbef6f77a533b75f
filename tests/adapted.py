"""Notebooks as a trainer has adapted them: with steps and questions of their own."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat

from tests.server.conftest import ROOT

FIRST_CALL = "Whom would you call first?"
CALLS = ["The police", "A colleague", "A women's support service", "Nobody yet"]
KNOWN = "I know whom to call."
OWN_STEP = "In our town"
CALL, KNOW, ONCE = "first_call", "know_whom", "once"

BEFORE = f'module.ask("{KNOWN}", scale="agree", name="{KNOW}", phase="before")'
AFTER = f'module.ask("{KNOWN}", scale="agree", name="{KNOW}")'
CHOICE = f'module.ask("{FIRST_CALL}", name="{CALL}", options={CALLS})'
ONLY_BEFORE = f'module.ask("Is it new?", scale="done", name="{ONCE}", phase="before")'


def adapted(folder: Path) -> Path:
    """Copy the notebooks, and ask in the first module: a choice, one rating twice, one once."""
    copy = shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    file = copy / "participants" / "01_risk.ipynb"
    book = nbformat.read(file, as_version=4)
    code, words = nbformat.v4.new_code_cell, nbformat.v4.new_markdown_cell
    after_rating, after_reading = 4, 5
    assert "before" in book.cells[after_rating - 1].source
    assert "reading" in book.cells[after_reading - 1].source
    book.cells = [
        *book.cells[:after_rating],
        code(BEFORE),
        code(ONLY_BEFORE),
        *book.cells[after_rating:after_reading],
        words(f"## {OWN_STEP}\n\nThere is a number at the door."),
        code(CHOICE),
        code('module.ask("What did you miss?", name="missed")'),
        *book.cells[after_reading:],
        code(f"display({AFTER})"),
        words("## One more\n\nSee you."),
    ]
    nbformat.write(book, file)
    return copy


def cut(file: Path) -> None:
    """Move a module's story to the front, split its first step, and leave out what comes late."""
    book = nbformat.read(file, as_version=4)

    def cell(call: str) -> nbformat.NotebookNode:
        return next(each for each in book.cells if each.source.startswith(f"module.{call}"))

    book.cells = [
        *book.cells[:2],
        cell("vignette"),
        cell("question"),
        nbformat.v4.new_markdown_cell("# A word before"),
        *map(cell, ('rate("before")', "reading", "discuss")),
    ]
    nbformat.write(book, file)
