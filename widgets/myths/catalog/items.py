"""What a participant can answer: each item with its question, options and wording."""

from __future__ import annotations

import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from myths.catalog.contract import WordGroup
from myths.catalog.interface import Interface
from myths.catalog.markdown import Html
from myths.catalog.problems import nearest
from myths.catalog.structure import ModuleStructure, PageStructure
from myths.catalog.texts import ModuleWords, PageWords
from myths.catalog.words import wording
from myths.errors import ContentError
from myths.vocabulary import Keyed, Kind, SharedItem


@dataclass(frozen=True)
class Option:
    """One answer to choose: the number that is stored, its label, what is told on choosing it.

    The number belongs to the option, and not to its place on the page: on a scale it is what the
    option means, and of an option with a letter it is the letter's place in the alphabet.
    """

    value: int
    label: str
    feedback: Html | None = None


@dataclass(frozen=True)
class Item:
    """Something to answer in a module or page (`module` is its slug).

    `keyed` says what agreeing means (myth, fact, overcorrection), `correct` is the value of the
    right option, `ends` the words at both ends of a row of numbers, `lead` what is said above it.
    `remark` is what is said beside a change, and `fact` the id of the fact that it rests on.
    """

    module: str
    id: str
    kind: Kind
    question: str
    language: str
    options: tuple[Option, ...] = ()
    keyed: Keyed | None = None
    correct: int | None = None
    ends: tuple[str, str] | None = None
    lead: str = ""
    remark: str = ""
    fact: str = ""

    @property
    def wording(self) -> str:
        """Hash of all that is asked: question, what each number stands for, ends, lead.

        It is the same in whichever order the options stand on the page.
        """
        lead = [self.lead] if self.lead else []
        return wording(self.question, [*_told(self.options), *(self.ends or ()), *lead])


def number(letter: str) -> int:
    """Return the number that is stored for the option with this letter: 1 for a."""
    return string.ascii_lowercase.index(letter) + 1


def find(items: Sequence[Item], module: str, id: str) -> Item:  # noqa: A002  the field's name
    """Return the item called `id`; ContentError names the nearest."""
    for item in items:
        if item.id == id:
            return item
    remedy = nearest(id, [item.id for item in items])
    raise ContentError(f"{module!r} has no item {id!r}; {remedy}")


def module_items(
    plan: ModuleStructure, words: ModuleWords, ui: Interface, language: str
) -> Iterator[Item]:
    """Make a module's items: from the first rating to what became of the plan."""
    slug, module = plan.slug, ui.module
    points = _points(ui.rating_scale)
    for rating in plan.ratings:
        yield Item(
            slug,
            rating.id,
            Kind.RATING,
            words.ratings[rating.id],
            language,
            points,
            keyed=rating.keyed,
            remark=words.remarks.get(rating.id, ""),
            fact=rating.fact or "",
        )
    yield Item(
        slug,
        SharedItem.CONFIDENCE,
        Kind.CONFIDENCE,
        module.confidence_question,
        language,
        tuple(Option(value, str(value)) for value in range(11)),
        ends=(module.confidence_low, module.confidence_high),
    )
    yield Item(slug, SharedItem.REASON, Kind.TEXT, module.reason_question, language)
    yield Item(
        slug,
        plan.recall.id,
        Kind.RECALL,
        words.recall.question,
        language,
        tuple(
            Option(number(key), words.recall.options[key].text, words.recall.options[key].feedback)
            for key in plan.recall.options
        ),
        correct=number(plan.recall.correct),
        lead=ui.sections.recall_intro,
    )
    for reflection in plan.reflections:
        yield Item(slug, reflection, Kind.TEXT, words.reflections[reflection], language)
    for half, question in (
        (SharedItem.COMMITMENT_IF, module.commitment_if),
        (SharedItem.COMMITMENT_THEN, module.commitment_then),
    ):
        yield Item(slug, half, Kind.COMMITMENT, question, language)
    done = _points(ui.scale_done)
    yield Item(slug, SharedItem.PLAN, Kind.RATING, module.plan_question, language, done)


def page_items(
    plan: PageStructure, words: PageWords, ui: Interface, language: str
) -> Iterator[Item]:
    """Make a page's items: ratings, then reflections."""
    points = scales(ui)
    for rating in plan.ratings:
        asked = words.ratings[rating.id]
        yield Item(plan.slug, rating.id, Kind.RATING, asked, language, points[rating.scale])
    for reflection in plan.reflections:
        yield Item(plan.slug, reflection, Kind.TEXT, words.reflections[reflection], language)


def scales(ui: Interface) -> dict[str, tuple[Option, ...]]:
    """Return the points of each scale that a page may rate on, by the scale's name."""
    return {
        "agree": _points(ui.scale_agree),
        "extent": _points(ui.scale_extent),
        "done": _points(ui.scale_done),
    }


def _points(scale: WordGroup) -> tuple[Option, ...]:
    return tuple(Option(int(value), label) for value, label in scale.flat().items())


def _told(options: Sequence[Option]) -> list[str]:
    """Return what each number stands for, by number: the labels alone if these are 1, 2, 3 …"""
    told = {option.value: option.label for option in options}
    by_number = sorted(told)
    if by_number == list(range(1, len(told) + 1)):
        return [told[value] for value in by_number]
    return [
        told[value] if told[value] == str(value) else f"{value} = {told[value]}"
        for value in by_number
    ]
