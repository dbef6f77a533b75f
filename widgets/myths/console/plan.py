"""What can be led through: the parts of a workshop, their steps, and what a room votes on there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from myths.catalog import AGREEMENT, Catalog, Html, Item
from myths.store import LiveState, Workshop
from myths.vocabulary import Kind, Phase, SeriesPage, SharedItem, Step

_MODULE = (Step.VIEW, Step.FACTS, Step.CHECK, Step.STORY, Step.WRITE, Step.AGAIN)
_CLOSING = (Step.KEEP, Step.AGREE, Step.MINE, Step.LOOK, Step.END)
_RATED = {Step.VIEW: Phase.BEFORE, Step.AGAIN: Phase.AFTER}


@dataclass(frozen=True)
class LedStep:
    """A step of a part; on some of them a room votes on `items` in a `phase`, or writes `texts`.

    Those `beside` the items need no answer. `facts` can be shown one by one.
    """

    slug: str
    title: str
    phase: str = ""
    items: tuple[Item, ...] = ()
    texts: tuple[Item, ...] = ()
    beside: tuple[Item, ...] = ()
    facts: Mapping[str, Html] = field(default_factory=dict)

    @property
    def questions(self) -> tuple[Item, ...]:
        """All of its questions that a room votes on."""
        return (*self.items, *self.beside)


@dataclass(frozen=True)
class LedPart:
    """A part of a workshop with its steps; some parts have one only, without a name."""

    slug: str
    title: str
    steps: tuple[LedStep, ...]

    def step(self, slug: str) -> LedStep:
        """Return a step; the first one for a name that it does not have."""
        return next((each for each in self.steps if each.slug == slug), self.steps[0])


def parts(catalog: Catalog, workshop: Workshop) -> tuple[LedPart, ...]:
    """List the parts of a workshop in the trainer's order. Raises ContentError."""
    series = catalog.series
    return tuple(
        LedPart(slug, part_title(catalog, slug), tuple(_steps(catalog, workshop, slug)))
        for slug in series.walk(workshop.modules)
        if slug != SeriesPage.FOLLOWUP
    )


def here(parts: Sequence[LedPart], state: LiveState) -> tuple[LedPart, LedStep]:
    """Return where a room is; before it has begun, and for what is not there, the first one."""
    part = next((each for each in parts if each.slug == state.page), parts[0])
    return part, part.step(state.step)


def places(parts: Sequence[LedPart]) -> list[tuple[LedPart, LedStep]]:
    """List all steps of all parts, in their order."""
    return [(part, step) for part in parts for step in part.steps]


def part_title(catalog: Catalog, slug: str) -> str:
    """Return what a part is called. Raises ContentError for one that is not there."""
    is_module = slug in catalog.series.modules
    return catalog.module(slug).title if is_module else catalog.page(slug).title


def _steps(catalog: Catalog, workshop: Workshop, slug: str) -> Iterator[LedStep]:
    names = catalog.ui.steps
    if slug not in catalog.series.modules:
        steps = _CLOSING if slug == SeriesPage.CLOSING else ()
        points = {name: fact.text for name, fact in catalog.page(slug).facts.items()}
        yield from [
            LedStep(
                each,
                getattr(names, each),
                texts=_closing_texts(catalog, each),
                facts=points if each == Step.KEEP else {},
            )
            for each in steps
        ] or [LedStep("", "")]
        return
    module = catalog.module(slug, audience=workshop.audience)
    sure = tuple(each for each in module.items if each.kind == Kind.CONFIDENCE)
    for step in _MODULE:
        title = getattr(names, step)
        if step == Step.CHECK:
            recall = tuple(each for each in module.items if each.kind == Kind.RECALL)
            yield LedStep(step, title, Phase.AFTER, recall)
        elif step == Step.WRITE:
            texts = [each for each in module.items if each.kind == Kind.TEXT]
            asked = tuple(each for each in texts if each.id != SharedItem.REASON)
            yield LedStep(step, title, texts=asked)
        elif step in _RATED:
            yield LedStep(step, title, _RATED[step], module.statements, beside=sure)
        elif step == Step.FACTS:
            facts = {name: fact.text for name, fact in module.facts.items()}
            yield LedStep(step, title, facts=facts)
        else:
            yield LedStep(step, title)


def _closing_texts(catalog: Catalog, step: str) -> tuple[Item, ...]:
    """Return what is asked in writing on a step of the last page."""
    if step not in (Step.AGREE, Step.LOOK):
        return ()
    texts = [each for each in catalog.page(SeriesPage.CLOSING).items if each.kind == Kind.TEXT]
    return tuple(each for each in texts if (each.id == AGREEMENT) == (step == Step.AGREE))
