"""What the console shows: where the room is, what to do next, and all else that one can."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from myths import live
from myths.catalog import Item
from myths.console import plan
from myths.console.led_step import LedStep, LedVote
from myths.console.plan import LedPart
from myths.live import Shares, told
from myths.store import Attendance, LiveState
from myths.vocabulary import Curtain, Keyed, Pace, Phase, Scene, VoteState

BOTH = (Phase.BEFORE, Phase.AFTER)  # in which a room answers
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
    votes = [_vote(here, each, state, results) for each in _led(here, step, state) if begun]
    first = _first(votes, state)
    for vote in votes:
        vote["primary"] = _primary(vote, state) if vote is first else ""
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
        "step": step.slug,
        "votes": votes,
        "primary": first["primary"] if first else "next",
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


def _led(here: LedPart, step: LedStep, state: LiveState) -> list[LedVote]:
    """Return the votes of a step, and before them one of another step that is still open."""
    others = [vote for each in here.steps if each != step for vote in each.votes]
    is_open = state.vote is not None and state.vote.state == VoteState.OPEN
    return [
        *(each for each in others if is_open and plan.is_vote(state.vote, here, each)),
        *step.votes,
    ]


def _first(votes: Sequence[dict[str, Any]], state: LiveState) -> dict[str, Any] | None:
    """Return the vote of a step with which something is to be done: before others, an open one."""
    waiting = [each for each in votes if _primary(each, state) != "next"]
    return next((each for each in waiting if each["state"] == "open"), next(iter(waiting), None))


def _primary(vote: Mapping[str, Any], state: LiveState) -> str:
    """Return the one thing to do next: open the question, close it, show it, or go on.

    Where a myth has the majority, its fact is shown before that.
    """
    if vote["state"] != "closed":
        return "close" if vote["state"] == "open" else "open"
    if vote["first_fact"] and state.scene != Scene.FACT:
        return "fact"
    return "show" if vote["to_show"] else "next"


def _place(place: tuple[LedPart, LedStep], here: LedPart) -> dict[str, str]:
    part, step = place
    title = step.title if part == here else part.title
    return {"page": part.slug, "step": step.slug, "title": title or part.title}


def _vote(here: LedPart, led: LedVote, state: LiveState, results: Results) -> dict[str, Any]:
    """Return what can be done with the questions of a vote: the first, the second or the third."""
    names = plan.ids(led.items)
    is_it = plan.is_vote(state.vote, here, led)
    is_open = is_it and state.vote is not None and state.vote.state == VoteState.OPEN
    closed = all(state.is_closed(here.slug, name, led.phase) for name in names)
    facts = [name for each in here.steps for name in each.facts]
    shown = [
        {
            "item": each.id,
            "statement": each.question,
            "can": live.acts.can_reveal(state, here.slug, each.id, asked=here.asked(each.id)),
            "is": f"{here.slug}/{each.id}" in state.revealed,
            "fact": each.fact if each.fact in facts else next(iter(facts), ""),
            "first_facts": is_majority(each, results.get(each.id, {})),
            "two": len(here.asked(each.id)) > 1,
            "result": _table(each, results.get(each.id, {})),
        }
        for each in led.questions
    ]
    before_alone = led.phase == Phase.BEFORE
    myth = next((each for each in shown if each["first_facts"] and not each["is"]), None)
    waiting = [each for each in shown if each["can"] and each["result"] and not each["is"]]
    return {
        "page": here.slug,
        "phase": led.phase,
        "own": led.own,
        "item": names[0],
        "state": "open" if is_open else "closed" if closed else "none",
        "questions": [each.question for each in led.items],
        "results": shown,
        "before_alone": before_alone,
        "never": led.own and before_alone and not here.is_asked(names[0], Phase.AFTER),
        "to_show": waiting[0] if waiting and closed and not before_alone else None,
        "first_fact": myth["fact"] if myth and not before_alone else None,
    }


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
