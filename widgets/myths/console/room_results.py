"""What a room answered, as anybody may see it: on the projector, and in the trainer's summary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from myths import live
from myths.catalog import Catalog, Item
from myths.console.plan import LedPart, parts
from myths.console.view import AGREEING, BOTH, percent
from myths.live import Shares
from myths.store import Store
from myths.vocabulary import Keyed, Kind

MOST = 6  # options that there is room for
_NONE = Shares(0, ())


def summary(
    store: Store, code: str, words: Catalog, notebooks: Path | None = None
) -> list[tuple[str, list[dict[str, Any]]]]:
    """List the parts of a workshop by title, each with all results that its room may see.

    Those are what was shown, or could have been: of votes that were closed, before beside after.
    Raises WorkshopError (reason "unknown") and StoreError.
    """
    state = store.live_state(code)

    def results(part: LedPart) -> Iterator[dict[str, Any]]:
        """Yield the results of a part, each with an id of its own."""
        asked = {item.id: item for step in part.steps for item in step.questions}
        for item in asked.values():
            if live.acts.can_reveal(state, part.slug, item.id, asked=part.asked(item.id)):
                found = live.group_change(store, code, state, part.slug, item.id)
                yield result(part, item, found) | {"id": f"{part.slug}-{item.id}"}

    led = parts(words, store.workshop(code, joinable=False), notebooks)
    found = [(part.title, list(results(part))) for part in led]
    return [(title, shown) for title, shown in found if shown]


def result(part: LedPart, item: Item, found: Mapping[str, Shares]) -> dict[str, Any]:
    """Return what is shown of a question whose shares were `found`, by phase."""
    phases = [each for each in part.asked(item.id) if found.get(each) and found[each].people]
    return {
        "statement": item.question,
        "is_belief": item.keyed == Keyed.MYTH,
        "phases": phases,
        "people": {each: found[each].people for each in phases},
        "rows": _most([_row(item, *group, found) for group in _groups(item)]),
        "two": len(phases) > 1,
        "agreed": {each: percent(found[each], AGREEING) for each in phases if item.keyed},
    }


def _most(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of a result that there is room for: those with the most answers."""
    least = sorted(rows, key=lambda row: -max(row[phase] for phase in BOTH))[MOST:]
    return [each for each in rows if each not in least]


def _groups(item: Item) -> list[tuple[str, list[str]]]:
    """Return the rows of a result: of a scale who agrees, who does not, and who is between."""
    options = [(option.label, str(option.value), option.value) for option in item.options]
    if item.kind == Kind.CONFIDENCE:
        names = [name for _, name, _ in options]
        return [
            (f"{part[0]} \N{EN DASH} {part[-1]}", part)
            for part in (names[7:], names[4:7], names[:4])
        ]
    if not item.keyed:
        return [(label, [name]) for label, name, _ in options]
    middle = next(label for label, _, value in options if value == 3)
    agree = next(label for label, _, value in options if value == 4)
    other = next(label for label, _, value in options if value == 2)
    return [
        (agree, list(AGREEING)),
        (middle, ["3"]),
        (other, [name for _, name, value in options if value < 3]),
    ]


def _row(item: Item, label: str, options: list[str], found: Mapping[str, Shares]) -> dict[str, Any]:
    """Return how many percent chose some options, by phase."""
    return {
        "label": label,
        "is_agreeing": bool(item.keyed) and "5" in options,
        **{phase: percent(found.get(phase, _NONE), options) for phase in BOTH},
    }
