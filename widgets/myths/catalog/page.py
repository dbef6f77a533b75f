"""A page around the modules (start, closing, follow-up): words and structure joined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from myths.catalog.interface import Interface
from myths.catalog.items import Item, find, page_items
from myths.catalog.problems import Problem, nearest
from myths.catalog.source import Source
from myths.catalog.structure import PageStructure
from myths.catalog.texts import Fact, PageWords, Section
from myths.catalog.validation import pair
from myths.errors import ContentError

PRIVACY = ("choices", "answers", "rights")  # the sections that tell all about people's answers


@dataclass(frozen=True)
class PageContent:
    """One page. `agree` is the sentence beside the consent box, empty where nothing is agreed to.

    `asks_modules` is true where each module's ratings are asked again; `short` are the sections
    that a workshop of ten minutes keeps. The section on support is in the `safety_language`.
    """

    slug: str
    language: str
    title: str
    heading: str
    agree: str
    sections: Mapping[str, Section]
    facts: Mapping[str, Fact]
    asks_modules: bool
    short: tuple[str, ...]
    items: tuple[Item, ...]
    safety_language: str

    def section(self, name: str) -> Section:
        """Return a section by its id; ContentError names the nearest."""
        if name not in self.sections:
            hint = nearest(name, self.sections)
            raise ContentError(f"The page {self.slug!r} has no section {name!r}; {hint}")
        return self.sections[name]

    @property
    def privacy(self) -> tuple[Section, ...]:
        """The sections that tell all about people's answers."""
        return tuple(self.section(name) for name in PRIVACY)

    def item(self, id: str) -> Item:  # noqa: A002  the field's name
        """Return the item called `id`; ContentError names the nearest."""
        return find(self.items, self.slug, id)


def misfits(plan: PageStructure, source: Source) -> list[Problem]:
    """List the items without words and the words without an item."""
    named = {
        "sections": plan.sections,
        "facts": plan.facts,
        "ratings": [rating.id for rating in plan.ratings],
        "reflections": plan.reflections,
    }
    problems = [
        problem
        for key, ids in named.items()
        for problem in pair(source, (key,), named=ids, structure="page.yml")
    ]
    if "consent" in plan.sections and "agree" not in source.value:
        message = "no words for 'agree', which stand beside the consent box"
        problems.append(source.problem(("agree",), message, "add them"))
        for name in PRIVACY:
            if name not in plan.sections:
                message = f"the page asks for consent and has no section {name!r}"
                remedy = f"add its words here, and {name!r} to the sections in page.yml"
                problems.append(source.problem(("sections",), message, remedy))
    return problems


def join(plan: PageStructure, words: PageWords, ui: Interface, language: str) -> PageContent:
    """Make the page from structure and words that fit each other."""
    return PageContent(
        slug=plan.slug,
        language=language,
        title=words.title,
        heading=words.heading,
        agree=words.agree or "",
        sections=MappingProxyType({name: words.sections[name] for name in plan.sections}),
        facts=MappingProxyType({name: words.facts[name] for name in plan.facts}),
        asks_modules=plan.modules,
        short=plan.sections if plan.short is None else plan.short,
        items=tuple(page_items(plan, words, ui, language)),
        safety_language=language,
    )
