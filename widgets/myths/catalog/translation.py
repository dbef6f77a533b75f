"""Find what was copied from the first language into another, and never translated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from myths.catalog.problems import ContentProblemsError, Problem
from myths.catalog.source import Source, read, read_text
from myths.catalog.tree import YamlPath, texts

_FEW = 4  # words; fewer may well be the same in two languages
_NAMES = ("{}.yml", "text.{}.yml", "guide.{}.md")
_NAMED = 3  # texts that a message names


def untranslated(root: Path, languages: Sequence[str]) -> Iterator[Problem]:
    """Yield a warning for each file with texts that are the same as in the first language."""
    first, *others = languages
    for language in others:
        for name in _NAMES:
            for path in sorted(root.rglob(name.format(language))):
                original = path.with_name(name.format(first))
                if original.exists():
                    with suppress(ContentProblemsError):  # of which was told
                        yield from _same(path, original, root, first)


def _same(path: Path, original: Path, root: Path, first: str) -> Iterator[Problem]:
    if path.suffix == ".md":
        source = read_text(path, root)
        if source.text == read_text(original, root).text:
            yield _warning(source, (), f"this is the same text as in {first!r}")
        return
    source = read(path, root)
    known = dict(_long(read(original, root).value))
    same = [place for place, text in _long(source.value) if known.get(place) == text]
    if same:
        named = ", ".join(".".join(map(str, place)) for place in same[:_NAMED])
        more = f" and {len(same) - _NAMED} more" if len(same) > _NAMED else ""
        yield _warning(source, same[0], f"the same words as in {first!r}: {named}{more}")


def _warning(source: Source, place: YamlPath, message: str) -> Problem:
    line = source.line(place) if place else 1
    return Problem(source.file, line, ".".join(map(str, place)), message, "translate it", "warning")


def _long(value: Any) -> Iterator[tuple[YamlPath, str]]:
    """Yield the texts of more than a few words, each with its place."""
    return ((place, text) for place, text in texts(value) if len(text.split()) >= _FEW)
