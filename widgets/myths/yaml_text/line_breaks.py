"""Where the lines of a text end: kept where they were, so that a changed word changes one line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

WIDTH = 112  # columns of a line in a file, its indent among them
_SPARE = 8  # columns by which a line may grow before the rest of its paragraph is parted anew
BREAK = "\n"  # among words: a line that ends because its writer ended it

_ENTRY = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")
_OTHER = re.compile(r"\s*(?:#{1,6}\s|>|\||```)")
_MARKER = re.compile(r"(?:[-*+=]+|\d+[.)]|#+|>.*|\|.*)")
_PREFIX = re.compile(r"\s*(?:(?:[-*+]|\d+[.)])\s+)?")
_HARD = ("  ", "\\")  # what ends a line that stays one in Markdown


def unwrapped(text: str) -> str:
    """Return Markdown with each paragraph, and each entry of a list, on one line."""
    lines: list[str] = []
    for line in text.split("\n"):
        before = lines[-1] if lines else ""
        goes_on = before.strip() and line.strip() and not before.endswith(_HARD)
        if goes_on and not (_ENTRY.match(line) or _OTHER.match(line) or _OTHER.match(before)):
            lines[-1] = f"{before} {line.strip()}"
        else:
            lines.append(line)
    return "\n".join(lines)


def rewrapped(old: str, new: str, *, indent: int = 0) -> str:
    """Return the Markdown `new`, which is on long lines, in lines like those of `old`."""
    if unwrapped(old) == new:
        return old
    before, starts = _tokens(old, is_wrapped=True)
    words, _ = _tokens(new, is_wrapped=False)
    lines = broken(words, before, starts, width=WIDTH - indent)
    wrapped = "\n".join(_joined(lines))
    return wrapped if unwrapped(wrapped) == new else new


def broken(
    words: Sequence[str], before: Sequence[str], starts: set[int], *, width: int
) -> list[list[str]]:
    """Part words into lines as they were parted `before`, where lines began at `starts`.

    A BREAK among the words is a line of its own. Lines are no longer than `width`, or not much
    longer than the longest one was.
    """
    matched: dict[int, int] = {}
    for old, new, size in SequenceMatcher(
        None, before, words, autojunk=False
    ).get_matching_blocks():
        matched.update({new + step: old + step for step in range(size)})
    known = set(matched.values())
    soft = {start for start in starts if start and before[start - 1] != BREAK}
    lines: list[list[str]] = [[]]
    for number, word in enumerate(words):
        if word == BREAK:
            lines += [[BREAK], []]
        elif _begins(number, matched, known, soft) and lines[-1] and not _MARKER.fullmatch(word):
            lines.append([word])
        else:
            lines[-1].append(word)
    longest = max((len(" ".join(each)) for each in _parted(before, starts)), default=0)
    return _short([line for line in lines if line], width, limit=max(width, longest) + _SPARE)


def _parted(words: Sequence[str], starts: set[int]) -> list[Sequence[str]]:
    ends = [*sorted(starts), len(words)]
    return [words[start:end] for start, end in pairwise(ends)]


def _begins(number: int, matched: Mapping[int, int], known: set[int], starts: set[int]) -> bool:
    """Return whether a line begins here, as it did before this word or after the one before it."""
    if matched.get(number) in starts:
        return True
    following = matched.get(number - 1, -2) + 1
    return following in starts and following not in known


def _short(lines: list[list[str]], width: int, *, limit: int) -> list[list[str]]:
    """Part what has become too long, up to the end of its paragraph."""
    done: list[list[str]] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if len(" ".join(line)) <= limit:
            done.append(line)
            at += 1
            continue
        end = next((n for n in range(at, len(lines)) if lines[n] == [BREAK]), len(lines))
        done += _filled([word for each in lines[at:end] for word in each], width)
        at = end
    return done


def _filled(words: Sequence[str], width: int) -> list[list[str]]:
    lines: list[list[str]] = [[]]
    for word in words:
        is_full = len(" ".join([*lines[-1], word])) > width
        if lines[-1] and is_full and not _MARKER.fullmatch(word):
            lines.append([])
        lines[-1].append(word)
    return lines


def _tokens(text: str, *, is_wrapped: bool) -> tuple[list[str], set[int]]:
    """Return the words of Markdown, with what leads an entry of a list, and where lines begin."""
    words: list[str] = []
    starts: set[int] = set()
    logical = unwrapped(text).split("\n") if is_wrapped else text.split("\n")
    physical = iter(text.split("\n"))
    for number, line in enumerate(logical):
        if number:
            words.append(BREAK)
        left = len(line.split())
        while True:
            part = next(physical) if is_wrapped else line
            starts.add(len(words))
            lead = _PREFIX.match(part)[0] if left == len(line.split()) else ""  # type: ignore[index]  # it matches nothing, too
            words += [lead] if lead.strip() or (lead and part.strip()) else []
            words += part[len(lead) :].split()
            if part.endswith("  ") and part.strip():  # a break that Markdown shows
                words[-1] += "  "
            left -= len(part.split())
            if not is_wrapped or left <= 0:
                break
    return words, starts


def _joined(lines: list[list[str]]) -> list[str]:
    """Return the lines; those that go on in an entry of a list stand below its words."""
    done, indent, is_new = [""], "", True
    for line in lines:
        if line == [BREAK]:
            done.append("")
            is_new = True
            continue
        lead = line[0] if _PREFIX.fullmatch(line[0]) else ""
        if is_new:
            indent = " " * len(lead)
            done[-1] = lead + " ".join(line[1:] if lead else line)
        else:
            done.append(indent + " ".join(line))
        is_new = False
    return done
