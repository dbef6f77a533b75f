"""When a participant of a rehearsal is asked what, as in the plan of a module and of a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from myths.catalog import Catalog, Item, ModuleContent
from myths.samples.answers import answers
from myths.samples.people import Person
from myths.vocabulary import Kind, Phase, SharedItem

Asking = tuple[datetime, Item, Phase]

_MODULE = timedelta(minutes=55)  # 45 and a break
_LATER = timedelta(days=91)
_RATED: tuple[tuple[Phase, int], ...] = ((Phase.BEFORE, 4), (Phase.AFTER, 40))
_MINUTES: dict[Kind, tuple[tuple[Phase, int], ...]] = {  # by an item's kind: phase and minute
    Kind.RATING: _RATED,
    Kind.CONFIDENCE: _RATED,
    Kind.RECALL: ((Phase.AFTER, 20), (Phase.BEFORE, 20)),  # a first try is kept once it is chosen
    Kind.TEXT: ((Phase.AFTER, 33),),
    Kind.COMMITMENT: ((Phase.AFTER, 43),),
}
_REASON: tuple[tuple[Phase, int], ...] = ((Phase.BEFORE, 5),)  # the one text that is asked before


def asked(person: Person, content: Catalog) -> list[Asking]:
    """List what the participant sees and when they come to it, in order; UTC."""
    dice = person.dice("pace")
    pace = dice.uniform(0.6, 1.6)
    clock = person.meeting.opens
    met: list[Asking] = []
    for start, item, phase in sorted(_plan(person, content), key=lambda asking: asking[0]):
        longest = 25 if item.options else 90
        clock = max(clock, start) + timedelta(seconds=round(pace * dice.uniform(5, longest)))
        met.append((clock, item, phase))
    return met


def _plan(person: Person, content: Catalog) -> Iterator[Asking]:
    route = person.meeting.route(content.series.modules)
    done = route[: int(person.stays * len(route))]
    for place, slug in enumerate(done):
        start = person.meeting.opens + place * _MODULE
        for item in content.module(slug).items:
            if item.id == SharedItem.PLAN:
                continue  # it is asked at the follow-up
            reason = item.id == SharedItem.REASON
            for phase, minute in _REASON if reason else _MINUTES[item.kind]:
                yield start + timedelta(minutes=minute), item, phase
    end = person.meeting.opens + len(route) * _MODULE
    later = end + _LATER + timedelta(hours=person.dice("return").uniform(0, 240))
    for page in map(content.page, content.series.pages):
        if page.asks_modules and person.returns and done:
            modules = [content.module(slug) for slug in done]
            planned = [each.item(SharedItem.PLAN) for each in modules if _planned(person, each)]
            again = [each.primary for each in modules]
            yield from ((later, item, Phase.FOLLOWUP) for item in (*planned, *again, *page.items))
        elif not page.asks_modules and done == route:
            yield from ((end, item, Phase.AFTER) for item in page.items)


def _planned(person: Person, module: ModuleContent) -> bool:
    """Return whether somebody's plan is there in the end."""
    halves = (SharedItem.COMMITMENT_IF, SharedItem.COMMITMENT_THEN)
    said = [list(answers(person, module.item(half), Phase.AFTER)) for half in halves]
    return any(each and each[-1].text for each in said)
