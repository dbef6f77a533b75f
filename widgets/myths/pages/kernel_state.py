"""What a page's kernel knows that is not in the store: where that is nothing, it may sleep."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ipywidgets import Box, HBox, Layout, VBox, Widget
from traitlets import EventHandler

from myths.components import Question

_OURS = "myths."
_LIBRARIES = (_OURS, "ipywidgets.", "anywidget.", "traitlets.")
_PLAIN = {Box, HBox, VBox, Layout}


def own_state(bound: Iterable[Question]) -> list[str]:
    """Name the classes of the widgets that know something which the store does not.

    A widget of ours is made again from the notebook and the store, as long as nothing of a cell
    takes part in it: it has observers, functions and a class of this program only, and a question
    is one of those that a session fills in, which are the `bound` ones.
    """
    questions = set(map(id, bound))
    return sorted(
        {
            type(widget).__name__
            for widget in Widget.widgets.values()
            if not _is_made_again(widget)
            or (isinstance(widget, Question) and id(widget) not in questions)
        }
    )


def _is_made_again(widget: Widget) -> bool:
    kind = next(each for each in type(widget).__mro__ if each.__module__ != "traitlets.traitlets")
    is_known = kind in _PLAIN or kind.__module__.startswith(_OURS)
    return is_known and all(map(_is_of_the_program, _functions(widget)))


def _functions(widget: Widget) -> Iterator[Callable[..., Any]]:
    """Yield what a widget calls: its observers, its hearers, and the functions it was given."""
    for kinds in widget._trait_notifiers.values():  # noqa: SLF001  nothing public lists them
        for handlers in kinds.values():
            yield from handlers
    yield from widget._msg_callbacks.callbacks  # noqa: SLF001  nothing public lists them
    held = vars(widget).values()
    yield from (each for each in held if callable(each) and not isinstance(each, type))


def _is_of_the_program(function: Any) -> bool:
    while isinstance(function, functools.partial | EventHandler):
        function = function.func
    home, owner = getattr(function, "__module__", None) or "", getattr(function, "__self__", None)
    if owner is not None and not isinstance(owner, Widget):
        home = type(owner).__module__  # such as a link between two traits
        return home.startswith(_OURS)
    return home.startswith(_LIBRARIES)
