"""What the projector can show at a step, and which of that it shows."""

from __future__ import annotations

from dataclasses import dataclass

from myths.console.led_step import LedStep
from myths.console.plan import LedPart, is_vote
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


def offers(part: LedPart, step: LedStep, state: LiveState) -> list[Offer]:
    """List what can be shown at a step, in the order in which a trainer needs it."""
    found = [Offer(Scene.STEP, words=step.title or part.title)]
    if any(is_vote(state.vote, part, each) for each in step.votes):
        found.append(Offer(Scene.VOTE))
    names = list(step.facts)
    found += [Offer(Scene.FACT, each, n, len(names)) for n, each in enumerate(names, 1)]
    if step.kind == Step.STORY:
        found += [Offer(Scene.STORY), Offer(Scene.OUTCOME)]
    if part.slug == SeriesPage.CLOSING:
        found.append(Offer(Scene.AGREEMENT))
    for name in state.revealed:
        page, _, item = name.partition("/")
        asked = part.item(item) if page == part.slug else None
        if asked:
            found.append(Offer(Scene.RESULTS, name, words=asked.question))
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
