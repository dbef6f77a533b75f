"""What every component is: an anywidget with words, and a script and a style from files."""

from __future__ import annotations

import functools
import inspect
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets

from myths.catalog import WordGroup
from myths.errors import ContentError


@dataclass
class Delivery:
    """How scripts and styles reach the page; it is asked when a widget is made.

    `along` with each widget is what any front end needs, such as JupyterLab's. A page that has
    them all already needs none: the component's name is enough.
    """

    along: bool = True


delivery = Delivery()


class Component(anywidget.AnyWidget):
    """A widget with words: `class Rating(Component, component="rating")`.

    Beside the Python file of a component are a script and a style of its name; what they are
    bundled to is in the folder `dist`. `words` is the whole section `components` of a language's
    words; the page gets the parts that `spoken` names, by itself that of the component's name and
    those of its bases, or all of it if that names none. ContentError if a part is missing.
    """

    component: ClassVar[str] = ""
    spoken: ClassVar[tuple[str, ...]] = ()
    _bundle: ClassVar[Path]

    _component = traitlets.Unicode().tag(sync=True)
    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    def __init_subclass__(cls, *, component: str = "", **options: Any) -> None:
        """Take the component's name; without one it is a base of components."""
        super().__init_subclass__(**options)
        if component:
            cls.component = component
            cls.spoken = vars(cls).get("spoken", (*cls.spoken, component))
            cls._bundle = Path(inspect.getfile(cls)).parent / "dist" / component

    def __init__(self, *, words: WordGroup, **traits: object) -> None:
        own = {} if self.spoken else words.flat()
        for name in self.spoken:
            part = getattr(words, name, None)
            if not isinstance(part, WordGroup):
                raise ContentError(f"No words for 'components.{name}': add them in content/ui.")
            own.update(part.flat())
        if delivery.along:
            traits |= {"_esm": _read(self._bundle, ".js"), "_css": _read(self._bundle, ".css")}
        super().__init__(words=own, _component=self.component, **traits)


@functools.cache
def _read(bundle: Path, kind: str) -> str:
    return bundle.with_suffix(kind).read_text(encoding="utf-8")
