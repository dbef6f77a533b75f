"""What every component is: an anywidget with words, and a script and a style from files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import ClassVar

import anywidget
import traitlets

from myths.errors import ContentError

HERE = Path(__file__).parent
QUESTIONS = ("rating", "recall", "reflection")
OTHERS = ("reading", "vignette", "discussion", "progress", "change", "saved", "quickexit")
EXPORT = "export default { render };"

Words = Mapping[str, Mapping[str, str]]


def _read(*names: str) -> str:
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)


def _shared(name: str) -> tuple[str, ...]:
    return ("shared.js", "question.js") if name in QUESTIONS else ("shared.js",)


def script(name: str) -> str:
    """Return the module of the component `name`, with the shared part joined in front."""
    return _read(*_shared(name), f"{name}.js")


def style(name: str) -> str:
    """Return the rules of the component `name`, after the shared ones."""
    return _read("shared.css", f"{name}.css")


def _all_in_one() -> str:
    """One module that exports every component by its name, the shared parts only once."""
    parts = [_read("shared.js", "question.js")]
    for name in (*QUESTIONS, *OTHERS):
        body = _read(f"{name}.js").replace(EXPORT, "return { render };")
        parts.append(f"export const {name} = (() => {{\n{body}}})();\n")
    return "\n".join(parts)


def assets() -> Mapping[str, str]:
    """Return what a page has to serve: file name -> text.

    `rating.js` and so on are modules as in `_esm` (default export with `render`);
    `components.js` is all of them in one (`import { rating } from …`), and `components.css` has
    every rule.
    """
    names = (*QUESTIONS, *OTHERS)
    files = {f"{name}.js": script(name) for name in names}
    files["components.js"] = _all_in_one()
    files["components.css"] = _read("shared.css", *(f"{name}.css" for name in names))
    return files


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

    `words` is the whole section `components` of a language's words (component -> key -> words);
    a component keeps its own part. ContentError if that part is missing.
    """

    script_name: ClassVar[str] = ""
    spoken: ClassVar[tuple[str, ...]] = ()

    _esm: ClassVar[str]
    _css: ClassVar[str]
    words = traitlets.Dict().tag(sync=True)

    def __init__(self, *, words: Words, **traits: object) -> None:
        own: dict[str, str] = {}
        for part in self.spoken:
            if part not in words:
                raise ContentError(
                    f"content/ui: no words for 'components.{part}'; "
                    "add them as in content/ui/en.yml."
                )
            own.update(words[part])
        self.say: Mapping[str, str] = own
        super().__init__(words=own, **traits)
