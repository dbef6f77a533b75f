"""Read a notebook without running it: its cells, and what its code calls of `myths`."""

from __future__ import annotations

import ast
import json
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

Made = tuple[str, str]  # a class of `myths` and the slug of its page; empty for anything else
_NOTHING: Made = ("", "")


def cells(path: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Read a notebook and its cells. Raises OSError, ValueError and RecursionError."""
    notebook: Any = json.loads(path.read_text("utf-8"))
    if not isinstance(notebook, dict) or notebook.get("nbformat") != 4:
        raise ValueError("it is not in format 4")
    found: list[dict[str, Any]] = notebook.get("cells", [])
    return notebook, found


def parsed(source: str) -> ast.Module:
    """Read a cell; lines such as `%matplotlib inline` are IPython's, and no fault.

    Raises SyntaxError, ValueError and RecursionError.
    """
    try:
        return ast.parse(source)
    except SyntaxError as error:
        # slow to import, and a participant's page reads no notebook
        inputs: Any = import_module("IPython.core.inputtransformer2")
        with suppress(SyntaxError):
            return ast.parse(str(inputs.TransformerManager().transform_cell(source)))
        raise error from None


class NotebookCode:
    """Remembers what the names of a notebook hold, as far as it is something of `myths`."""

    def __init__(self) -> None:
        self._names: dict[str, Made] = {}

    def learn(self, node: ast.AST) -> None:
        """Note what an assignment gives a name to."""
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    self._names[target.id] = self._made(node.value)

    def called(self, node: ast.Call) -> tuple[Made, str]:
        """Name whose function is called (`myths`, a class with its slug, or nothing), and which."""
        if not isinstance(node.func, ast.Attribute):
            return _NOTHING, ast.unparse(node.func)
        inner, names = node.func.value, self._names
        at_door = isinstance(inner, ast.Name) and inner.id == "myths" and inner.id not in names
        return ("myths", "") if at_door else self._made(inner), node.func.attr

    def _made(self, node: ast.AST) -> Made:
        """Return the class of `myths` that an expression makes or holds, and its slug."""
        if isinstance(node, ast.Name):
            return self._names.get(node.id, _NOTHING)
        if isinstance(node, ast.Call):
            (owner, _), name = self.called(node)
            if owner == "myths":
                return name, first_word(node) or ""
        return _NOTHING


def given(node: ast.Call) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Return the arguments of a call; ValueError if one is not written out."""
    named = {str(each.arg): ast.literal_eval(each.value) for each in node.keywords}
    return tuple(map(ast.literal_eval, node.args)), named


def first_word(node: ast.Call) -> str | None:
    """Return the first argument, if it is written out as words."""
    first = node.args[0] if node.args else None
    value = first.value if isinstance(first, ast.Constant) else None
    return value if isinstance(value, str) else None
