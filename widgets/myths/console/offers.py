"""What the projector can show at a step, and which of that it shows."""

from __future__ import annotations

from dataclasses import dataclass

from myths.catalog import Catalog
from myths.console.plan import LedPart, LedStep
from myths.store import LiveState
from myths.vocabulary import Curtain, Scene, SeriesPage, Step, VoteState


@dataclass(frozen=True)
class Offer:
    """Something to show: a scene, of which several have a `detail`; `number` counts facts."""

    scene: str
    detail: str = ""
    number: int = 0
    total: int = 0
    words: str = ""


def offers(catalog: Catalog, part: LedPart, step: LedStep, state: LiveState) -> list[Offer]:
    """List what can be shown at a step, in the order in which a trainer needs it."""
    vote = state.vote
    found = [Offer(Scene.STEP, words=step.title or part.title)]
    if vote and vote.page == part.slug and vote.phase == step.phase:
        found.append(Offer(Scene.VOTE))
    names = list(step.facts)
    found += [Offer(Scene.FACT, each, n, len(names)) for n, each in enumerate(names, 1)]
    if step.slug == Step.STORY:
        found += [Offer(Scene.STORY), Offer(Scene.OUTCOME)]
    if part.slug == SeriesPage.CLOSING:
        found.append(Offer(Scene.AGREEMENT))
    if part.slug in catalog.series.modules:
        module = catalog.module(part.slug)
        for name in state.revealed:
            page, _, item = name.partition("/")
            if page == part.slug:
                found.append(Offer(Scene.RESULTS, name, words=module.item(item).question))
    return [*found, Offer(Scene.JOIN)]


def shown(state: LiveState) -> str:
    """Return which scene the projector shows now, or what lies over it."""
    if state.curtain != Curtain.NONE:
        return state.curtain.replace("-", "_")
    if state.scene == Scene.INQUIRY:
        return state.scene  # before the room has begun, too
    if not state.page or state.scene == Scene.JOIN:
        return Scene.JOIN
    vote = state.vote
    if state.scene == Scene.VOTE:
        if vote is None or vote.page != state.page:
            return Scene.STEP
        return Scene.VOTE if vote.state == VoteState.OPEN else "voted"
    return state.scene
