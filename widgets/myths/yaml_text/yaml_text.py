"""A YAML text in which single values change; every other letter of it stays as it is.

Each change is read again: what comes out is what was asked for, or nothing is changed.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from typing import Any

from myths.yaml_text.line_breaks import unwrapped
from myths.yaml_text.scalars import Bare, changed, entry, flow, inline, item
from myths.yaml_text.spans import Place, Span, SpanReader, YamlTextError

_BOM = "\ufeff"


class YamlText:
    """A YAML text, and how it reads with one thing in it changed. Raises YamlTextError.

    Comments, order, quotes and the breaks of lines are kept. No method changes the object; each
    returns a new one.
    """

    def __init__(self, text: str) -> None:
        self._mark = _BOM if text.startswith(_BOM) else ""
        self._end = "\r\n" if "\r\n" in text else "\n"
        self._text = text.removeprefix(_BOM).replace("\r\n", "\n")
        self._whole = SpanReader(self._text).read()

    @property
    def text(self) -> str:
        """The text as a file has it."""
        return self._mark + self._text.replace("\n", self._end)

    @property
    def value(self) -> Any:
        """What it says: words and None, in mappings and lists."""
        return self._whole.value

    def get(self, place: Place) -> Any:
        """Return the value at a place, None if there is none."""
        found: Span | None = self._whole
        for part in place:
            found = found.inner.get(part) if found else None
        return found.value if found else None

    def prose(self, place: Place) -> str:
        """Return the Markdown at a place, each paragraph on one line; empty if there is none."""
        found = self.get(place)
        return unwrapped(found.rstrip("\n")) if isinstance(found, str) else ""

    def set(self, place: Place, value: str | Bare) -> YamlText:
        """Return the text with another value at a place that has one."""
        span = self._span(place)
        same = isinstance(value, str) and _bare(span.value) == value
        return self if same else self._with(place, value, *self._set(span, value))

    def set_prose(self, place: Place, text: str) -> YamlText:
        """Return the text with other Markdown at a place, in which each paragraph is one line."""
        span = self._span(place)
        if self.prose(place) == text:
            return self
        start, end, words = self._set(span, text, is_prose=True)
        made = self._spliced(start, end, words)
        if made.prose(place) != text:
            return self.set(place, text)
        self._check(made, place, made.get(place))
        return made

    def set_list(self, place: Place, values: Sequence[str]) -> YamlText:
        """Return the text with other words in a list; those that stay are written as they were."""
        span = self._span(place)
        if span.value == list(values):
            return self
        if isinstance(span.value, list) and len(values) == len(span.value):
            made = self
            for index, value in enumerate(values):
                made = made.set((*place, index), value)
            return made
        spans = [*span.inner.values()]
        if span.is_flow or not spans or not values:
            known = {each.value: self._text[each.start : each.end] for each in spans}
            parts = (known.get(each) or flow(each) for each in values)
            return self._with(place, [*values], span.start, span.end, f"[{', '.join(parts)}]")
        start, end = self._line_start(spans[0].entry), self._line_end(spans[-1].end)
        known = {each.value: self._text[slice(*self._lines(each, span))] for each in spans}
        column = spans[0].column
        lines = [known.get(each) or "\n".join(item(each, column, is_flow=False)) for each in values]
        return self._with(place, [*values], start, end, "\n".join(lines))

    def _set(
        self, span: Span, value: str | Bare, *, is_prose: bool = False
    ) -> tuple[int, int, str]:
        body = self._text[span.start : span.end]
        lead = "" if body or self._text[span.start - 1 : span.start] == " " else " "
        if isinstance(value, Bare):
            return span.start, span.end, lead + value.written
        indent = self._indent(span, body)
        words = changed(value, span, body=body, indent=indent, is_prose=is_prose)
        end = span.end
        if "\n" in words and "\n" not in body:  # what stands behind stays on the first line
            end = self._line_end(span.end)
            first, _, rest = words.partition("\n")
            words = f"{first}{self._text[span.end : end]}\n{rest}"
        elif span.is_block and (comment := re.search(r"\s+#.*", body.partition("\n")[0])):
            first, line, rest = words.partition("\n")
            words = f"{first}{comment[0]}{line}{rest}"
        return span.start, end, lead + words

    def put(self, place: Place, value: Any, *, after: str = "") -> YamlText:
        """Return the text with a new entry in a mapping, `after` the one of this name or last."""
        *outer, key = place
        into = self._span(tuple(outer))
        known = into.inner.get(after) or max(into.inner.values(), key=lambda each: each.end)
        if into.is_flow:
            written = f", {inline(str(key), is_flow=True)}: {flow(value)}"
            return self._with(place, value, known.end, known.end, written)
        at = self._line_end(known.end)
        lines = "\n".join(entry(str(key), value, known.column))
        gap = "\n\n" if self._is_parted(into) else "\n"
        return self._with(place, value, at, at, gap + lines)

    def insert(self, place: Place, value: Any) -> YamlText:
        """Return the text with a new entry in a list, at the index with which `place` ends."""
        into, index = self._span(place[:-1]), int(place[-1])
        last = into.inner.get(index - 1)
        if not into.inner:
            made = self._spliced(into.start, into.end, flow([value]))
        elif into.is_flow:
            at = last.end if last else into.inner[0].entry
            written = f", {flow(value)}" if last else f"{flow(value)}, "
            made = self._spliced(at, at, written)
        else:
            beside = into.inner[0]
            lines = "\n".join(item(value, beside.column, is_flow=beside.is_flow))
            at = self._line_end(last.end) if last else self._line_start(into.inner[0].entry)
            made = self._spliced(at, at, f"\n{lines}" if last else f"{lines}\n")
        expected = copy.deepcopy(self.value)
        _inside(expected, place[:-1]).insert(index, _told(value))
        _expect(made, expected)
        return made

    def remove(self, place: Place) -> YamlText:
        """Return the text without an entry, which is not the only one where it stands."""
        into, span = self._span(place[:-1]), self._span(place)
        if len(into.inner) < 2:
            raise YamlTextError("This is the only one here, so it stays.")
        if into.is_flow:
            names = [*into.inner]
            at = names.index(place[-1])
            start = into.inner[names[at - 1]].end if at else span.entry
            end = span.end if at else into.inner[names[1]].entry
        else:
            start, end = self._lines(span, into)
            end = min(end + 1, len(self._text))
            if self._text[:start].endswith("\n\n"):  # one empty line is enough
                while self._text[end : end + 1] == "\n":
                    end += 1
        made, expected = self._spliced(start, end, ""), copy.deepcopy(self.value)
        del _inside(expected, place[:-1])[place[-1]]
        _expect(made, expected)
        return made

    def swap(self, place: Place, other: Place) -> YamlText:
        """Return the text with two entries of one list in each other's place."""
        into, text = self._span(place[:-1]), self._text
        first, second = sorted((self._span(place), self._span(other)), key=lambda each: each.entry)
        a, b = self._extent(first, into), self._extent(second, into)
        swapped = text[b[0] : b[1]] + text[a[1] : b[0]] + text[a[0] : a[1]]
        made, expected = self._spliced(a[0], b[1], swapped), copy.deepcopy(self.value)
        found, one, two = _inside(expected, place[:-1]), place[-1], other[-1]
        found[one], found[two] = found[two], found[one]
        _expect(made, expected)
        return made

    def _extent(self, span: Span, into: Span) -> tuple[int, int]:
        return (span.entry, span.end) if into.is_flow else self._lines(span, into)

    def _lines(self, span: Span, into: Span) -> tuple[int, int]:
        """Return where the lines of an entry begin and end, with the comment above it.

        What stands above the first entry is taken to be about all of them.
        """
        start = self._line_start(span.entry)
        is_first = span is next(iter(into.inner.values()))
        while not is_first and start:
            above = self._line_start(start - 1)
            line = self._text[above : start - 1]
            if not line.lstrip().startswith("#") or _indent(line) != span.column:
                break
            start = above
        return start, self._line_end(span.end)

    def _is_parted(self, into: Span) -> bool:
        """Return whether an empty line stands between the entries here."""
        starts = [self._line_start(each.entry) for each in into.inner.values()][1:]
        return any(self._text[:start].endswith("\n\n") for start in starts)

    def _indent(self, span: Span, body: str) -> int:
        """Return the column of the lines of a text: as they stand, or one step in."""
        if span.is_block:
            lines = [line for line in body.split("\n")[1:] if line.strip()]
            if lines:
                return min(map(_indent, lines))
        return span.column + 2

    def _span(self, place: Place) -> Span:
        found = self._whole
        for part in place:
            if part not in found.inner:
                raise YamlTextError(f"There is no {'.'.join(map(str, place))!r} here any more.")
            found = found.inner[part]
        return found

    def _line_start(self, at: int) -> int:
        return self._text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        end = self._text.find("\n", at)
        return len(self._text) if end < 0 else end

    def _with(self, place: Place, value: Any, start: int, end: int, words: str) -> YamlText:
        """Return the text with `words` from `start` to `end`, if it then has the value there."""
        made = self._spliced(start, end, words)
        self._check(made, place, _told(value))
        return made

    def _spliced(self, start: int, end: int, words: str) -> YamlText:
        text = self._text[:start] + words + self._text[end:]
        return YamlText(self._mark + text.replace("\n", self._end))

    def _check(self, made: YamlText, place: Place, value: Any) -> None:
        """Raise YamlTextError if `made` is not this text with another value at a place."""
        expected = copy.deepcopy(self.value)
        _inside(expected, place[:-1])[place[-1]] = value
        _expect(made, expected)


def _expect(made: YamlText, expected: Any) -> None:
    if _bare(made.value) != _bare(expected):
        raise YamlTextError(
            "This file is written in a way that cannot be changed here without changing more "
            "of it: change it in the file itself."
        )


def _inside(value: Any, place: Sequence[str | int]) -> Any:
    for part in place:
        value = value[part]
    return value


def _told(value: Any) -> Any:
    """Return a value as it is read."""
    if isinstance(value, Bare):
        return value.value
    if isinstance(value, dict):
        return {key: _told(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_told(each) for each in value]
    return value


def _bare(value: Any) -> Any:
    """Return a value without the ends of lines with which texts may end."""
    if isinstance(value, dict):
        return {key: _bare(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_bare(each) for each in value]
    return value.rstrip("\n") if isinstance(value, str) else value


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
