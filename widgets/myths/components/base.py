"""What every component is: an anywidget with words, and a script and a style from files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import ClassVar

import anywidget
import traitlets

from myths.catalog import WordGroup
from myths.errors import ContentError

HERE = Path(__file__).parent
QUESTIONS = ("rating", "recall", "reflection")
OTHERS = ("reading", "vignette", "discussion", "progress", "change", "saved", "quickexit")
EXPORT = "export default { render };"


def _read(*names: str) -> str:
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)


def _shared(name: str) -> tuple[str, ...]:
    return ("shared.js", "question.js") if name in QUESTIONS else ("shared.js",)


def shared(kind: str) -> str:
    """Return what every script (`kind` "js") or style ("css") begins with, for another room."""
    return _read(f"shared.{kind}")


def script(name: str) -> str:
    """Return the module of the component `name`, with the shared part joined in front."""
    return _read(*_shared(name), f"{name}.js")


def style(name: str) -> str:
    """Return the rules of the component `name`, after the shared ones."""
    return _read("shared.css", f"{name}.css")


def bundle(*names: str) -> str:
    """Return a module that exports these components in one object, `components`."""
    shared = ("shared.js", "question.js") if set(names) & set(QUESTIONS) else ("shared.js",)
    parts = [_read(*shared)]
    for name in names:
        body = _read(f"{name}.js").replace(EXPORT, "return { render };")
        parts.append(f"const {name} = (() => {{\n{body}}})();\n")
    parts.append(f"return {{ {', '.join(names)} }};\n")
    return "export const components = (() => {\n" + "\n".join(parts) + "})();\n"


def assets() -> Mapping[str, str]:
    """Return what a page has to serve: file name -> text.

    `components.js` is a module with every component (`import { components } from …`),
    `quickexit.js` one with the quick exit only, and `components.css` has every rule.
    """
    names = (*QUESTIONS, *OTHERS)
    return {
        "components.js": bundle(*names),
        "quickexit.js": bundle("quickexit"),
        "components.css": _read("shared.css", *(f"{name}.css" for name in names)),
    }


def send_names_only() -> None:
    """Send a file name in `_esm` instead of a script, for a page that loads `assets()` itself.

    Call it once, before widgets are made; it lasts for the process. Other front ends, such as
    JupyterLab's, cannot show what was made after it.
    """
    for kind in _every(Component):
        if kind.script_name:
            kind._esm = f"{kind.script_name}.js"
            kind._css = ""


def _every(kind: type[Component]) -> Iterable[type[Component]]:
    for below in kind.__subclasses__():
        yield below
        yield from _every(below)


class Component(anywidget.AnyWidget):
    """A widget with words.

    `words` is the whole section `components` of a language's words; the page gets the parts that
    `spoken` names, or all of it if that names none. ContentError if a part is missing.
    """

    script_name: ClassVar[str] = ""
    spoken: ClassVar[tuple[str, ...]] = ()

    _esm: ClassVar[str]
    _css: ClassVar[str]
    words = traitlets.Dict().tag(sync=True)

    def __init__(self, *, words: WordGroup, **traits: object) -> None:
        own = {} if self.spoken else words.flat()
        for name in self.spoken:
            part = getattr(words, name, None)
            if not isinstance(part, WordGroup):
                raise ContentError(f"No words for 'components.{name}': add them in content/ui.")
            own.update(part.flat())
        super().__init__(words=own, **traits)
