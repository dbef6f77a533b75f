"""What a notebook shows of its page, in order, as far as that is written out: no cell is run."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from myths.catalog.cell_titles import cell_title
from myths.catalog.notebook_code import NotebookCode, cells, given, parsed
from myths.vocabulary import Phase, Step

RATED_STEPS: Mapping[str, Step] = {  # which step of a module begins with the ratings of a phase
    Phase.BEFORE: Step.VIEW,
    Phase.AFTER: Step.AGAIN,
    Phase.RETROSPECTIVE: Step.AGAIN,
}
MODULE_STEPS: Mapping[str, Step] = {  # and which with another of its methods
    "question": Step.VIEW,
    "reading": Step.FACTS,
    "recall": Step.CHECK,
    "vignette": Step.STORY,
    "discuss": Step.STORY,
    "reflect": Step.WRITE,
    "change": Step.AGAIN,
    "commit": Step.AGAIN,
}
_HIDDEN = "trainer"  # the tag of cells that no participant sees


@dataclass(frozen=True)
class NotebookHeading:
    """The heading of a Markdown cell, with which a trainer begins a step of the page."""

    words: str


@dataclass(frozen=True)
class NotebookCall:
    """A section that a cell shows: the `method` of the module or page, and what it is given."""

    method: str
    args: tuple[Any, ...] = ()
    named: Mapping[str, Any] = field(default_factory=dict)


Outline = tuple[NotebookHeading | NotebookCall, ...]


@dataclass(frozen=True)
class NotebookCell:
    """A cell that people see: its number from 1, its source, and what it shows of the page.

    `shown` is empty for text without a heading, and for code that shows something of its own.
    """

    number: int
    kind: Literal["markdown", "code"]
    source: str
    shown: Outline = ()


def notebook_outline(path: Path, slug: str) -> Outline:
    """List what a notebook shows of the page `slug`; nothing if it cannot be read.

    A cell that is no Python is left out, and so is what is given in another way than written out.
    """
    return tuple(each for cell in notebook_cells(path, slug) for each in cell.shown)


def notebook_cells(path: Path, slug: str) -> tuple[NotebookCell, ...]:
    """List the cells of a notebook that people see; nothing if it cannot be read."""
    try:
        stat = path.stat()
    except OSError:
        return ()
    return _cells(path, slug, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=64)
def _cells(path: Path, slug: str, *_version: int) -> tuple[NotebookCell, ...]:
    try:
        return tuple(_shown(path, slug))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return ()


def _shown(path: Path, slug: str) -> Iterator[NotebookCell]:
    code = NotebookCode()
    for number, cell in enumerate(cells(path)[1], start=1):
        hidden, source = _HIDDEN in cell["metadata"].get("tags", ()), "".join(cell["source"])
        if cell["cell_type"] == "markdown" and source.strip() and not hidden:
            words = cell_title(source)[0]
            yield NotebookCell(number, "markdown", source, (NotebookHeading(words),) * bool(words))
        elif cell["cell_type"] == "code":
            found = [tuple(_section(node, code, slug)) for node in _displayed(source, code)]
            if found and not hidden:
                yield NotebookCell(number, "code", source, tuple(chain(*found)))


def _displayed(source: str, code: NotebookCode) -> Iterator[ast.AST]:
    """Yield all of the code of a cell whose outcome is shown, and learn what the cell names."""
    try:
        body = parsed(source).body
    except SyntaxError:
        return
    for number, statement in enumerate(body, start=1):
        nodes = list(ast.walk(statement))
        for node in nodes:
            code.learn(node)
        displayed = [each for node in nodes if _displays(node) for each in ast.walk(node)]
        is_output = number == len(body) and isinstance(statement, ast.Expr)
        yield from dict.fromkeys(nodes if is_output else displayed)


def _displays(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "display"


def _section(node: ast.AST, code: NotebookCode, slug: str) -> Iterator[NotebookCall]:
    if not isinstance(node, ast.Call):
        return
    (owner, page), method = code.called(node)
    if owner in ("Module", "Page") and page == slug:
        try:
            args, named = given(node)
        except ValueError:
            args, named = (), {}
        yield NotebookCall(method, args, named)
