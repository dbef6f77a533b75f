"""The easy form of the original says in easier words what is hard, and leaves the rest to it.

What is measured (statements, options, scales) it never says itself: answers from both forms then
have one wording, also after somebody has changed it in the original.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from myths.catalog.problems import ContentProblemsError
from myths.catalog.series import Series
from myths.catalog.source import Source, read
from myths.catalog.units import is_plural, units

Keys = tuple[str, ...]

_MEASURED = (  # places in files of words, of modules and pages and of the buttons
    "ratings.*",
    "recall.question",
    "recall.options.*.text",
    "rating_scale.*",
    "scale_*.*",
    "module.confidence_*",
    "module.plan_question",
    "sections.recall_intro",
)


def easy_interface(path: Path, root: Path, original: Source) -> Source:
    """Read the words of the buttons of an easy form, which needs not have all of the `original`.

    Raises ContentProblemsError.
    """
    return _easy(read(path, root), original.value) if path.exists() else original


def part_source(folder: Path, root: Path, series: Series, language: str) -> Source:
    """Read the words of a module or page; in an easy form what is measured is the original's.

    Raises ContentProblemsError.
    """
    own = read(folder / f"text.{language}.yml", root)
    if not series.is_easy_form(language):
        return own
    original = read(folder / f"text.{series.original}.yml", root)
    return _easy(own, _measured_part(original.value, ()))


def source_units(root: Path, series: Series, name: str, language: str) -> dict[str, str]:
    """Return the texts of a file's original that a language says, by their ids.

    An easy form does not say what is measured. `name` has {} where the language stands. Raises
    ContentProblemsError.
    """
    texts = units(root / name.format(series.original), root, language=language)
    is_easy = series.is_easy_form(language)
    return {place: text for place, text in texts.items() if not (is_easy and _is_measured(place))}


def _is_measured(place: str) -> bool:
    """Return whether a text, by its id, belongs to what is measured."""
    return any(fnmatchcase(place, each) for each in _MEASURED)


def _easy(own: Source, original: Any) -> Source:
    """Put what the easy form says over the original; ContentProblemsError if it is measured."""
    problems = [
        own.problem(place, "an easy form has the original's words here", "take this line out")
        for place in _texts(own.value, ())
        if _is_measured(".".join(place))
    ]
    if problems:
        raise ContentProblemsError(problems)
    return replace(own, value=_over(original, own.value))


def _texts(value: Any, place: Keys) -> Iterator[Keys]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, (*place, str(key)))
    else:
        yield place


def _measured_part(value: Any, place: Keys) -> Any:
    """Return what is measured of a file's words, in its mappings; None where nothing is."""
    if not isinstance(value, Mapping):
        return value if _is_measured(".".join(place)) else None
    inner = {key: _measured_part(each, (*place, str(key))) for key, each in value.items()}
    return {key: each for key, each in inner.items() if each is not None} or None


def _over(original: Any, own: Any) -> Any:
    """Return what the easy form says, and the original where it says nothing."""
    if own is None:
        return original
    if is_plural(original) or not (isinstance(original, dict) and isinstance(own, dict)):
        return own
    return {**original, **{key: _over(original.get(key), value) for key, value in own.items()}}
