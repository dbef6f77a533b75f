"""Read the participants' notebooks: what is no Python, and what calls no section of their page.

A notebook may do what it likes beside that. What its cells do when they run, `myths.pages` tells.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

from myths.catalog.items import Item, Option
from myths.catalog.notebook_code import NotebookCode, cells, first_word, given, parsed
from myths.catalog.outlines import RATED_STEPS
from myths.catalog.problems import Problem, nearest
from myths.catalog.structure import Scale
from myths.catalog.trainer_question import EXAMPLE, OwnQuestionError, own_question
from myths.edition import shown
from myths.vocabulary import Phase

Calls = Mapping[str, Collection[str]]

_QUOTES = re.compile("[\u201c-\u201f\u00ab\u00bb\u2018-\u201b]")  # “ ” „ « » and single ones
_FIRST = ("myths", "module", "page")  # the names that the first cell of a run sheet makes


@dataclass(frozen=True)
class Offers:
    """What a notebook may call: for each class of `myths` its methods.

    `slugs` are the names that the first argument of a class may have (Module -> modules, Page ->
    pages), `sections` those of each page, and `items` what the content of each asks. `scales` are
    the points of those that a question may have.
    """

    calls: Calls
    slugs: Mapping[str, Collection[str]]
    sections: Mapping[str, Collection[str]] = field(default_factory=dict)
    items: Mapping[str, Collection[str]] = field(default_factory=dict)
    scales: Mapping[str, tuple[Option, ...]] = field(
        default_factory=lambda: dict.fromkeys(get_args(Scale), ())
    )


def check_notebooks(folder: Path, offers: Offers) -> list[Problem]:
    """List what is wrong with each notebook in `folder`."""
    paths = sorted(folder.glob("*.ipynb"))
    if not paths:
        remedy = "name the folder that holds the participants' notebooks"
        return [Problem(shown(folder), 1, "", "there is no notebook in this folder", remedy)]
    return [problem for path in paths for problem in _check(path, offers)]


def own_questions(path: Path, scales: Mapping[str, tuple[Option, ...]]) -> list[Item] | None:
    """Return the trainer's own questions in a notebook, as far as they are written out.

    None if the notebook cannot be read.
    """
    reader = _CellReader("", Offers({"Module": ["ask"], "Page": ["ask"]}, {}, scales=scales))
    try:
        for number, cell in enumerate(_valid_cells(path), start=1):
            if cell["cell_type"] == "code":
                _ = [*reader.cell("".join(cell["source"]), number)]  # of faults the check tells
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    return reader.questions


def _check(path: Path, offers: Offers) -> list[Problem]:
    file = shown(path)
    try:
        found = _valid_cells(path)
    except (OSError, ValueError, TypeError, RecursionError) as error:
        message = f"this is not a valid notebook: {error!s:.200}"
        return [Problem(file, 1, "", message, "save it again from JupyterLab")]
    reader = _CellReader(file, offers)
    problems = [
        replace(problem, cell=number)
        for number, cell in enumerate(found, start=1)
        if cell["cell_type"] == "code"
        for problem in reader.cell("".join(cell["source"]), number)
    ]
    return [*problems, *reader.missing()]


def _valid_cells(path: Path) -> list[dict[str, Any]]:
    """Read the cells of a notebook that is valid; else ValueError or TypeError."""
    # nbformat is slow to import, and a participant's page does not need it
    validator: Any = import_module("nbformat.validator")
    notebook, found = cells(path)
    for misfit in validator.iter_validate(notebook):
        raise ValueError(misfit.message)
    return found


@dataclass
class _CellReader:
    """Reads the code cells of one notebook in order and remembers what each name holds."""

    file: str
    offers: Offers
    code: NotebookCode = field(default_factory=NotebookCode)
    bound: set[str] = field(default_factory=set)
    used: dict[str, tuple[int, int]] = field(default_factory=dict)  # -> cell and line, the first
    asked: set[tuple[str, str, object]] = field(default_factory=set)  # slug, name, phase
    questions: list[Item] = field(default_factory=list)

    def cell(self, source: str, number: int) -> Iterator[Problem]:
        try:
            tree = parsed(source)
        except (SyntaxError, ValueError, RecursionError) as error:
            yield self.no_python(source, error)
            return
        for node in ast.walk(tree):
            yield from self.node(node, number)

    def no_python(self, source: str, error: Exception) -> Problem:
        line, lines = getattr(error, "lineno", None) or 1, source.splitlines()
        here = lines[line - 1] if line <= len(lines) else ""
        if quote := _QUOTES.search(here):
            message = f"a typographic quote ({quote[0]}), which Python does not know"
            return self.problem(line, message, "write straight ones, \" or '")
        why = getattr(error, "msg", None) or error
        return self.problem(line, f"this is not Python ({why})", "correct or remove the line")

    def node(self, node: ast.AST, number: int) -> Iterator[Problem]:
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "myths":
            for name in node.names:
                if node.module != "myths" or name.name not in self.offers.calls:
                    yield self.private(node.lineno, f"{node.module}.{name.name}")
        if isinstance(node, ast.Import | ast.ImportFrom):
            self.bound |= {name.asname or name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            self.used.setdefault(node.id, (number, node.lineno))
        elif isinstance(node, ast.Name):
            self.bound.add(node.id)
        elif isinstance(node, ast.Call):
            yield from self.call(node)
        self.code.learn(node)

    def missing(self) -> Iterator[Problem]:
        """Yield one problem if the cell is gone that the others need."""
        gone = [name for name in _FIRST if name in self.used and name not in self.bound]
        if gone:
            cell, line = min(self.used[name] for name in gone)
            message = f"{' and '.join(map(repr, gone))} was made by a cell that is gone"
            remedy = (
                "put it back before this one: import myths, and below it "
                'module = myths.Module("…") or page = myths.Page("…")'
            )
            yield replace(self.problem(line, message, remedy), cell=cell)

    def call(self, node: ast.Call) -> Iterator[Problem]:
        (owner, slug), name = self.code.called(node)
        calls, said = self.offers.calls, first_word(node)
        if owner == "myths" and name not in calls:
            yield self.private(node.lineno, f"myths.{name}")
        elif owner == "myths" and name in self.offers.slugs:
            yield from self.slug(node, name)
        elif owner in calls and name not in calls[owner]:
            message = f"'{owner}.{name}' does not exist"
            yield self.problem(node.lineno, message, nearest(name, calls[owner]))
        elif (owner, name) == ("Module", "rate") and said is not None and said not in RATED_STEPS:
            message = f"a module has no ratings {said!r}"
            yield self.problem(node.lineno, message, nearest(said, [*map(str, RATED_STEPS)]))
        elif owner in calls and name == "ask":
            yield from self.ask(node, slug)
        elif owner == "Page" and name in ("section", "folded") and slug in self.offers.sections:
            known = self.offers.sections[slug]
            for said in _strings(node):
                if said not in known:
                    message = f"the page {slug!r} has no section {said!r}"
                    yield self.problem(node.lineno, message, nearest(said, known))

    def ask(self, node: ast.Call, slug: str) -> Iterator[Problem]:
        """Look at a trainer's own question, as far as it is written out."""
        try:
            (question,), named = given(node)
        except ValueError:
            return
        phase = named.pop("phase", "")
        if phase and phase not in Phase.words():
            remedy = nearest(str(phase), Phase.words())
            yield self.problem(node.lineno, f"there is no phase {phase!r}", remedy)
        try:
            item = own_question(
                question,
                module=slug,
                language="",
                taken=self.offers.items.get(slug, ()),
                scales=self.offers.scales,
                **named,
            )
        except OwnQuestionError as fault:
            yield self.problem(node.lineno, fault.message, fault.remedy)
            return
        except TypeError as fault:
            remedy = f"write it as in {EXAMPLE}"
            yield self.problem(node.lineno, f"this cannot be asked ({fault})", remedy)
            return
        if (slug, item.id, phase) in self.asked:
            message = f"a second question is called {item.id!r}"
            remedy = 'give one of them a name of its own, as in name="monday"'
            yield self.problem(node.lineno, message, remedy)
        self.asked.add((slug, item.id, phase))
        self.questions.append(item)

    def slug(self, node: ast.Call, kind: str) -> Iterator[Problem]:
        slugs, said = self.offers.slugs[kind], first_word(node)
        if not node.args:
            remedy = f"write its name in quotes, as in myths.{kind}({min(slugs)!r})"
            yield self.problem(node.lineno, f"{kind} without a name", remedy)
        elif said is not None and said not in slugs:
            message = f"no {kind.lower()} is called {said!r}"
            yield self.problem(node.lineno, message, nearest(said, slugs))

    def private(self, line: int, name: str) -> Problem:
        remedy = nearest(name.rpartition(".")[2], self.offers.calls)
        return self.problem(line, f"{name!r} is not for participants", remedy)

    def problem(self, line: int, message: str, remedy: str) -> Problem:
        return Problem(self.file, line, "", message, remedy)


def _strings(node: ast.Call) -> list[str]:
    """List the arguments that are written out as words."""
    values = [each.value for each in node.args if isinstance(each, ast.Constant)]
    return [value for value in values if isinstance(value, str)]
