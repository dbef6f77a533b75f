"""The linter: read everything there is, in every language, and list all that needs mending."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

from myths.catalog.guides import check_guide
from myths.catalog.loader import Catalog
from myths.catalog.notebooks import Calls, Offers, check_notebooks
from myths.catalog.organiser import check_organiser
from myths.catalog.part_check import check_page, check_words
from myths.catalog.problems import Problem, gathering
from myths.catalog.readability import hard
from myths.catalog.recordings import check_recordings
from myths.catalog.series import GUIDE_MINUTES, Series
from myths.catalog.source import read, read_text
from myths.catalog.structure import ModuleStructure, PageStructure
from myths.catalog.support import EUROPE, SupportWords
from myths.catalog.translation import check_translations
from myths.catalog.units import INTERFACE, is_translated
from myths.catalog.unwritten import is_unwritten, unwritten, unwritten_lines
from myths.catalog.validation import shape
from myths.catalog.word_list import check_names
from myths.catalog.wordfile import WordFile
from myths.edition import content_folder, shown

CHECK_SUPPORT_EVERY = timedelta(days=365)


def check(
    folder: Path,
    *,
    notebooks: Path | None = None,
    calls: Calls | None = None,
    files: Iterable[WordFile[Any]] = (),
    advice: bool = True,
    today: date | None = None,
) -> list[Problem]:
    """List every problem of the content, errors and warnings, file by file.

    `notebooks` is the folder of the participants' notebooks; `calls` then says what they may call:
    class of `myths` -> names of its methods. `files` are files of words outside of the folder.
    Without `advice` translations and names are not compared, which takes half of the time and says
    nothing that keeps words from being shown. `today` is for tests of the age of support lines.
    Raises ContentError if the folder holds no content.
    """
    root = content_folder(folder)
    problems: list[Problem] = []
    with gathering(problems):
        series = shape(read(root / "series.yml", root), Series)
        for language in series.languages:
            _check_language(Catalog(root, language, series), problems)
            if advice:
                problems += check_names(root, language)
        problems += _folders_without_a_place(root, series)
        if advice:
            problems += check_translations(root, series)
        problems += check_recordings(root, series)
        if notebooks:
            slugs = {"Module": (*series.modules, *series.drafts), "Page": series.pages}
            offers = Offers(calls or {}, slugs, _sections(root, series), _items(root, series))
            problems += check_notebooks(notebooks, offers)
    problems += check_support(root, today=today)
    with gathering(problems):
        problems += check_organiser(root)
    for file in files:
        with gathering(problems):
            replace(file).words  # noqa: B018  anew, for somebody may have changed the file
    return list(dict.fromkeys(problems))


def faults(folder: Path) -> list[Problem]:
    """List what keeps content from being shown: the errors of `check`, without its advice.

    Raises ContentError if the folder holds no content.
    """
    return [each for each in check(folder, advice=False) if each.severity == "error"]


def _sections(root: Path, series: Series) -> dict[str, tuple[str, ...]]:
    """Return the sections of the pages whose structure can be read; of others it was told."""
    found = {}
    for slug in series.pages:
        with gathering([]):
            plan = shape(read(root / "pages" / slug / "page.yml", root), PageStructure)
            found[slug] = plan.sections
    return found


def _items(root: Path, series: Series) -> dict[str, tuple[str, ...]]:
    """Return what each module and page asks whose structure can be read; of others it was told."""
    found = {}
    for slug in (*series.modules, *series.drafts):
        with gathering([]):
            path = root / "modules" / slug / "module.yml"
            found[slug] = shape(read(path, root), ModuleStructure).items
    for slug in series.pages:
        with gathering([]):
            path = root / "pages" / slug / "page.yml"
            found[slug] = shape(read(path, root), PageStructure).items
    return found


def _check_language(catalog: Catalog, problems: list[Problem]) -> None:
    with gathering(problems):
        _ = catalog.routes  # with all words of the pages
        problems += _check_easy_words(catalog)
    for slug in catalog.series.modules:
        with gathering(problems):
            if catalog.of_part(slug) is catalog:  # else it is checked in its own language
                problems += _check_module(catalog, slug)
    for slug in catalog.series.pages:
        with gathering(problems):
            if catalog.of_part(slug) is catalog:
                problems += check_page(catalog, slug)


def _check_easy_words(catalog: Catalog) -> Iterator[Problem]:
    """Yield which words of the buttons are too hard in an easy form."""
    path = catalog.folder / INTERFACE.format(catalog.language)
    if catalog.series.is_easy_form(catalog.language) and path.exists():
        yield from hard(read(path, catalog.folder), catalog.language)


def _check_module(catalog: Catalog, slug: str) -> Iterator[Problem]:
    """Yield what is wrong with a module that has all its words, and with its guide."""
    yield from check_words(catalog, slug)
    guide = catalog.folder / "modules" / slug / f"guide.{catalog.language}.md"
    if catalog is catalog.original or is_translated(guide, catalog.folder):
        module, headings = catalog.module(slug, drafts=True), catalog.ui.guide
        told = {headings.say: module.guide.say, headings.objections: module.guide.objections}
        yield from check_guide(
            guide,
            catalog.folder,
            facts=module.facts,
            expected=tuple(headings.flat().values()),
            plan=catalog.series.plans.get(GUIDE_MINUTES, ()),
            told={words: [*chain(*steps.values())] for words, steps in told.items()},
        )
        yield from unwritten_lines(read_text(guide, catalog.folder))


def check_drafts(folder: Path) -> list[Problem]:
    """List what is missing in the modules that are drafts, which `check` leaves out.

    An error keeps a draft from being shown. Raises ContentError if the folder holds no content.
    """
    root = content_folder(folder)
    problems: list[Problem] = []
    with gathering([]):  # of which `check` tells
        source = read(root / "series.yml", root)
        series = shape(source, Series)
        catalog = Catalog(root, series.original, series)
        for slug in series.drafts:
            found = _missing(catalog, slug)
            if all(each.severity == "warning" for each in found):
                message = f"the page of {slug!r} is written, and the module is still a draft"
                remedy = f"write '{slug}' alone in its place, and people see it"
                place = ("modules", [each.slug for each in series.listed].index(slug))
                found.append(source.warning(place, message, remedy))
            problems += found
    return problems


def _missing(catalog: Catalog, slug: str) -> list[Problem]:
    """List what is still to be written in a draft; if that is nothing, what is wrong with it."""
    folder, found = catalog.folder / "modules" / slug, list[Problem]()
    for name in ("module.yml", f"text.{catalog.language}.yml"):
        with gathering(found):
            found += unwritten(read(folder / name, catalog.folder))
    with gathering(found):
        if found:
            catalog.module(slug, drafts=True)
        else:
            found += _check_module(catalog, slug)
    with gathering(found):
        guide = folder / f"guide.{catalog.language}.md"
        found += unwritten_lines(read_text(guide, catalog.folder))
    return list(dict.fromkeys(found))


def _folders_without_a_place(root: Path, series: Series) -> Iterable[Problem]:
    modules = (*series.modules, *series.drafts)
    for kind, known in (("modules", modules), ("pages", series.pages)):
        for path in sorted((root / kind).glob("*/")):
            if path.name not in known:
                message = f"{kind}/{path.name} is in no list, so nobody sees it"
                remedy = f"add it to {kind!r} when it is ready"
                yield Problem(shown(root / "series.yml"), 1, kind, message, remedy, "warning")


def check_support(folder: Path, *, today: date | None = None) -> list[Problem]:
    """List what is wrong with the support lines, and which of them nobody checked of late."""
    root, today = content_folder(folder), today or date.today()
    problems: list[Problem] = []
    paths = sorted(root.glob("support/*.yml"))
    if not paths:
        message, remedy = "there are no support lines", f"put {EUROPE}.yml back"
        problems.append(Problem(shown(root / "support"), 1, "", message, remedy))
    for path in paths:
        with gathering(problems):
            problems += _check_country(path, root, today)
    return problems


def _check_country(path: Path, root: Path, today: date) -> Iterable[Problem]:
    source = read(path, root)
    support = shape(source, SupportWords)
    if support.country != path.stem:
        message = f"the country {support.country!r} differs from the file's name"
        yield source.problem(("country",), message, f"write {path.stem!r} or rename the file")
    for position, entry in enumerate(source.value["lines"]):
        if isinstance(entry, Mapping) and is_unwritten(entry):
            parts = ", ".join(name for name, each in entry.items() if is_unwritten(each))
            message = f"{parts} of the line {entry.get('id')!r} is still to be written"
            remedy = "write it, or take the line out: until then participants do not see it"
            yield source.warning(("lines", position), message, remedy)
    ids = [line.id for line in support.lines]
    for name in dict.fromkeys(each for each in ids if ids.count(each) > 1):
        message = f"two lines have the id {name!r}"
        yield source.problem(("lines",), message, "give one of them another")
    days = {line.phone: line.checked or support.checked for line in support.lines}
    remedy = "call each from your country, correct it, and put the day after 'checked'"
    unknown = [number for number, day in days.items() if day is None]
    if unknown:
        message = f"nobody has checked {', '.join(unknown)}, so participants do not see them"
        yield source.warning(("checked",), message, remedy)
    for day in sorted({day for day in days.values() if day}):
        if not timedelta() <= today - day <= CHECK_SUPPORT_EVERY:
            numbers = ", ".join(number for number, checked in days.items() if checked == day)
            message = f"{numbers} was last checked on {day}"
            yield source.warning(("checked",), message, remedy)
