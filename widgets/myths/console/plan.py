"""What can be led through: the parts of a workshop, their steps, and what a room votes on there.

Steps and questions are those that the notebooks show, which are the trainers' run sheets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from myths.catalog import Catalog, Item, notebook_outline
from myths.console.led_step import LedStep, LedVote
from myths.console.step_writer import StepWriter
from myths.edition import page_notebooks, published_notebooks
from myths.store import LiveState, Vote, Workshop
from myths.vocabulary import Phase, SeriesPage


@dataclass(frozen=True)
class LedPart:
    """A part of a workshop with its steps; some parts have one only, without a name."""

    slug: str
    title: str
    steps: tuple[LedStep, ...]

    def step(self, slug: str) -> LedStep:
        """Return a step; the first one for a name that it does not have."""
        return next((each for each in self.steps if each.slug == slug), self.steps[0])

    def item(self, name: str) -> Item | None:
        """Return a question that a room votes on in this part."""
        asked = (item for step in self.steps for item in step.questions)
        return next((item for item in asked if item.id == name), None)

    def asked(self, name: str) -> tuple[str, ...]:
        """Return the phases that belong together when a room sees its answers to a question.

        Answers of before are shown beside those of afterwards, so these are always among them.
        """
        return tuple(each for each in Phase if each is Phase.AFTER or self.is_asked(name, each))

    def is_asked(self, name: str, phase: str) -> bool:
        """Return whether a room votes on a question in a phase."""
        votes = (vote for step in self.steps for vote in step.votes if vote.phase == phase)
        return any(name in ids(vote.questions) for vote in votes)


def parts(
    catalog: Catalog, workshop: Workshop, notebooks: Path | None = None
) -> tuple[LedPart, ...]:
    """List the parts of a workshop in the trainer's order. Raises ContentError.

    `notebooks` is the folder of the participants' notebooks: by default the published ones.
    """
    found = page_notebooks(notebooks or published_notebooks())
    return tuple(
        LedPart(
            slug,
            part_title(catalog, slug),
            StepWriter(catalog, workshop, slug).write(
                notebook_outline(found[slug], slug) if slug in found else ()
            ),
        )
        for slug in catalog.series.walk(workshop.modules)
        if slug != SeriesPage.FOLLOWUP
    )


def here(parts: Sequence[LedPart], state: LiveState) -> tuple[LedPart, LedStep]:
    """Return where a room is; before it has begun, and for what is not there, the first one."""
    part = next((each for each in parts if each.slug == state.page), parts[0])
    return part, part.step(state.step)


def is_vote(vote: Vote | None, part: LedPart, led: LedVote) -> bool:
    """Return whether it is this vote of a part that is open or was closed last."""
    return vote is not None and (vote.page, vote.phase, vote.items) == (
        part.slug,
        led.phase,
        ids(led.items),
    )


def ids(items: Sequence[Item]) -> tuple[str, ...]:
    """Name items as the room's state does."""
    return tuple(each.id for each in items)


def places(parts: Sequence[LedPart]) -> list[tuple[LedPart, LedStep]]:
    """List all steps of all parts, in their order."""
    return [(part, step) for part in parts for step in part.steps]


def part_title(catalog: Catalog, slug: str) -> str:
    """Return what a part is called. Raises ContentError for one that is not there."""
    is_module = slug in catalog.series.modules
    return catalog.module(slug).title if is_module else catalog.page(slug).title
