"""What a group sees of its answers now; looking may make the next batch, and shows no more."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from myths.live import suppression
from myths.live.suppression import FEWEST, Shares
from myths.store import QuestionKey, Store


def group_shares(
    store: Store, workshop: str, place: QuestionKey, *, options: Sequence[str], k: int = FEWEST
) -> Shares:
    """Return the shares of a question's `options` (as "1") in a workshop, once k people answered.

    Raises WorkshopError (reason "unknown", or "unfit" for k below 5) and StoreError.
    """
    rule = partial(suppression.next_counts, k=k)
    _, batches = store.batches(workshop, place, rule=rule)
    return suppression.shares(batches, options=options)


def group_texts(
    store: Store, workshop: str, place: QuestionKey, *, k: int = FEWEST
) -> list[tuple[str, ...]]:
    """Return the texts that their authors let the group read, batch by batch, each mixed.

    Raises WorkshopError (reason "unknown", or "unfit" for k below 5) and StoreError.
    """
    rule = partial(suppression.next_texts, k=k)
    answers, batches = store.batches(workshop, place, rule=rule)
    return suppression.texts(answers, batches)
