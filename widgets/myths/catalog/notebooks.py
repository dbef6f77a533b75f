"""Check the participants' notebooks: run sheets that only call what a module or page offers."""

from __future__ import annotations

import ast
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from myths.catalog.problems import Problem, nearest
from myths.edition import shown

Calls = Mapping[str, Collection[str]]

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_CHECKED_OUTPUT = "nbval-check-output"


def check_notebooks(
    folder: Path, *, calls: Calls, slugs: Mapping[str, Collection[str]]
) -> list[Problem]:
    """List what is wrong with each notebook in `folder`.

    `calls`: class of `myths` -> its methods that a notebook may call. `slugs`: class -> names that
    its first argument may have (Module -> modules, Page -> pages).
    """
    paths = sorted(folder.glob("*.ipynb"))
    if not paths:
        remedy = "name the folder that holds the participants' notebooks"
        return [Problem(shown(folder), 1, "", "there is no notebook in this folder", remedy)]
    return [problem for path in paths for problem in _check(path, calls, slugs)]


def _check(path: Path, calls: Calls, slugs: Mapping[str, Collection[str]]) -> list[Problem]:
    file = shown(path)
    try:
        cells = _cells(path)
    except (OSError, ValueError, TypeError, RecursionError) as error:
        message = f"this is not a valid notebook: {error!s:.200}"
        return [Problem(file, 1, "", message, "save it again from JupyterLab")]
    reader = _CellReader(file, calls, slugs, {})
    return [
        replace(problem, cell=number)
        for number, cell in enumerate(cells, start=1)
        if cell["cell_type"] == "code"
        for problem in reader.cell(cell)
    ]


def _cells(path: Path) -> list[dict[str, Any]]:
    """Read the cells of a notebook that is valid; else ValueError or TypeError."""
    # nbformat is slow to import, and a participant's page does not need it
    validator: Any = import_module("nbformat.validator")
    notebook: Any = json.loads(path.read_text("utf-8"))
    if not isinstance(notebook, dict) or notebook.get("nbformat") != 4:
        raise ValueError("it is not in format 4")
    for misfit in validator.iter_validate(notebook):
        raise ValueError(misfit.message)
    cells: list[dict[str, Any]] = notebook["cells"]
    return cells


@dataclass(frozen=True)
class _CellReader:
    """Reads the code cells of one notebook in order and remembers what each name holds."""

    file: str
    calls: Calls
    slugs: Mapping[str, Collection[str]]
    names: dict[str, str]

    def cell(self, cell: Mapping[str, Any]) -> Iterator[Problem]:
        source = "".join(cell["source"])
        marked = _CHECKED_OUTPUT in source.lower().replace("_", "-") or _CHECKED_OUTPUT in cell[
            "metadata"
        ].get("tags", [])
        if cell["outputs"] and not marked:
            yield self.problem(1, "the cell holds outputs", "clear them and save the notebook")
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError, RecursionError) as error:
            line = getattr(error, "lineno", None) or 1
            yield self.problem(line, "this is not Python", "correct or remove the line")
            return
        for node in ast.walk(tree):
            yield from self.node(node)

    def node(self, node: ast.AST) -> Iterator[Problem]:
        if isinstance(node, _DEFINITIONS):
            yield self.problem(node.lineno, "a definition", "a notebook only calls; remove it")
        elif isinstance(node, ast.ImportFrom):
            yield self.problem(node.lineno, f"an import from {node.module!r}", "use 'import myths'")
        elif isinstance(node, ast.Import):
            for name in node.names:
                if name.name != "myths":
                    message = f"an import of {name.name!r}"
                    yield self.problem(node.lineno, message, "import only 'myths'")
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    self.names[target.id] = self.made(node.value)
        elif isinstance(node, ast.Call):
            yield from self.call(node)

    def made(self, node: ast.AST) -> str:
        """Return the name of the class of `myths` that an expression makes or holds, or nothing."""
        if isinstance(node, ast.Name):
            return self.names.get(node.id, "")
        if isinstance(node, ast.Call):
            owner, name = self.called(node)
            return name if owner == "myths" else ""
        return ""

    def called(self, node: ast.Call) -> tuple[str, str]:
        """Name whose function is called (`myths`, a class, or nothing), and which."""
        if not isinstance(node.func, ast.Attribute):
            return "", ast.unparse(node.func)
        inner = node.func.value
        at_door = isinstance(inner, ast.Name) and inner.id == "myths" and inner.id not in self.names
        return "myths" if at_door else self.made(inner), node.func.attr

    def call(self, node: ast.Call) -> Iterator[Problem]:
        owner, name = self.called(node)
        if owner == "myths":
            if name not in self.calls:
                message = f"'myths.{name}' is not for participants"
                yield self.problem(node.lineno, message, nearest(name, self.calls))
            elif name in self.slugs:
                yield from self.slug(node, name)
        elif not owner:
            message = f"a call of {name!r}, which is not a section of a module or page"
            yield self.problem(node.lineno, message, "call only methods of 'myths.Module(…)'")
        elif name not in self.calls.get(owner, ()):
            message = f"'{owner}.{name}' does not exist"
            yield self.problem(node.lineno, message, nearest(name, self.calls.get(owner, ())))

    def slug(self, node: ast.Call, kind: str) -> Iterator[Problem]:
        first = node.args[0] if node.args else None
        if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
            remedy = f"write its name in quotes, as in myths.{kind}({min(self.slugs[kind])!r})"
            yield self.problem(node.lineno, f"{kind} without a name", remedy)
        elif first.value not in self.slugs[kind]:
            message = f"no {kind.lower()} is called {first.value!r}"
            yield self.problem(node.lineno, message, nearest(first.value, self.slugs[kind]))

    def problem(self, line: int, message: str, remedy: str) -> Problem:
        return Problem(self.file, line, "", message, remedy)
