"""What every component is: an anywidget with words, whose HTML, script and style are files."""

from __future__ import annotations

import functools
import inspect
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
    stands in its HTML where the answers of a visitor will be. `placed` are the parts of the page,
    by the ids in it; a page of ours counts them, since each kernel has its own.
    """

    along: bool = True
    mark: str = ""
    placed: dict[str, Component | PagePart] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def named(self) -> dict[str, str]:
        """Return the id of the next part, as its class takes it; elsewhere it gets one itself."""
        return {} if self.along else {"model_id": f"{next(self.numbers):08x}"}


delivery = Delivery()


class Component(anywidget.AnyWidget):
    """A widget with words: `class Rating(Component, component="rating")`.

    Beside the Python file of a component are a template, a script and a style of its name; what the
    last two are bundled to is in the folder `dist`. The template is filled with the traits that are
    tagged `markup`; when one of them changes, the page gets its `html` anew.

    `words` is the whole section `components` of a language's words; the template gets the parts
    that `spoken` names, by itself that of the component's name and those of its bases, or all of it
    if that names none. ContentError if a part is missing. The trait `words` has those of them that
    the script says: their keys are `said`, None for all. `step` is the step of its page that begins
    with it, none if it belongs to the one before.
    """

    component: ClassVar[str] = ""
    spoken: ClassVar[tuple[str, ...]] = ()
    said: ClassVar[frozenset[str] | None] = None
    _bundle: ClassVar[Path]

    _component = traitlets.Unicode().tag(sync=True)
    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    html = traitlets.Unicode().tag(sync=True)
    step = ""
    is_other = False  # than on the page that was prepared for everybody

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
        self._spoken = own
        heard = own if self.said is None else {key: own[key] for key in own if _is(key, self.said)}
        if delivery.along:
            traits |= {"_esm": _read(self._bundle, ".js"), "_css": _read(self._bundle, ".css")}
        super().__init__(words=heard, _component=self.component, **delivery.named(), **traits)
        if delivery.along:
            self._draw()
        if drawn := self.trait_names(markup=True):
            self.observe(self._draw, names=drawn)

    def markup(self) -> str:
        """Return its HTML as it is now."""
        folder = self._bundle.parents[1]
        return markup(self.component, self._spoken, folder=folder, **self._values())

    def _values(self) -> Mapping[str, Any]:
        """Return what the template is filled with, besides the words."""
        values = {name: getattr(self, name) for name in self.trait_names(markup=True)}
        return {"id": f"myths-{self.model_id[:8]}", **values}

    def _draw(self, _change: object = None) -> None:
        if delivery.mark:
            self.is_other = True
        else:
            self.html = self.markup()

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Show it, and say which step of the page begins here (IPython's hook)."""
        return _announced(self, super()._repr_mimebundle_(**kwargs))


class PagePart(VBox):
    """Components below each other, as one part of a page; `step` as in Component."""

    step = ""

    def __init__(self, children: Sequence[Widget] = (), **traits: object) -> None:
        super().__init__(children, **delivery.named(), **traits)

    @property
    def is_other(self) -> bool:
        """Return whether there is something in it, where the page that was prepared has nothing."""
        return bool(self.children)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Show it, and say which step of the page begins here (IPython's hook)."""
        return _announced(self, super()._repr_mimebundle_(**kwargs))


def _announced(widget: Component | PagePart, bundle: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Add the step that begins with a widget to what IPython shows of it."""
    data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
    return data, metadata | ({METADATA: {"step": widget.step}} if widget.step else {})


def _is(key: str, said: frozenset[str]) -> bool:
    """Return whether a word is among those, by itself or as one of the forms of a counted one."""
    return key in said or key.rpartition("_")[0] in said


@functools.cache
def _read(bundle: Path, kind: str) -> str:
    return bundle.with_suffix(kind).read_text(encoding="utf-8")
