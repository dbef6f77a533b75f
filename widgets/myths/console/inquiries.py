"""Questions from the room as a trainer sees them: without a name, equal ones together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from myths.catalog import Catalog
from myths.console.plan import part_title
from myths.store import Inquiry, Store
from myths.vocabulary import InquiryState, Step

Group = list[Inquiry]


def view(asked: Sequence[Inquiry], words: Catalog, *, shown: str) -> dict[str, Any]:
    """Return what the template shows; `shown` is the key of the one on the projector."""
    groups = _groups(asked)
    told = {
        state.value: [
            _group(group, words, shown=shown) for group in groups if group[0].state == state
        ]
        for state in InquiryState
    }
    new = len(told[InquiryState.NEW])
    return {
        **told,
        "told": words.ui.console.inquiries_new.of(new) if new else "",
        "counts": {"new": new, "answered": len(told[InquiryState.ANSWERED])},
    }


def mark(store: Store, code: str, key: str, state: InquiryState) -> None:
    """Note what became of a question, and of all in the same words and state.

    Raises WorkshopError (reason "unknown") and StoreError.
    """
    groups = _groups(store.inquiries(code))
    same = next((group for group in groups if any(each.key == key for each in group)), [])
    store.mark_inquiries(code, [each.key for each in same], state)


def place_title(words: Catalog, page: str, step: str) -> str:
    """Name the page and the step where somebody was; empty for a page that is not there."""
    series = words.series
    if page not in (*series.modules, *series.pages):
        return ""
    title = part_title(words, page)
    return f"{title} · {words.ui.steps[step]}" if step in Step.words() else title


def _groups(asked: Sequence[Inquiry]) -> list[Group]:
    """Put together those of one state whose words are the same but for case and signs."""
    groups: dict[tuple[str, str], Group] = {}
    for each in asked:
        groups.setdefault((each.state, _plain(each.text)), []).append(each)
    return [*groups.values()]


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"\w+", folded)) or folded


def _group(group: Group, words: Catalog, *, shown: str) -> dict[str, Any]:
    first = next((each for each in group if each.key == shown), group[0])
    places = dict.fromkeys(place_title(words, each.page, each.step) for each in group)
    return {
        "key": first.key,
        "text": first.text,
        "places": [place for place in places if place],
        "times": len(group),
        "shown": first.key == shown,
    }
