"""Where each value of a YAML text stands: its first and its last letter, and those of its entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from myths.errors import ContentError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BLOCK = ("|", ">")
_NOTHING = ("", "~", "null")  # what an empty value is written as

Place = tuple[str | int, ...]


class YamlTextError(ContentError):
    """A YAML text is written in a way in which nothing of it can be changed here."""


@dataclass
class Span:
    """A value in a text: `value` from `start` to `end`, in the entry that begins at `entry`.

    The entry of a mapping begins with its key, that of a list in lines with its dash, and it has
    the `column` of these. `style` is how a text is written, and `is_flow` says whether the value
    stands between brackets. `inner` are the values in it.
    """

    start: int
    end: int
    value: Any = None
    style: str = ""
    is_flow: bool = False
    entry: int = 0
    column: int = 0
    inner: dict[str | int, Span] = field(default_factory=dict)

    @property
    def is_list(self) -> bool:
        """Return whether it is a list."""
        return isinstance(self.value, list)

    @property
    def is_block(self) -> bool:
        """Return whether it is a text in lines of its own."""
        return self.style in _BLOCK


class SpanReader:
    """Reads a YAML text into spans. Raises YamlTextError."""

    def __init__(self, text: str) -> None:
        self.text = text

    def read(self) -> Span:
        """Return the span of the whole document, a mapping."""
        try:
            events = iter(yaml.parse(self.text, Loader=_LOADER))
            documents = [
                self._span(event, events, is_flow=False)
                for event in events
                if isinstance(event, yaml.NodeEvent)
            ]
        except yaml.YAMLError as fault:
            mark = getattr(fault, "problem_mark", None)
            raise YamlTextError(
                f"Line {mark.line + 1 if mark else 1} is no YAML: mend it in the file itself."
            ) from fault
        if len(documents) != 1 or not isinstance(documents[0].value, dict):
            raise YamlTextError("This is no list of keys and words: mend it in the file itself.")
        return documents[0]

    def _span(self, event: Any, events: Iterator[Any], *, is_flow: bool) -> Span:
        if event.anchor or getattr(event, "tag", None):
            raise YamlTextError(
                f"Line {event.start_mark.line + 1} has an anchor or a tag, which only the file "
                "itself can be changed with."
            )
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, yaml.ScalarEvent):
            style = event.style or ""
            value = None if not style and event.value in _NOTHING else event.value
            end = self._end_of_block(start, end) if style in _BLOCK else end
            return Span(start, end, value, style, is_flow)
        is_flow = is_flow or bool(event.flow_style)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(Span(start, end, {}, "", is_flow), events)
        return self._sequence(Span(start, end, [], "", is_flow), events)

    def _mapping(self, span: Span, events: Iterator[Any]) -> Span:
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._span(event, events, is_flow=span.is_flow)
            inner = self._span(next(events), events, is_flow=span.is_flow)
            if not isinstance(key.value, str) or key.value in span.inner:
                raise YamlTextError(
                    f"Line {event.start_mark.line + 1} has a key that is no word, or stands there "
                    "twice: mend it in the file itself."
                )
            inner.entry, inner.column = key.start, event.start_mark.column
            span.inner[key.value] = inner
            span.value[key.value] = inner.value
        return self._ended(span, event)

    def _sequence(self, span: Span, events: Iterator[Any]) -> Span:
        column = span.start - self.text.rfind("\n", 0, span.start) - 1
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            inner = self._span(event, events, is_flow=span.is_flow)
            before = self.text[: inner.start].rstrip()
            is_dashed = not span.is_flow and before.endswith("-")
            inner.entry = len(before) - 1 if is_dashed else inner.start
            inner.column = column
            span.inner[len(span.value)] = inner
            span.value.append(inner.value)
        return self._ended(span, event)

    def _ended(self, span: Span, event: Any) -> Span:
        """Note where a collection ends: in lines with its last value, and not with what follows."""
        last = max((each.end for each in span.inner.values()), default=span.end)
        span.end = event.end_mark.index if span.is_flow else last
        return span

    def _end_of_block(self, start: int, end: int) -> int:
        """Return where the last line of a text in lines ends."""
        body = self.text[start:end]
        lines = body.split("\n")
        first = next((line for line in lines[1:] if line.strip()), "")
        indent = len(first) - len(first.lstrip(" "))
        count = 1
        for number, line in enumerate(lines[1:], start=2):
            if line.strip() and len(line) - len(line.lstrip(" ")) < indent:
                break
            count = number if line.strip() else count
        return start + len("\n".join(lines[:count]))
