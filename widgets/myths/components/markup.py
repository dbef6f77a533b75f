"""The HTML of components: a template beside each script, filled in before any script runs."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Any

import jinja2
from markupsafe import Markup

from myths.answer import Answer
from myths.languages import direction

FOLDER = Path(__file__).parent


def markup(
    component: str, words: Mapping[str, str], *, folder: Path = FOLDER, **values: Any
) -> str:
    """Fill the template of a component with its words, called `w`, and with `values`."""
    return _templates(folder).get_template(f"{component}.html").render(w=words, **values)


class _WordsFirst(jinja2.Environment):
    """In its templates `w.clear` is the word of that key, and no method of the mapping."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Mapping):
            return self.getitem(obj, attribute)
        return super().getattr(obj, attribute)


@functools.cache
def _templates(folder: Path) -> jinja2.Environment:
    made = _WordsFirst(
        loader=jinja2.FileSystemLoader([folder, FOLDER]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["direction"] = direction
    return made


@dataclass(frozen=True)
class AnswerPlaces:
    """Where a question's HTML tells what was answered.

    With a `mark` each place holds it, for `filled`: the page is made before its visitor comes.
    Without one it holds what is `known`.
    """

    item: str
    known: Answer | None = None
    mark: str = ""

    def checked(self, value: object) -> Markup:
        """Return the attribute of a radio with this value."""
        return self._place("checked", str(value))

    def selected(self, reader: str) -> Markup:
        """Return the attribute of the option for this reader."""
        return self._place("selected", reader)

    @property
    def text(self) -> Markup:
        """Return the words that were written."""
        return self._place("text")

    @property
    def key(self) -> Markup:
        """Return the key of the answer."""
        return self._place("key")

    def _place(self, kind: str, value: str = "") -> Markup:
        if self.mark:
            return Markup(f"{self.mark}|{self.item}|{kind}|{value}|")  # noqa: S704  no HTML in it
        return Markup(_told(kind, value, self.known))  # noqa: S704  escaped below


def start_of(mark: str, part: str) -> str:
    """Return what stands before a part of a page, which may become a visitor's."""
    return f"{mark}|{part}|start||"


def end_of(mark: str) -> str:
    """Return what stands after it."""
    return f"{mark}||end||"


def filled(
    html: str, mark: str, known: Mapping[str, Answer], own: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Put somebody's answers, by the items of their questions, into the places of a page.

    `own` is what stands for them in place of parts of it, by their ids. What is filled in is not
    looked at again.
    """
    first, *places = html.split(mark)
    said, is_passed = [first], False
    for place in places:
        _, name, kind, value, rest = place.split("|", 4)
        if kind == "start":
            is_passed = name in own
            said.append(own.get(name, ""))
        elif kind == "end":
            is_passed = False
        elif not is_passed:
            said.append(_told(kind, value, known.get(name)))
        if not is_passed:
            said.append(rest)
    return "".join(said)


def _told(kind: str, value: str, known: Answer | None) -> str:
    if known is None:
        return " checked" if kind == "checked" and not value else ""
    if kind == "text":
        return escape(known.text or "")
    if kind == "key":
        return known.key
    if kind == "selected":
        return " selected" if value == known.reader else ""
    said = "declined" if known.declined else known.value
    chosen = value == str(said) or (isinstance(said, float) and value == f"{said:g}")
    return " checked" if chosen else ""
