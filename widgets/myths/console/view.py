"""What the console shows: where the room is, what to do next, and all else that one can."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from myths import live
from myths.catalog import Item
from myths.console import plan
from myths.console.plan import LedPart, LedStep
from myths.live import Shares, told
from myths.store import Attendance, LiveState
from myths.vocabulary import Curtain, Keyed, Kind, Pace, Phase, Scene, VoteState

BOTH = (Phase.BEFORE, Phase.AFTER)  # in which a statement is rated
AGREEING = ("4", "5")  # options of a scale of five that agree
_HALF = 50  # percent

Results = Mapping[str, Mapping[str, Shares]]  # of each item, by phase


def view(
    parts: Sequence[LedPart], state: LiveState, attendance: Attendance, results: Results
) -> dict[str, Any]:
    """Return what the template shows."""
    here, step = plan.here(parts, state)
    walk = plan.places(parts)
    at = walk.index((here, step))
    begun = bool(state.page)
    following = walk[at + 1] if at + 1 < len(walk) else None
    vote = _vote(here, step, state, results) if begun and step.items else None
    return {
        "version": state.version,
        "begun": begun,
        "pace": state.pace,
        "paces": Pace.words(),
        "curtain": state.curtain,
        "curtains": [each for each in Curtain.words() if each],
        "counts": {"joined": attendance.joined, "connected": attendance.connected},
        "answered": attendance.answered,
        "parts": [{"slug": each.slug, "title": each.title} for each in parts],
        "part": {"slug": here.slug, "title": here.title, "number": parts.index(here) + 1},
        "total": len(parts),
        "steps": _steps(here, step, attendance, begun=begun),
        "elsewhere": attendance.elsewhere if begun else 0,
        "back": _place(walk[at - 1], here) if at > 0 else None,
        "next": _place(following if begun else walk[0], here) if following else None,
        "vote": vote,
        "primary": _primary(vote, state),
        "left": told(state)["left"],
    }


def _steps(
    here: LedPart, present: LedStep, attendance: Attendance, *, begun: bool
) -> list[dict[str, Any]]:
    """Return the steps of a part; who came to none that it has is at its first one."""
    order = [each.slug for each in here.steps]
    counts = dict.fromkeys(order, 0)
    for step, people in attendance.steps.items():
        counts[step if step in counts else order[0]] += people
    at = order.index(present.slug)
    return [
        {
            "slug": each.slug,
            "title": each.title or here.title,
            "number": number + 1,
            "here": begun and number == at,
            "done": begun and number < at,
            "people": counts[each.slug] if begun else 0,
        }
        for number, each in enumerate(here.steps)
    ]


def _primary(vote: Mapping[str, Any] | None, state: LiveState) -> str:
    """Return the one thing to do next: open the question, close it, show it, or go on.

    Where a myth has the majority, its fact is shown before that.
    """
    if vote is None:
        return "next"
    if vote["state"] != "closed":
        return "close" if vote["state"] == "open" else "open"
    if vote["first_fact"] and state.scene != Scene.FACT:
        return "fact"
    return "show" if vote["to_show"] else "next"


def _place(place: tuple[LedPart, LedStep], here: LedPart) -> dict[str, str]:
    part, step = place
    title = step.title if part == here else part.title
    return {"page": part.slug, "step": step.slug, "title": title or part.title}


def _vote(here: LedPart, step: LedStep, state: LiveState, results: Results) -> dict[str, Any]:
    """Return what can be done with the questions of a step: the first, the second or the third."""
    vote, names = state.vote, [each.id for each in step.items]
    is_it = bool(vote and vote.page == here.slug and vote.phase == step.phase)
    is_open = is_it and vote is not None and vote.state == VoteState.OPEN
    closed = all(state.is_closed(here.slug, name, step.phase) for name in names)
    facts = [name for each in here.steps for name in each.facts]
    shown = [
        {
            "item": each.id,
            "statement": each.question,
            "can": live.acts.can_reveal(state, here.slug, each.id, asked=asked(each)),
            "is": f"{here.slug}/{each.id}" in state.revealed,
            "fact": each.fact if each.fact in facts else next(iter(facts), ""),
            "first_facts": is_majority(each, results.get(each.id, {})),
            "two": len(asked(each)) > 1,
            "result": _table(each, results.get(each.id, {})),
        }
        for each in step.questions
    ]
    before_alone = step.phase == Phase.BEFORE
    myth = next((each for each in shown if each["first_facts"] and not each["is"]), None)
    waiting = [each for each in shown if each["can"] and each["result"] and not each["is"]]
    return {
        "page": here.slug,
        "step": step.slug,
        "phase": step.phase,
        "state": "open" if is_open else "closed" if closed else "none",
        "questions": [each.question for each in step.items],
        "results": shown,
        "before_alone": before_alone,
        "to_show": waiting[0] if waiting and closed and not before_alone else None,
        "first_fact": myth["fact"] if myth and not before_alone else None,
    }


def asked(item: Item) -> tuple[str, ...]:
    """Return the phases that belong together when a room sees its answers to an item."""
    return BOTH if item.keyed or item.kind == Kind.CONFIDENCE else (Phase.AFTER,)


def is_majority(item: Item, phases: Mapping[str, Shares]) -> bool:
    """Return whether most of the room still agree with a myth."""
    shares = phases.get(Phase.AFTER)
    if item.keyed != Keyed.MYTH or shares is None:
        return False
    return percent(shares, AGREEING) > _HALF


def percent(shares: Shares, options: Collection[str]) -> int:
    """Return how many percent chose one of some options; 0 and 99 are no exact numbers."""
    chosen = [each for each in shares.shares if each.option in options]
    most = any(each.level == "nearly all" for each in chosen)
    return 99 if most else min(99, sum(each.percent or 0 for each in chosen))


def _table(item: Item, phases: Mapping[str, Shares]) -> list[dict[str, Any]]:
    """Return a row for each option, with what is shown of it before and now."""
    labels = {str(option.value): option.label for option in item.options}
    found = {
        phase: {each.option: each for each in shares.shares} for phase, shares in phases.items()
    }
    if not any(found.values()):
        return []
    return [
        {"label": label, **{phase: found.get(phase, {}).get(option) for phase in BOTH}}
        for option, label in labels.items()
    ]
