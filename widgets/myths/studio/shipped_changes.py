"""In what a draft differs from the edition as it came, text by text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from myths.studio.field_set import FieldGroup, labels

_ALIKE = 0.4  # of the words of two texts; else one is no change of the other
_AROUND = 6  # words that are shown on each side of a change

Piece = tuple[Literal["same", "gone", "new"], str]


@dataclass(frozen=True)
class ShippedChange:
    """A field that reads otherwise: its `name`, what it is called, and how its words changed.

    It may be `added`, or `left out`; only what is `changed` can be put back by itself.
    """

    name: str
    label: str
    kind: Literal["changed", "added", "left_out"]
    pieces: tuple[Piece, ...]


def shipped_changes(
    here: Sequence[FieldGroup], there: Sequence[FieldGroup]
) -> Iterator[ShippedChange]:
    """Yield what differs in the fields of a part from those of the edition as it came."""
    mine, shipped = _fields(here), _fields(there)
    called = labels(there) | labels(here)
    for name, text in mine.items():
        if name not in shipped:
            yield ShippedChange(name, called[name], "added", (("new", text),))
        elif text != shipped[name]:
            yield ShippedChange(
                name, called[name], "changed", (*word_changes(shipped[name], text),)
            )
    for name, text in shipped.items():
        if name not in mine:
            yield ShippedChange(name, called[name], "left_out", (("gone", text),))


def word_changes(old: str, new: str) -> Iterator[Piece]:
    """Yield the words of a text in runs: those that stayed, those that went, those that came.

    Of a long run that stayed its ends are shown. Texts that have little in common are shown whole.
    """
    before, after = old.split(), new.split()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < _ALIKE:
        if old:
            yield "gone", old
        if new:
            yield "new", new
        return
    steps = matcher.get_opcodes()
    for number, (kind, a, b, c, d) in enumerate(steps):
        if kind == "equal":
            head = _AROUND if number else 0
            tail = _AROUND if number < len(steps) - 1 else 0
            yield "same", _shortened(before[a:b], head, tail)
            continue
        if before[a:b]:
            yield "gone", " ".join(before[a:b])
        if after[c:d]:
            yield "new", " ".join(after[c:d])


def _shortened(words: Sequence[str], head: int, tail: int) -> str:
    if len(words) <= head + tail + 1:
        return " ".join(words)
    last = words[len(words) - tail :] if tail else ()
    return " ".join([*words[:head], "…", *last])


def _fields(groups: Sequence[FieldGroup]) -> dict[str, str]:
    return {
        field.name: field.value for group in groups for field in group.fields if not field.is_new
    }
