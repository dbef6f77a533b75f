"""Open a folder of content: each module and page is read only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from myths.catalog import module as modules
from myths.catalog import page as pages
from myths.catalog.guides import GuideContent, guide_content
from myths.catalog.interface import Interface
from myths.catalog.markdown import Html
from myths.catalog.module import ModuleContent
from myths.catalog.organiser import Organiser, read_organiser
from myths.catalog.page import PageContent
from myths.catalog.problems import ContentProblemsError, Problem, gathering, nearest
from myths.catalog.route import RouteContent
from myths.catalog.source import Source, read
from myths.catalog.structure import (
    GUIDE_MINUTES,
    ModuleStructure,
    PageStructure,
    Series,
    Strict,
    Structure,
)
from myths.catalog.support import Support, SupportList, SupportWords
from myths.catalog.texts import ModuleWords, PageWords
from myths.catalog.validation import pair, shape
from myths.edition import content_folder, shown
from myths.errors import ContentError
from myths.languages import long_date
from myths.vocabulary import Audience

P = TypeVar("P", bound=Structure)
W = TypeVar("W", bound=Strict)


@dataclass(frozen=True)
class Catalog:
    """The content in one language. What was read once is kept; call `load` to read it anew.

    Attributes and methods raise ContentError, with file, line and remedy, if a file they need is
    wrong, and for a slug that does not exist.
    """

    folder: Path
    language: str
    series: Series
    _modules: dict[tuple[str, str], ModuleContent] = field(
        default_factory=dict, repr=False, compare=False
    )
    _pages: dict[str, PageContent] = field(default_factory=dict, repr=False, compare=False)
    _guides: dict[str, GuideContent] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def ui(self) -> Interface:
        """The words of buttons, labels and messages, as `ui.join.button`."""
        source = read(self.folder / f"ui/{self.language}.yml", self.folder)
        return shape(source, Interface, language=self.language)

    @cached_property
    def organiser(self) -> Organiser:
        """Who is responsible for people's answers."""
        return read_organiser(self.folder)

    @cached_property
    def support(self) -> tuple[Support, ...]:
        """The support lines of every country, by the country's name."""
        paths = sorted(self.folder.glob("support/*.yml"))
        files = [shape(read(path, self.folder), SupportWords) for path in paths]
        return tuple(file.spoken(self.language) for file in files)

    def support_list(self, country: str) -> SupportList:
        """Return the support lines that participants of a workshop in that country see."""
        return SupportList.of(self.support, country)

    def support_told(self, country: str) -> dict[str, Html]:
        """Return these lines as paragraphs, by the id of each."""
        words = self.ui.support
        return {
            line.id: line.told(words.checked.format(date=long_date(line.checked, self.language)))
            for line in self.support_list(country).lines
            if line.checked
        }

    @cached_property
    def routes(self) -> Mapping[str, RouteContent]:
        """The routes that a trainer can take, by their slugs."""
        routes, words = self.series.routes, self.ui.routes
        source = read(self.folder / f"ui/{self.language}.yml", self.folder)
        if faults := pair(source, ("routes",), named=tuple(routes), structure="series.yml"):
            raise ContentProblemsError(faults)
        return {
            slug: RouteContent(slug, words[slug].name, words[slug].length, way.modules, way.short)
            for slug, way in routes.items()
        }

    def module(self, slug: str, *, audience: str = Audience.MIXED) -> ModuleContent:
        """Return a module by its slug, as it is for one audience."""
        _check_known("module", slug, self.series.modules, self.folder)
        if (slug, audience) not in self._modules:
            path = self.folder / "modules" / slug / "module.yml"
            plan, words = self._read_pair(path, ModuleStructure, ModuleWords, modules.misfits)
            heard = words.heard_by(audience)
            self._modules[slug, audience] = modules.join(plan, heard, self.ui, self.language)
        return self._modules[slug, audience]

    def page(self, slug: str) -> PageContent:
        """Return a page by its slug."""
        _check_known("page", slug, self.series.pages, self.folder)
        if slug not in self._pages:
            path = self.folder / "pages" / slug / "page.yml"
            plan, words = self._read_pair(path, PageStructure, PageWords, pages.misfits)
            self._pages[slug] = pages.join(plan, words, self.ui, self.language)
        return self._pages[slug]

    def guide(self, slug: str) -> GuideContent:
        """Return the facilitator's guide to a module, for trainers' eyes."""
        _check_known("module", slug, self.series.modules, self.folder)
        if slug not in self._guides:
            path = self.folder / "modules" / slug / f"guide.{self.language}.md"
            plan = self.series.plans.get(GUIDE_MINUTES, ())
            self._guides[slug] = guide_content(path, self.folder, plan)
        return self._guides[slug]

    def _read_pair(
        self,
        path: Path,
        plan_model: type[P],
        words_model: type[W],
        misfits: Callable[[P, Source], list[Problem]],
    ) -> tuple[P, W]:
        """Read structure and words; ContentProblemsError with the faults of both."""
        problems: list[Problem] = []
        plan, words = None, None
        with gathering(problems):
            source = read(path, self.folder)
            plan = shape(source, plan_model)
            if plan.slug != path.parent.name:
                message = f"the slug {plan.slug!r} differs from the folder's name"
                remedy = f"write {path.parent.name!r} or rename the folder"
                problems.append(source.problem(("slug",), message, remedy))
        with gathering(problems):
            source = read(path.with_name(f"text.{self.language}.yml"), self.folder)
            words = shape(source, words_model)
            problems += misfits(plan, source) if plan else []
        if plan is None or words is None or problems:
            raise ContentProblemsError(problems)
        return plan, words


def load(folder: Path | None = None, *, language: str = "en") -> Catalog:
    """Open the content in one language.

    Without `folder`: where `edition.content_folder` finds it. ContentError if there is none, if
    series.yml is wrong or the language is not in it.
    """
    folder = content_folder(folder)
    series = shape(read(folder / "series.yml", folder), Series)
    _check_known("language", language, series.languages, folder)
    return Catalog(folder, language, series)


def _check_known(what: str, name: str, known: Iterable[str], folder: Path) -> None:
    known = list(known)
    if name not in known:
        listed = f"{shown(folder / 'series.yml')} lists {', '.join(known) or 'none'}"
        close = nearest(name, known)
        hint = f"; {close}" if close.startswith("did") else ":"
        raise ContentError(f"There is no {what} {name!r}{hint} {listed}.")
