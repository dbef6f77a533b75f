"""What is translated: the files of words in each language, and the texts in them by their ids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from myths.catalog.contract import plural_forms
from myths.catalog.series import Series
from myths.catalog.source import read, read_text

MARK = "TO TRANSLATE: "  # before each text that is still in the original language
INTERFACE = "ui/{}.yml"

FORMS = {"zero", "one", "two", "few", "many", "other"}
_SECTION = re.compile(r"^(?=##? )", re.MULTILINE)


def word_files(root: Path, series: Series, language: str) -> tuple[str, ...]:
    """Return the names of all files that are translated, with {} where the language stands.

    Into the easy form these are what participants read: trainers have the original.
    """
    names = [INTERFACE]
    for slug in series.modules:
        names += [f"modules/{slug}/text.{{}}.yml", f"modules/{slug}/guide.{{}}.md"]
    names += [f"pages/{slug}/text.{{}}.yml" for slug in series.pages]
    names.append("handbook.{}.md")
    is_easy = series.is_easy_form(language)
    return tuple(
        name
        for name in names
        if not (is_easy and name.endswith(".md")) and (root / name.format(series.original)).exists()
    )


def is_translated(path: Path, root: Path) -> bool:
    """Return whether a file is there, with nothing in it that is still to be translated."""
    return path.exists() and MARK not in read_text(path, root).text


def units(path: Path, root: Path, *, language: str) -> Mapping[str, str]:
    """Return the texts of a file by their ids, with the plural forms that `language` has.

    A list of words is one text with a line for each; a Markdown file has one for each section.
    Raises ContentProblemsError if it cannot be read.
    """
    if path.suffix == ".md":
        return dict(sections(read_text(path, root).text))
    return {".".join(place): text for place, text in leaves(read(path, root).value, language)}


def sections(text: str) -> Iterator[tuple[str, str]]:
    """Yield the sections of a Markdown text by their numbers."""
    parts = [part.strip() for part in _SECTION.split(text)]
    return ((str(number), part) for number, part in enumerate(filter(None, parts), start=1))


def leaves(
    value: Any, language: str, place: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield each text in the value of a file, with the keys that lead to it."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, list):
        yield place, "\n".join(" ".join(str(each).split()) for each in value)
    elif is_plural(value):
        for form in plural_forms(language):
            yield (*place, form), value.get(form, value["other"])
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from leaves(inner, language, (*place, str(key)))


def is_plural(value: Any) -> bool:
    """Return whether a value is words that go with a number, in their forms."""
    return (
        isinstance(value, Mapping)
        and "other" in value
        and set(value) <= FORMS
        and all(isinstance(each, str) for each in value.values())
    )
