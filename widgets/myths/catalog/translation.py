"""Compare a translation with its original: nothing is missing, added, copied or built otherwise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from myths.catalog.easy_form import source_units
from myths.catalog.markdown import outline
from myths.catalog.problems import Problem, gathering
from myths.catalog.series import Series
from myths.catalog.source import Source, read, read_text
from myths.catalog.support import spoken, support_files
from myths.catalog.terms import FILE, TermList, read_terms
from myths.catalog.tree import YamlPath
from myths.catalog.units import FORMS, INTERFACE, MARK, units, word_files
from myths.edition import shown

_FEW = 4  # words; fewer may well be the same in two languages
_PARTED = ("paragraphs", "lists", "entries of lists", "words in **")  # an easy form may have more
_NAMED = 3  # texts that a message names
_HALF = 0.5  # of the original's sentences; a translation with fewer has lost some
_SENTENCE = re.compile(r"(?<=[.!?])[\"'\u201d\u2019)*]*\s+")
_PLACEHOLDER = re.compile(r"\{\w*\}")


def check_translations(root: Path, series: Series) -> Iterator[Problem]:
    """Yield what a translator has still to do, or to look at, in each language but the first."""
    for language in series.languages[1:]:
        problems: list[Problem] = []
        terms = TermList(terms={})
        with gathering(problems):
            terms = read_terms(root, language)
        is_easy = series.is_easy_form(language)
        for name in word_files(root, series, language):
            with gathering(problems):
                problems += _compared(root, series, name, language, terms)
        for name in () if is_easy else support_files(root):
            with gathering([]):  # of which `check_support` tells
                problems += _unspoken(root / name, root, series.original, language)
        yield from problems


def differences(original: str, translation: str, *, easy: bool = False) -> Iterator[str]:
    """Yield in which ways a text is not the translation of another, in a few words each.

    An `easy` form may part the original further, and keep a sentence of it that is easy already.
    """
    wanted, found = (Counter(_PLACEHOLDER.findall(text)) for text in (original, translation))
    for name in sorted(wanted.keys() - found.keys()):
        yield f"the placeholder {name} is missing"
    for name in sorted(found.keys() - wanted.keys()):
        yield f"{name} is no placeholder of the original"
    wanted, found = outline(original), outline(translation)
    for part in sorted(wanted | found):
        may_be_more = easy and part in _PARTED
        if found[part] < wanted[part] or (found[part] > wanted[part] and not may_be_more):
            yield f"{part}: {found[part]} in place of {wanted[part]}"
    if not easy and (copied := _copied(original, translation)):
        yield f"not translated: {copied[0]!r}"
    here, there = len(_sentences(translation, least=1)), len(_sentences(original))
    if here < _HALF * there:
        yield f"only {here} of {there} sentences"


def _compared(
    root: Path, series: Series, name: str, language: str, terms: TermList
) -> Iterator[Problem]:
    path = root / name.format(language)
    is_easy = series.is_easy_form(language)
    if not path.exists():
        if (
            name != INTERFACE and not is_easy
        ):  # without which the language cannot be loaded: of that it was told
            message = f"is not there, so people see these words in {series.original!r}"
            yield Problem(shown(path), 1, "", message, "translate it", "warning")
        return
    source = read_text(path, root) if path.suffix == ".md" else read(path, root)
    wanted = source_units(root, series, name, language)
    found = units(path, root, language=language)
    todo = [place for place, text in found.items() if MARK in text]
    if todo:
        yield _warning(source, todo, "still to be translated", "until then the original is shown")
    if is_easy and name == INTERFACE:  # what it does not say is said in the original
        wanted = {place: text for place, text in wanted.items() if place in found}
    yield from _each(source, wanted, found, todo, series.original, easy=is_easy)
    yield from _other_terms(source, wanted, found, todo, terms)


def _unspoken(path: Path, root: Path, original: str, language: str) -> Iterator[Problem]:
    """Yield a warning if support lines are not told in a language, or only in part."""
    wanted = spoken(path, root, language=original)
    found = spoken(path, root, language=language)
    lost = [each for each in wanted if MARK in found.get(each, MARK)]
    if lost:
        lines = dict.fromkeys(each.rpartition(".")[0] for each in lost)
        message = f"people see these lines in {original!r}, and not in {language!r}"
        remedy = "translate name, for and hours of each"
        told = f"{message}: {', '.join(lines)}"
        yield Problem(shown(path), 1, "lines", told, remedy, "warning")


def _each(
    source: Source,
    wanted: Mapping[str, str],
    found: Mapping[str, str],
    todo: list[str],
    first: str,
    *,
    easy: bool,
) -> Iterator[Problem]:
    if missing := [place for place in wanted if place not in found]:
        yield _warning(source, missing, "missing", "translate them")
    if extra := [place for place in found if place not in wanted]:
        yield _warning(source, extra, f"not in {first!r}", "take them out")
    both = [place for place in found if place in wanted and place not in todo]
    same = [
        place
        for place in both
        if not easy and found[place] == wanted[place] and len(found[place].split()) >= _FEW
    ]
    if source.value is None and found == wanted:
        message = f"this is the same text as in {first!r}"
        yield replace(_at(source, "1"), message=message, remedy="translate it")
        return
    if same:
        yield _warning(source, same, f"the same words as in {first!r}", "translate it")
    for place in both:
        if place.rpartition(".")[2] == "terms" or place in same:
            continue
        for told in differences(wanted[place], found[place], easy=easy):
            if place.rpartition(".")[2] in FORMS and "{n}" in told:
                continue  # a form that stands for one number may leave it out
            message = f"{place}: {told}" if source.value is not None else f"section {place}: {told}"
            yield replace(_at(source, place), message=message, remedy=f"compare with {first!r}")


def _other_terms(
    source: Source,
    wanted: Mapping[str, str],
    found: Mapping[str, str],
    todo: list[str],
    terms: TermList,
) -> Iterator[Problem]:
    for place, text in found.items():
        if place in wanted and place not in todo and place.rpartition(".")[2] != "terms":
            for term, words in terms.missing(wanted[place], text):
                message = f"{place}: {term!r} is agreed to be {' or '.join(map(repr, words))}"
                remedy = f"say that, or change {FILE.format('<language>')}"
                yield replace(_at(source, place), message=message, remedy=remedy)


def _warning(source: Source, places: list[str], what: str, remedy: str) -> Problem:
    more = f" and {len(places) - _NAMED} more" if len(places) > _NAMED else ""
    message = f"{what}: {', '.join(places[:_NAMED])}{more}"
    return replace(_at(source, places[0]), message=message, remedy=remedy)


def _at(source: Source, place: str) -> Problem:
    path: YamlPath = tuple(place.split(".")) if source.value is not None else ()
    line = source.line(path) if path else 1
    return Problem(source.file, line, place if path else "", "", "", "warning")


def _copied(original: str, translation: str) -> list[str]:
    known = set(_sentences(original))
    return [each for each in _sentences(translation) if each in known]


def _sentences(text: str, *, least: int = _FEW) -> list[str]:
    """Return the sentences of so many words or more, white space folded."""
    parts = [" ".join(part.split()) for part in _SENTENCE.split(text)]
    return [part for part in parts if len(part.split()) >= least]
