"""A module as others see it: its words in one language, joined with its structure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from myths.catalog.interface import Interface
from myths.catalog.items import Item, find, module_items
from myths.catalog.markdown import Html
from myths.catalog.problems import Problem
from myths.catalog.source import Source
from myths.catalog.structure import CHALLENGE, GuideStructure, ModuleStructure
from myths.catalog.texts import Commitment, Fact, Misleads, ModuleWords, Section, VignetteWords
from myths.catalog.validation import pair
from myths.vocabulary import Keyed


@dataclass(frozen=True)
class ModuleContent:
    """One myth. `Html` values are safe to show as they are; all other words are plain.

    `question` is the myth as a question; `facts` are in order by id; `boxes` are what stands apart
    from them, some of them `folded` or `unfolded`; `articles` are those of the Istanbul Convention
    that `treaty` speaks about; `card` is what a group writes down for the closing; `commitment`
    holds the two examples. The `unfolded` boxes are in the `safety_language`. `guide` says what of
    the trainer's guide belongs to which step.
    """

    slug: str
    language: str
    title: str
    question: str
    note: Html
    core: Html
    myth: Html
    misleads: Misleads
    facts: Mapping[str, Fact]
    boxes: Mapping[str, Section]
    folded: tuple[str, ...]
    unfolded: tuple[str, ...]
    takeaway: Fact
    treaty: Html
    articles: tuple[str, ...]
    vignette: VignetteWords
    prompts: Mapping[str, str]
    card: str
    discussion_minutes: int
    commitment: Commitment
    items: tuple[Item, ...]
    safety_language: str
    guide: GuideStructure

    @property
    def challenge(self) -> str:
        """The one prompt that is talked about in ten minutes: to answer the belief."""
        return self.prompts.get(CHALLENGE, next(iter(self.prompts.values())))

    @property
    def statements(self) -> tuple[Item, ...]:
        """What is rated before the reading and after it."""
        return tuple(item for item in self.items if item.keyed)

    @property
    def primary(self) -> Item:
        """The one statement that is asked again at the follow-up: the myth, if one is."""
        myths = (item for item in self.statements if item.keyed == Keyed.MYTH)
        return next(myths, self.statements[0])

    def item(self, id: str) -> Item:  # noqa: A002  the field's name
        """Return the item called `id`; ContentError names the nearest."""
        return find(self.items, self.slug, id)


def misfits(plan: ModuleStructure, source: Source) -> list[Problem]:
    """List the items without words and the words without an item."""
    named = {
        ("ratings",): [rating.id for rating in plan.ratings],
        ("remarks",): [rating.id for rating in plan.ratings if rating.fact],
        ("facts",): plan.facts,
        ("boxes",): plan.boxes,
        ("recall", "options"): plan.recall.options,
        ("prompts",): plan.prompts,
        ("reflections",): plan.reflections,
        ("audiences",): plan.audiences,
        ("cases",): plan.cases,
    }
    return [
        problem
        for place, ids in named.items()
        for problem in pair(source, place, named=ids, structure="module.yml")
    ]


def join(plan: ModuleStructure, words: ModuleWords, ui: Interface, language: str) -> ModuleContent:
    """Make the module from structure and words that fit each other."""
    return ModuleContent(
        slug=plan.slug,
        language=language,
        title=words.title,
        question=words.question,
        note=words.note,
        core=words.core,
        myth=words.myth,
        misleads=words.misleads,
        facts=MappingProxyType({name: words.facts[name] for name in plan.facts}),
        boxes=MappingProxyType({name: words.boxes[name] for name in plan.boxes}),
        folded=plan.folded,
        unfolded=plan.unfolded,
        takeaway=words.takeaway,
        treaty=words.treaty,
        articles=plan.treaty,
        vignette=words.vignette,
        prompts=MappingProxyType({name: words.prompts[name] for name in plan.prompts}),
        card=words.card,
        discussion_minutes=plan.discussion_minutes,
        commitment=words.commitment,
        items=tuple(module_items(plan, words, ui, language)),
        safety_language=language,
        guide=plan.guide,
    )
