"""Open a folder of content: each module and page is read only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from myths.catalog import module as modules
from myths.catalog import page as pages
from myths.catalog.easy_form import easy_interface, part_source
from myths.catalog.guides import GuideContent, guide_content
from myths.catalog.interface import Interface
from myths.catalog.markdown import Html
from myths.catalog.module import ModuleContent
from myths.catalog.organiser import Organiser, read_organiser
from myths.catalog.page import PageContent
from myths.catalog.problems import ContentProblemsError, Problem, gathering, nearest
from myths.catalog.route import RouteContent
from myths.catalog.series import GUIDE_MINUTES, Series
from myths.catalog.source import Source, read
from myths.catalog.structure import ModuleStructure, PageStructure, Strict, Structure
from myths.catalog.support import Support, SupportList, SupportWords
from myths.catalog.texts import ModuleWords, PageWords
from myths.catalog.units import INTERFACE, is_translated
from myths.catalog.unwritten import unwritten
from myths.catalog.validation import pair, shape
from myths.edition import content_folder, shown
from myths.errors import ContentError
from myths.languages import direction, language_name, long_date
from myths.vocabulary import Audience, Step

SUPPORT = "support"  # the section of a page that says where to find help

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
    _asked: dict[tuple[str, str], frozenset[str]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _translated: dict[str, bool] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def original(self) -> Catalog:
        """The content in the language that this one is translated from; itself if it is that."""
        first = self.series.original
        return self if self.language == first else Catalog(self.folder, first, self.series)

    @property
    def safe(self) -> Catalog:
        """The content whose safety texts are shown: the original until this was reviewed."""
        return self if self.series.is_reviewed(self.language) else self.original

    @property
    def is_whole(self) -> bool:
        """Whether the words of the buttons are all translated, so that it can be offered."""
        name = INTERFACE.format(self.language)
        is_easy = self.series.is_easy_form(self.language)  # which may leave all to the original
        return self._has(name) or (is_easy and not (self.folder / name).exists())

    def of_part(self, slug: str) -> Catalog:
        """Return the content in the language in which a module or page is there."""
        kind = "pages" if slug in self.series.pages else "modules"
        there = self._has(f"{kind}/{slug}/text.{self.language}.yml")
        return self if there else self.original

    def _has(self, name: str) -> bool:
        """Return whether a file is translated, or needs no translation."""
        if self is self.original:
            return True
        if name not in self._translated:
            self._translated[name] = is_translated(self.folder / name, self.folder)
        return self._translated[name]

    @cached_property
    def ui(self) -> Interface:
        """The words of buttons, labels and messages, as `ui.join.button`."""
        if self.series.is_easy_form(self.language):
            _ = self.original.ui  # of whose faults is told once, and there
        return shape(self.interface_source, Interface, language=self.language)

    @cached_property
    def interface_source(self) -> Source:
        """The same as they were read, with their places."""
        path = self.folder / INTERFACE.format(self.language)
        if not self.series.is_easy_form(self.language):
            return read(path, self.folder)
        return easy_interface(path, self.folder, self.original.interface_source)

    def language_name(self, code: str) -> str:
        """Return what a language is called in this one."""
        return language_name(code, self.language, easy=self.ui.language.easy)

    def other_language(self, code: str) -> dict[str, str]:
        """Return how words in another language than this one are marked; empty if it is this."""
        if code == self.language:
            return {}
        return {"code": code, "direction": direction(code), "name": self.language_name(code)}

    @cached_property
    def organiser(self) -> Organiser:
        """Who is responsible for people's answers."""
        return read_organiser(self.folder)

    @cached_property
    def support(self) -> tuple[Support, ...]:
        """The support lines of every country, by the country's name."""
        paths = sorted(self.folder.glob("support/*.yml"))
        files = [shape(read(path, self.folder), SupportWords) for path in paths]
        return tuple(file.spoken(self.safe.language) for file in files)

    def support_list(self, country: str) -> SupportList:
        """Return the support lines that participants of a workshop in that country see."""
        return SupportList.of(self.support, country)

    def support_told(self, country: str) -> dict[str, Html]:
        """Return these lines as paragraphs, by the id of each."""
        words, language = self.safe.ui.support, self.safe.language
        return {
            line.id: line.told(words.checked.format(date=long_date(line.checked, language)))
            for line in self.support_list(country).lines
            if line.checked
        }

    @cached_property
    def routes(self) -> Mapping[str, RouteContent]:
        """The routes that a trainer can take, by their slugs."""
        routes, words = self.series.routes, self.ui.routes
        source = self.interface_source
        if faults := pair(source, ("routes",), named=tuple(routes), structure="series.yml"):
            raise ContentProblemsError(faults)
        return {
            slug: RouteContent(slug, words[slug].name, words[slug].length, way.modules, way.short)
            for slug, way in routes.items()
        }

    def module(
        self, slug: str, *, audience: str = Audience.MIXED, drafts: bool = False
    ) -> ModuleContent:
        """Return a module by its slug, as it is for one audience.

        One that is not translated is there in the original language, which its `language` says.
        With `drafts` those are there too that somebody still writes.
        """
        listed = (*self.series.modules, *(self.series.drafts if drafts else ()))
        _check_known("module", slug, listed, self.folder)
        if (there := self.of_part(slug)) is not self:
            return there.module(slug, audience=audience, drafts=drafts)
        if (slug, audience) not in self._modules:
            path = self.folder / "modules" / slug / "module.yml"
            plan, words = self._read_pair(path, ModuleStructure, ModuleWords, modules.misfits)
            heard = words.heard_by(audience)
            made = modules.join(plan, heard, self.ui, self.language)
            if self.safe is not self and plan.unfolded:
                known = self.safe.module(slug, drafts=drafts).boxes
                boxes = {**made.boxes, **{name: known[name] for name in plan.unfolded}}
                made = replace(made, boxes=boxes, safety_language=self.safe.language)
            self._modules[slug, audience] = made
        return self._modules[slug, audience]

    def adapted_steps(self, slug: str, audience: str) -> frozenset[Step]:
        """Return the steps of a page that say something else to one audience than to all."""
        if slug in self.series.pages:
            return frozenset()
        own, usual = self.module(slug, audience=audience), self.module(slug)
        same = {
            Step.STORY: (own.vignette, own.prompts) == (usual.vignette, usual.prompts),
            Step.WRITE: own.items == usual.items,
        }
        return frozenset(step for step, is_same in same.items() if not is_same)

    def page(self, slug: str) -> PageContent:
        """Return a page by its slug; one that is not translated in the original language."""
        _check_known("page", slug, self.series.pages, self.folder)
        if (there := self.of_part(slug)) is not self:
            return there.page(slug)
        if slug not in self._pages:
            path = self.folder / "pages" / slug / "page.yml"
            plan, words = self._read_pair(path, PageStructure, PageWords, pages.misfits)
            made = pages.join(plan, words, self.ui, self.language)
            if self.safe is not self and SUPPORT in plan.sections:
                known = self.safe.page(slug).section(SUPPORT)
                sections = {**made.sections, SUPPORT: known}
                made = replace(made, sections=sections, safety_language=self.safe.language)
            self._pages[slug] = made
        return self._pages[slug]

    def shared_wording(self, slug: str, item: str, wording: str) -> str:
        """Return one name for a wording and its translations, as these are today.

        It is the wording itself where the series has one language, and for words of another day.
        """
        if len(self.series.languages) == 1:
            return wording
        known = self._wordings(slug, item)
        return min(known) if wording in known else wording

    def _wordings(self, slug: str, item: str) -> frozenset[str]:
        if (slug, item) not in self._asked:
            found = set()
            for code in self.series.languages:
                other = self if code == self.language else Catalog(self.folder, code, self.series)
                with suppress(ContentError):  # a trainer's own question, or a part that is gone
                    is_page = slug in self.series.pages
                    part = other.page(slug) if is_page else other.module(slug)
                    found.add(part.item(item).wording)
            self._asked[slug, item] = frozenset(found)
        return self._asked[slug, item]

    def guide(self, slug: str) -> GuideContent:
        """Return the facilitator's guide to a module, for trainers' eyes."""
        _check_known("module", slug, self.series.modules, self.folder)
        name = f"modules/{slug}/guide.{self.language}.md"
        if not self._has(name):
            return self.original.guide(slug)
        if slug not in self._guides:
            plan = self.series.plans.get(GUIDE_MINUTES, ())
            self._guides[slug] = guide_content(self.folder / name, self.folder, plan)
        return self._guides[slug]

    def _read_pair(
        self,
        path: Path,
        plan_model: type[P],
        words_model: type[W],
        misfits: Callable[[P, Source], list[Problem]],
    ) -> tuple[P, W]:
        """Read structure and words; ContentProblemsError with the faults of both.

        In a draft texts may still be to be written.
        """
        problems: list[Problem] = []
        is_draft = path.parent.name in self.series.drafts
        plan, words = None, None
        with gathering(problems):
            source = read(path, self.folder)
            plan = shape(source, plan_model)
            if plan.slug != path.parent.name:
                message = f"the slug {plan.slug!r} differs from the folder's name"
                remedy = f"write {path.parent.name!r} or rename the folder"
                problems.append(source.problem(("slug",), message, remedy))
            problems += [] if is_draft else unwritten(source)
        with gathering(problems):
            source = part_source(path.parent, self.folder, self.series, self.language)
            words = shape(source, words_model)
            problems += misfits(plan, source) if plan else []
            problems += [] if is_draft else unwritten(source)
        if plan is None or words is None or problems:
            raise ContentProblemsError(problems)
        return plan, words


def load(folder: Path | None = None, *, language: str = "en") -> Catalog:
    """Open the content in one language; "" stands for the original.

    Without `folder`: where `edition.content_folder` finds it. ContentError if there is none, if
    series.yml is wrong or the language is not in it.
    """
    folder = content_folder(folder)
    series = shape(read(folder / "series.yml", folder), Series)
    language = language or series.original
    _check_known("language", language, series.languages, folder)
    return Catalog(folder, language, series)


def _check_known(what: str, name: str, known: Iterable[str], folder: Path) -> None:
    known = list(known)
    if name not in known:
        listed = f"{shown(folder / 'series.yml')} lists {', '.join(known) or 'none'}"
        close = nearest(name, known)
        hint = f"; {close}" if close.startswith("did") else ":"
        raise ContentError(f"There is no {what} {name!r}{hint} {listed}.")
