"""What is looked at in the words of one module, one page or the interface, by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from myths.catalog.items import Item
from myths.catalog.loader import Catalog, load
from myths.catalog.markdown import plain
from myths.catalog.module import ModuleContent
from myths.catalog.problems import Problem, gathering
from myths.catalog.readability import FEW, hard
from myths.catalog.source import Source, read
from myths.catalog.texts import Fact
from myths.catalog.tree import YamlPath
from myths.catalog.unwritten import is_unwritten, unwritten
from myths.catalog.word_list import check_names
from myths.vocabulary import Kind

LONGEST_STATEMENT = 160  # characters: three lines on a phone


def check_part(folder: Path, slug: str, *, language: str) -> list[Problem]:
    """List the problems of one module or page in one language, without those of its guide.

    It looks at no other part: the folder may lack their files. A text that cannot be loaded keeps
    nothing from being said about how others read. Raises ContentError if there is no such part.
    """
    catalog = load(folder, language=language)
    problems: list[Problem] = []
    is_page = slug in catalog.series.pages
    own = catalog.folder / ("pages" if is_page else "modules") / slug
    if catalog.of_part(slug) is catalog:
        with gathering(problems):
            problems += (check_page if is_page else check_words)(catalog, slug)
        with gathering([]):  # of which was told
            text = read(own / f"text.{language}.yml", catalog.folder)
            problems += unwritten(text)
            problems += _unsaid(text, _facts(text))
            problems += hard(text, language)
    problems += check_names(catalog.folder, language, within=own)
    return list(dict.fromkeys(problems))


def check_interface(folder: Path, *, language: str) -> list[Problem]:
    """List the problems of the words of buttons and messages in one language."""
    problems: list[Problem] = []
    with gathering(problems):
        _ = load(folder, language=language).routes
    return [*problems, *check_names(folder, language, within=folder / "ui")]


def check_page(catalog: Catalog, slug: str) -> Iterator[Problem]:
    """Yield what is wrong with a page. Raises ContentProblemsError if it cannot be loaded."""
    page = catalog.page(slug)
    path = catalog.folder / "pages" / slug / f"text.{catalog.language}.yml"
    source = read(path, catalog.folder)
    yield from _unsaid(source, {("facts", name): fact for name, fact in page.facts.items()})
    yield from _too_long(source, page.items)
    yield from hard(source, catalog.language)


def check_words(catalog: Catalog, slug: str) -> Iterator[Problem]:
    """Yield what is wrong with the words of a module that has them all."""
    module = catalog.module(slug, drafts=True)
    path = catalog.folder / "modules" / slug / f"text.{catalog.language}.yml"
    source = read(path, catalog.folder)
    said: dict[YamlPath, Fact] = {("facts", name): fact for name, fact in module.facts.items()}
    said["takeaway",] = module.takeaway
    yield from _unsaid(source, said)
    yield from _too_long(source, module.items)
    yield from _too_loud(source, module)
    yield from hard(source, catalog.language)


def _too_loud(source: Source, module: ModuleContent) -> Iterable[Problem]:
    """Warn of a belief that takes as much room as the fact: what is read longest is kept."""
    belief, fact = (len(plain(words).split()) for words in (module.myth, module.core))
    if belief >= max(fact, FEW) and not is_unwritten([module.myth, module.core]):
        message = f"the belief has {belief} words and the fact {fact}"
        yield source.warning(("myth",), message, "give the fact more room than the belief")


def _unsaid(source: Source, said: Mapping[YamlPath, Fact]) -> Iterable[Problem]:
    for place, words in said.items():
        for position in words.missing(plain(words.text)):
            if is_unwritten(words.terms[position]):
                continue
            name = ".".join(map(str, place))
            message = f"the words of {name!r} do not say {words.terms[position]!r}"
            remedy = "say it, or correct the term if the words convey it otherwise"
            yield source.problem((*place, "terms", position), message, remedy)


def _facts(source: Source) -> dict[YamlPath, Fact]:
    """Return those facts of a file that can be read, whatever else in it cannot."""
    words = source.value if isinstance(source.value, dict) else {}
    facts = words.get("facts")
    places: dict[YamlPath, Any] = {("takeaway",): words.get("takeaway")}
    places |= {("facts", name): each for name, each in (facts or {}).items()}
    found = {}
    for place, each in places.items():
        with suppress(ValidationError):
            found[place] = Fact.model_validate(each)
    return found


def _too_long(source: Source, items: Iterable[Item]) -> Iterable[Problem]:
    for item in items:
        if item.kind == Kind.RATING and len(item.question) > LONGEST_STATEMENT:
            message = f"the statement {item.id!r} has {len(item.question)} characters"
            remedy = f"say it in at most {LONGEST_STATEMENT}"
            yield source.problem(("ratings", item.id), message, remedy)
