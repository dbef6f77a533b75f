"""YAML text -> plain values, each with the line it stands on.

Every scalar stays the text that stands in the file (`no` is the word "no"); only an empty one, `~`
and `null` become None. Models decide later what is a number or a date. Anchors, tags and repeated
keys, which surprise writers, are faults. The events come from PyYAML's parser, which is written in
C and, unlike its loader, does not recurse: no file can crash it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

YamlPath = tuple[str | int, ...]

DEEPEST = 12  # nested levels; honest files have five

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAB = re.compile(r" *\t")
_HIDDEN = re.compile(  # control, bidirectional override and isolate, line separator, non-character
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\uffff]"
)


class Fault(NamedTuple):
    """A fault in the text: line (from 1), place, what it is, how to mend it."""

    line: int
    place: YamlPath
    message: str
    remedy: str


class BrokenError(Exception):
    """The text cannot be read on from `fault`."""

    def __init__(self, fault: Fault) -> None:
        """Keep the fault."""
        super().__init__(fault.message)
        self.fault = fault


def hidden(text: str, line: int = 1, place: YamlPath = ()) -> Fault | None:
    """Find the first character that people cannot see but computers obey."""
    match = _HIDDEN.search(text)
    if match is None:
        return None
    message = f"an invisible control character (U+{ord(match.group()):04X})"
    remedy = "delete it and type the words again"
    return Fault(line + text.count("\n", 0, match.start()), place, message, remedy)


class Tree:
    """Builds `value`, and notes `lines`, `bodies` and `faults`.

    `lines` are those of each key or entry, `bodies` tell where the words of a scalar begin.
    BrokenError if the text is no YAML.
    """

    def __init__(self, text: str) -> None:
        """Read the whole text."""
        self.lines: dict[YamlPath, int] = {}
        self.bodies: dict[YamlPath, int] = {}
        self.faults: list[Fault] = []
        self.value: Any = None
        try:
            self._document(iter(yaml.parse(text, Loader=_LOADER)))
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = min(mark.line if mark else 0, text.count("\n")) + 1
            message = f"this is not YAML: {getattr(error, 'problem', None) or 'unreadable'}"
            remedy = "check indentation, quotes and colons there and on the line before"
            if any(map(_TAB.match, text.splitlines()[line - 1 : line])):
                message, remedy = "a tab stands before the words", "put spaces in its place"
            raise BrokenError(Fault(line, (), message, remedy)) from None

    def _document(self, events: Iterator[Any]) -> None:
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(event, (), "a second document starts here", "remove the '---'")
            elif isinstance(event, yaml.NodeEvent):
                self.value = self._node(event, events, ())

    def _node(self, event: Any, events: Iterator[Any], place: YamlPath) -> Any:
        if len(place) > DEEPEST:
            message = f"nested more than {DEEPEST} levels deep"
            raise BrokenError(
                Fault(event.start_mark.line + 1, place, message, "check the brackets")
            )
        if event.anchor or getattr(event, "tag", None):
            message = "an anchor (&), alias (*) or tag (!) is not allowed"
            self._refuse(event, place, message, "put the words between quotes")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, place)
        return self._scalar(event, place) if isinstance(event, yaml.ScalarEvent) else None

    def _mapping(self, events: Iterator[Any], place: YamlPath) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._node(event, events, (*place, "?"))
            if not isinstance(key, str):
                self._refuse(event, place, "a key is not a word", "write 'key: words'")
            name = str(key)
            inner = (*place, name)
            if name in found:
                message = f"{name!r} stands here twice (first on line {self.lines[inner]})"
                self._refuse(event, inner, message, "remove one of them")
            self.lines[inner] = event.start_mark.line + 1
            found[name] = self._node(next(events), events, inner)
        return found

    def _sequence(self, events: Iterator[Any], place: YamlPath) -> list[Any]:
        found: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            inner = (*place, len(found))
            self.lines[inner] = event.start_mark.line + 1
            found.append(self._node(event, events, inner))
        return found

    def _scalar(self, event: Any, place: YamlPath) -> str | None:
        text: str = event.value
        block = event.style in ("|", ">")
        self.bodies[place] = event.start_mark.line + 1 + block
        if fault := hidden(text, self.bodies[place], place):
            self.faults.append(fault)
        plain = event.style in (None, "")
        return None if plain and text in ("", "~", "null") else text

    def _refuse(self, event: Any, place: YamlPath, message: str, remedy: str) -> None:
        self.faults.append(Fault(event.start_mark.line + 1, place, message, remedy))


def texts(value: Any, place: YamlPath = ()) -> Iterator[tuple[YamlPath, str]]:
    """Yield every text in a tree's value, each with its place."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, (*place, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from texts(inner, (*place, number))
    elif isinstance(value, str):
        yield place, value
