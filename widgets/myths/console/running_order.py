"""The running order of a part: what is done for how long, what comes next, and how late it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from myths.catalog import Catalog, Html, PlanEntry
from myths.console.led_step import LedStep
from myths.console.plan import LedPart
from myths.store import LiveState, Workshop
from myths.vocabulary import Step


@dataclass(frozen=True)
class RunningOrder:
    """A part's plan at one time: its `entries`, `now` those of the step where the room is.

    `ends` is when the part should be over, `late` how many minutes the room is behind the end of
    its step. After it there is a `pause` of so many minutes, and the part `after`.
    """

    minutes: int | None
    entries: tuple[PlanEntry, ...]
    now: tuple[PlanEntry, ...]
    following: PlanEntry | None
    ends: datetime | None
    late: int
    pause: int | None
    after: LedPart | None
    after_minutes: int | None


def running_order(
    catalog: Catalog,
    workshop: Workshop,
    parts: Sequence[LedPart],
    place: tuple[LedPart, LedStep],
    state: LiveState,
    now: datetime,
) -> RunningOrder:
    """Return the running order of the part where a room is."""
    part, step = place
    series, route, short = catalog.series, workshop.route, workshop.short
    minutes = series.minutes(route, part.slug, short=short)
    is_module = part.slug in series.modules
    entries = _on_page(series.plans.get(minutes or 0, ()) if is_module else (), part)
    kinds = [each.kind for each in part.steps]
    come = [each for each in entries if kinds.index(each.step) <= part.steps.index(step)]
    ahead = entries[len(come) :]
    until = sum(each.minutes for each in come) if entries else minutes or 0
    begun = state.since if state.page == part.slug else None
    behind = now - (begun + timedelta(minutes=until)) if begun and until else timedelta()
    position = parts.index(part) + 1
    after = parts[position] if position < len(parts) else None
    return RunningOrder(
        minutes,
        entries,
        tuple(each for each in entries if each.step == step.kind),
        ahead[0] if ahead else None,
        begun + timedelta(minutes=minutes) if begun and minutes else None,
        max(0, behind // timedelta(minutes=1)),
        _pause(catalog, route, part.slug),
        after,
        series.minutes(route, after.slug, short=short) if after else None,
    )


def _on_page(plan: Sequence[PlanEntry], part: LedPart) -> tuple[PlanEntry, ...]:
    """Return the entries for which the page has a step, in the order of these steps."""
    kinds = [each.kind for each in part.steps]
    there = [each for each in plan if each.step in kinds]
    return tuple(sorted(there, key=lambda each: kinds.index(each.step)))


def guide(
    catalog: Catalog, part: LedPart, step: LedStep, order: RunningOrder
) -> dict[str, object] | None:
    """Return what the trainer's guide to a part says at a step, and all of it. None without one.

    Raises ContentError.
    """
    if part.slug not in catalog.series.modules:
        return None
    told, headings = catalog.guide(part.slug), catalog.ui.guide
    tied = catalog.module(part.slug).guide
    say, objections = (
        _at(step, told.sections.get(words, ()), numbers)
        for words, numbers in ((headings.say, tied.say), (headings.objections, tied.objections))
    )
    return {
        "whole": told.whole,
        "doing": [told.doing[each.act] for each in order.now if each.act in told.doing],
        "say": say,
        "objections": objections,
        "support": told.sections.get(headings.support, ()),
    }


def _at(step: LedStep, told: Sequence[Html], tied: Mapping[Step, Sequence[int]]) -> list[Html]:
    """Return what belongs to a step, or to none."""
    elsewhere = {n for kind, numbers in tied.items() if kind != step.kind for n in numbers}
    here = tied.get(Step(step.kind), ()) if step.kind else ()
    return [each for n, each in enumerate(told, 1) if n in here or n not in elsewhere]


def _pause(catalog: Catalog, route: str, page: str) -> int | None:
    """Return how long the pause after a page is, if the route has one there."""
    day = catalog.series.day(route)
    for before, entry in pairwise(day):
        if before.page == page and entry.page is None:
            return entry.minutes
    return None
