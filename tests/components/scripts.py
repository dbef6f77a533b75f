"""The components there are, their scripts, and the shapes that those know."""

from __future__ import annotations

import re
from pathlib import Path

from myths import components
from myths.components import Component

HERE = Path(components.__file__).parent
EVERY: list[type[Component]] = [
    each for each in vars(components).values() if getattr(each, "component", "")
]


def script_of(kind: type[Component]) -> str:
    """The script of a component, with all that it imports."""
    return "\n".join(sorted(f.read_text("utf-8") for f in _imported(HERE / f"{kind.component}.js")))


def fields(shapes: str, name: str) -> dict[str, str]:
    """The fields of an interface in a .d.ts, with those that it extends: name -> type."""
    head = rf"^export interface {name}(?: extends (\w+(?:, \w+)*))? \{{\n(.*?)^\}}"
    found = re.search(head, shapes, re.MULTILINE | re.DOTALL)
    assert found, name
    own = dict(re.findall(r"^  (\w+)\??:\s+(.+?);$", found[2], re.MULTILINE | re.DOTALL))
    bases = found[1].split(", ") if found[1] else []
    return {name: kind for base in bases for name, kind in fields(shapes, base).items()} | own


def _imported(script: Path) -> set[Path]:
    others = re.findall(r'from "(\./\w+\.js)"', script.read_text("utf-8"))
    return {script}.union(*(_imported((HERE / other).resolve()) for other in others))
