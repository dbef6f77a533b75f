"""How words are written in YAML: as they were written before, or as plainly as YAML allows."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from myths.yaml_text.line_breaks import BREAK, WIDTH, broken, rewrapped
from myths.yaml_text.spans import Span

_LONG = 100  # letters of words that get lines of their own in a new entry
_MORE = 24  # letters by which a long line may grow and stay one
_FLOW_SIGNS = re.compile(r"[,\[\]{}]")
_OTHER_MEANING = {"yes", "no", "true", "false", "null", "on", "off", "y", "n"}
_STEP = 2  # columns of an indent


@dataclass(frozen=True)
class Bare:
    """A value that is no text, as it is written: a number, a date, true, false, null."""

    written: str

    @property
    def value(self) -> str | None:
        """What the house's reader makes of it."""
        return None if self.written == "null" else self.written


def inline(text: str, *, style: str = "", is_flow: bool = False) -> str:
    """Return words on one line, between the quotes that they had if they had some."""
    if style == "'":
        doubled = text.replace("'", "''")
        return f"'{doubled}'"
    if style != '"' and _is_plain(text, is_flow=is_flow):
        return text
    return json.dumps(text, ensure_ascii=False)


def _is_plain(text: str, *, is_flow: bool) -> bool:
    return (
        text[:1].isalpha()
        and text == text.strip()
        and not ({"#", ":", "\n"} & set(text))
        and text.lower() not in _OTHER_MEANING
        and not (is_flow and _FLOW_SIGNS.search(text))
    )


def in_lines(text: str, *, header: str, indent: int, like: str = "") -> str:
    """Return words in lines of their own below `header`, such as ">-" or "|".

    `like` are the lines that stood there before.
    """
    is_folded = header.startswith(">")
    if is_folded and (re.search(r"^[ \t]", text, re.MULTILINE) or _has_single_breaks(text)):
        header, is_folded = "|" + header[1:], False
    lines = _folded(text, like, WIDTH - indent) if is_folded else text.split("\n")
    room = " " * indent
    return "\n".join([header, *(room + line if line else "" for line in lines)])


def _has_single_breaks(text: str) -> bool:
    return re.search(r"[^\n]\n[^\n]", text) is not None


def _folded(text: str, like: str, width: int) -> list[str]:
    """Part a text into lines that YAML joins again; an empty line stands for each of its ends."""
    before: list[str] = []
    starts: set[int] = set()
    for line in like.split("\n"):
        if not line.strip():
            before += [BREAK] if before else []
        else:
            starts.add(len(before))
            before += line.split()
    words: list[str] = []
    for number, line in enumerate(text.split("\n")):
        words += [BREAK] if number else []
        words += line.split(" ")
    lines = broken([word for word in words if word], before, starts, width=width)
    return ["" if line == [BREAK] else " ".join(line) for line in lines]


def entry(key: str, value: Any, column: int) -> list[str]:
    """Return the lines of a new entry of a mapping."""
    room = " " * column
    name = room + inline(key)
    if isinstance(value, Mapping):
        inner = [line for each in value.items() for line in entry(*each, column + _STEP)]
        return [f"{name}:", *inner]
    return [f"{name}: {_written(value, column, room_left=WIDTH - len(name))}"]


def item(value: Any, column: int, *, is_flow: bool) -> list[str]:
    """Return the lines of a new entry of a list, on one line if `is_flow`."""
    room = " " * column
    if isinstance(value, Mapping) and not is_flow:
        lines = [line for each in value.items() for line in entry(*each, column + _STEP)]
        return [f"{room}- {lines[0].lstrip()}", *lines[1:]]
    return [f"{room}- {_written(value, column, room_left=WIDTH)}"]


def flow(value: Any) -> str:
    """Return a value between brackets, or to stand there."""
    if isinstance(value, Bare):
        return value.written
    if isinstance(value, Mapping):
        return (
            "{" + ", ".join(f"{inline(k, is_flow=True)}: {flow(v)}" for k, v in value.items()) + "}"
        )
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(flow, value)) + "]"
    return inline(str(value), is_flow=True)


def _written(value: Any, column: int, *, room_left: int) -> str:
    if isinstance(value, str):
        if "\n" in value or len(value) > min(_LONG, room_left):
            header = "|-" if "\n" in value else ">-"
            return in_lines(value, header=header, indent=column + _STEP)
        return inline(value)
    return flow(value)


def changed(text: str, span: Span, *, body: str, indent: int, is_prose: bool) -> str:
    """Return other words in place of those of a span, written alike; `body` is how these stand.

    Of `is_prose` the ends of lines within a paragraph are nobody's, and are put where they fit.
    """
    if span.is_block and text:
        header, _, like = body.partition("\n")
        header = re.sub(r"\d", "", header.partition(" #")[0]).rstrip()
        if is_prose and header.startswith("|"):
            text = rewrapped(span.value.rstrip("\n"), text, indent=indent)
        return in_lines(text, header=header, indent=indent, like=like)
    is_long = len(text) > max(WIDTH - indent, len(body) + _MORE) or "\n" in body
    if not span.is_flow and ("\n" in text or (is_long and not span.is_block)):
        if is_prose and "\n" in text:
            text = rewrapped("", text, indent=indent)
        return in_lines(text, header="|-" if "\n" in text else ">-", indent=indent)
    return inline(text, style="" if span.is_block else span.style, is_flow=span.is_flow)
