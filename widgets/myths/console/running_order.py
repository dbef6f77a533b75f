"""The running order of a part: what is done for how long, what comes next, and how late it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from myths.catalog import Catalog, Html, PlanEntry
from myths.console.plan import LedPart, LedStep
from myths.store import LiveState, Workshop


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
    entries = series.plans.get(minutes or 0, ()) if is_module else ()
    order = [each.slug for each in part.steps]
    come = [each for each in entries if order.index(each.step) <= order.index(step.slug)]
    ahead = entries[len(come) :]
    until = sum(each.minutes for each in come) if entries else minutes or 0
    begun = state.since if state.page == part.slug else None
    behind = now - (begun + timedelta(minutes=until)) if begun and until else timedelta()
    position = parts.index(part) + 1
    after = parts[position] if position < len(parts) else None
    return RunningOrder(
        minutes,
        entries,
        tuple(each for each in entries if each.step == step.slug),
        ahead[0] if ahead else None,
        begun + timedelta(minutes=minutes) if begun and minutes else None,
        max(0, behind // timedelta(minutes=1)),
        _pause(catalog, route, part.slug),
        after,
        series.minutes(route, after.slug, short=short) if after else None,
    )


def guide(catalog: Catalog, part: LedPart, order: RunningOrder) -> dict[str, object] | None:
    """Return what the trainer's guide to a part says here, if it has one. Raises ContentError."""
    if part.slug not in catalog.series.modules:
        return None
    told, headings = catalog.guide(part.slug), catalog.ui.guide
    sections = {
        name: told.sections.get(getattr(headings, name), Html())
        for name in ("say", "objections", "support")
    }
    doing = [told.doing[each.act] for each in order.now if each.act in told.doing]
    return {"whole": told.whole, "doing": doing, **sections}


def _pause(catalog: Catalog, route: str, page: str) -> int | None:
    """Return how long the pause after a page is, if the route has one there."""
    day = catalog.series.day(route)
    for before, entry in pairwise(day):
        if before.page == page and entry.page is None:
            return entry.minutes
    return None
