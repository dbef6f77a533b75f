"""What a group sees of its answers: the sum of the batches that were made when votes were closed.

While a vote is open nothing of it is looked at, since each look makes a batch: looked at after each
answer, of 8 people the last 3 would never be shown, and few who disagree would vanish in batches of
five.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from myths.live import suppression
from myths.live.suppression import FEWEST, Shares
from myths.store import LiveState, QuestionKey, Store, Vote
from myths.vocabulary import LATER, Phase, VoteState


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


def settle(store: Store, workshop: str, vote: Vote, *, k: int = FEWEST) -> None:
    """Make one batch of everybody who answered, of each question of a vote that was closed.

    Raises WorkshopError (reason "unknown", or "unfit" for k below 5) and StoreError.
    """
    rule = partial(suppression.next_counts, k=k)
    for item in vote.asked:
        store.batches(workshop, QuestionKey(vote.page, item, vote.phase), rule=rule)


def group_change(
    store: Store, workshop: str, state: LiveState, page: str, item: str, *, k: int = FEWEST
) -> dict[str, Shares]:
    """Return what the group answered to a question, for each phase of which the vote was closed.

    While it is voted on, it is nothing. Raises WorkshopError and StoreError.
    """
    vote = state.vote
    if vote and vote.state == VoteState.OPEN and vote.page == page and item in vote.asked:
        return {}
    found = {}
    for phase in (Phase.BEFORE, *LATER):
        place = QuestionKey(page, item, phase)
        if state.is_closed(page, item, phase) and (options := store.offered(place)):
            found[phase.value] = group_shares(store, workshop, place, options=options, k=k)
    return found


def revealed(
    store: Store, workshop: str, state: LiveState, *, k: int = FEWEST
) -> dict[str, dict[str, Shares]]:
    """Return the results that phones show now: of the page where the room is, by "page/item"."""
    found = {}
    for name in state.revealed:
        page, _, item = name.partition("/")
        if page == state.page:
            found[name] = group_change(store, workshop, state, page, item, k=k)
    return found
