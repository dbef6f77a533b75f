"""What differs between two states of a trainer's files, told by place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Literal

from myths.studio.parts import FilePart, is_ordered, parts


@dataclass(frozen=True)
class DraftChange:
    """One difference: in which `file`, at which `place` in it, what it was and what it is.

    The place is the keys that lead to the words (`ratings.myth`), the heading of a paragraph or the
    number of a cell; it is empty for a whole file.
    """

    file: str
    place: str
    before: str
    after: str
    kind: Literal["changed", "added", "removed", "moved"]


def changes(before: Mapping[str, Path], after: Mapping[str, Path]) -> list[DraftChange]:
    """List what differs between two states of files, each file by its name.

    What is for no reader is no difference: a comment in YAML, what a notebook's cells showed.
    """
    found: list[DraftChange] = []
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if old is None:
            found.append(DraftChange(name, "", "", "", "added"))
        elif new is None:
            found.append(DraftChange(name, "", "", "", "removed"))
        elif old.read_bytes() != new.read_bytes():
            found += _of_file(name, old, new)
    return found


def _of_file(name: str, old: Path, new: Path) -> Iterator[DraftChange]:
    before, after = parts(old), parts(new)
    if before is None or after is None:
        yield DraftChange(name, "", "", "", "changed")
    elif is_ordered(new):
        yield from _in_order(name, before, after)
    else:
        yield from _by_place(name, before, after)


def _by_place(name: str, before: list[FilePart], after: list[FilePart]) -> Iterator[DraftChange]:
    old, new = ({part.place: part.words for part in state} for state in (before, after))
    for place in dict.fromkeys([*old, *new]):
        was, now = old.get(place), new.get(place)
        if was is None:
            yield DraftChange(name, place, "", now or "", "added")
        elif now is None:
            yield DraftChange(name, place, was, "", "removed")
        elif was.split() != now.split():
            yield DraftChange(name, place, was, now, "changed")
    keys, later = _keys(old), _keys(new)
    for place in (each for each in keys if each in later and each not in old):
        first = [key for key in keys[place] if key in later[place]]
        then = [key for key in later[place] if key in keys[place]]
        if first != then:
            yield DraftChange(name, place, ", ".join(first), ", ".join(then), "moved")


def _keys(places: Iterable[str]) -> dict[str, dict[str, None]]:
    """Return the keys at each place of a file, in their order."""
    found: dict[str, dict[str, None]] = {}
    for place in places:
        while place:
            above, _, key = place.rpartition(".")
            found.setdefault(above, {})[key] = None
            place = above
    return found


def _in_order(name: str, before: list[FilePart], after: list[FilePart]) -> Iterator[DraftChange]:
    """Compare what follows each other; what is gone here and new there was moved."""
    old, new = ([part.mark or part.words for part in state] for state in (before, after))
    steps = [
        (old[at:to], before[at:to], new[at2:to2], after[at2:to2])
        for step, at, to, at2, to2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if step != "equal"
    ]
    gone = {mark for marks, *_ in steps for mark in marks}
    come = {mark for *_, marks, _ in steps for mark in marks}
    for old_marks, was, new_marks, now in steps:
        left = [part for mark, part in zip(old_marks, was, strict=True) if mark not in come]
        fresh = [part for mark, part in zip(new_marks, now, strict=True) if mark not in gone]
        for mark, part in zip(new_marks, now, strict=True):
            if mark in gone:
                yield DraftChange(name, part.place, "", part.words, "moved")
        for one, other in zip(left, fresh, strict=False):
            yield DraftChange(name, other.place, one.words, other.words, "changed")
        for one in left[len(fresh) :]:
            yield DraftChange(name, one.place, one.words, "", "removed")
        for other in fresh[len(left) :]:
            yield DraftChange(name, other.place, "", other.words, "added")
