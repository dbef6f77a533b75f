"""What every component is: an anywidget with words, whose HTML, script and style are files."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets
from ipywidgets import VBox, Widget

from myths.catalog import WordGroup
from myths.components.markup import markup
from myths.errors import ContentError

METADATA = "myths"  # of an output: what a page is told about the widget in it


@dataclass
class Delivery:
    """How a component reaches the page; it is asked when a widget is made.

    `along` with each widget goes what any front end needs, such as JupyterLab's: its HTML, script
    and style. A page of ours has them already: the component's name is enough. `mark` is what
    stands in its HTML where the answers of a visitor will be.
    """

    along: bool = True
    mark: str = ""


delivery = Delivery()


class Component(anywidget.AnyWidget):
    """A widget with words: `class Rating(Component, component="rating")`.

    Beside the Python file of a component are a template, a script and a style of its name; what the
    last two are bundled to is in the folder `dist`. The template is filled with the traits that are
    tagged `markup`; when one of them changes, the page gets its `html` anew.

    `words` is the whole section `components` of a language's words; the page gets the parts that
    `spoken` names, by itself that of the component's name and those of its bases, or all of it if
    that names none. ContentError if a part is missing. `step` is the step of its page that begins
    with it, none if it belongs to the one before.
    """

    component: ClassVar[str] = ""
    spoken: ClassVar[tuple[str, ...]] = ()
    _bundle: ClassVar[Path]

    _component = traitlets.Unicode().tag(sync=True)
    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    html = traitlets.Unicode().tag(sync=True)
    step = ""

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
        if delivery.along:
            self._draw()
        if drawn := self.trait_names(markup=True):
            self.observe(self._draw, names=drawn)

    def markup(self) -> str:
        """Return its HTML as it is now."""
        return markup(self.component, self.words, folder=self._bundle.parents[1], **self._values())

    def _values(self) -> Mapping[str, Any]:
        """Return what the template is filled with, besides the words."""
        values = {name: getattr(self, name) for name in self.trait_names(markup=True)}
        return {"id": f"myths-{self.model_id[:8]}", **values}

    def _draw(self, _change: object = None) -> None:
        self.html = self.markup()

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Show it, and say which step of the page begins here (IPython's hook)."""
        return _announced(self, super()._repr_mimebundle_(**kwargs))


class PagePart(VBox):
    """Components below each other, as one part of a page; `step` as in Component."""

    step = ""

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Show it, and say which step of the page begins here (IPython's hook)."""
        return _announced(self, super()._repr_mimebundle_(**kwargs))


def rendered(widget: Widget) -> str:
    """Return the HTML of a component, or of a box with all that is in it."""
    if isinstance(widget, Component):
        return widget.markup()
    return "".join(
        f'<div data-model="{each.model_id}">{rendered(each)}</div>'
        for each in getattr(widget, "children", ())
    )


def draw(widget: Widget) -> None:
    """Fill in the HTML of a widget, and of all in it, that comes to a page made without it."""
    if isinstance(widget, Component):
        widget._draw()
    for each in getattr(widget, "children", ()):
        draw(each)


def _announced(widget: Component | PagePart, bundle: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Add the step that begins with a widget to what IPython shows of it."""
    data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
    return data, metadata | ({METADATA: {"step": widget.step}} if widget.step else {})


@functools.cache
def _read(bundle: Path, kind: str) -> str:
    return bundle.with_suffix(kind).read_text(encoding="utf-8")
