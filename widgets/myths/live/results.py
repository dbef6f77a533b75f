"""What a group sees of its answers: the sum of the batches that were made when votes were closed.

While a vote is open nothing of it is looked at, since each look makes a batch: looked at after each
answer, of 8 people the last 3 would never be shown, and few who disagree would vanish in batches of
five.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from myths.live import suppression
from myths.live.suppression import GroupText, Shares
from myths.store import LiveState, QuestionKey, Store, Vote
from myths.vocabulary import LATER, Phase, Scene, VoteState

looks: Counter[str] = Counter()  # of this process: those "shown", and those "suppressed"


def group_shares(
    store: Store, workshop: str, place: QuestionKey, *, options: Sequence[str]
) -> Shares:
    """Return the shares of a question's `options` (as "1"), once enough people answered.

    How many that are is the workshop's to say. Raises WorkshopError (reason "unknown") and
    StoreError.
    """
    _, batches = store.batches(workshop, place, rule=suppression.next_counts)
    found = suppression.shares(batches, options=options, k=_fewest(store, workshop))
    looks["shown" if found.people else "suppressed"] += 1
    return found


def gather_texts(store: Store, workshop: str, place: QuestionKey) -> None:
    """Make a batch of the texts that their authors let the group read and that are in none yet.

    Raises WorkshopError (reason "unknown") and StoreError.
    """
    store.batches(workshop, place, rule=suppression.next_texts)


def group_texts(store: Store, workshop: str, place: QuestionKey) -> list[tuple[GroupText, ...]]:
    """Return the texts that were gathered, batch by batch, each mixed; a look makes no batch.

    Raises WorkshopError (reason "unknown") and StoreError.
    """
    answers, batches = store.batches(workshop, place, rule=lambda *_: None)
    return suppression.texts(answers, batches, k=_fewest(store, workshop))


def wall(store: Store, workshop: str, state: LiveState) -> tuple[GroupText, ...]:
    """Return the gathered and approved texts that are shown; none while something else is.

    Raises WorkshopError (reason "unknown") and StoreError.
    """
    page, _, item = state.detail.partition("/")
    if state.scene != Scene.WALL or not item:
        return ()
    gathered = group_texts(store, workshop, QuestionKey(page, item, Phase.AFTER))
    return tuple(each for batch in gathered for each in batch if each.key in state.approved)


def settle(store: Store, workshop: str, vote: Vote) -> None:
    """Make one batch of everybody who answered, of each question of a vote that was closed.

    Raises WorkshopError (reason "unknown") and StoreError.
    """
    for item in vote.asked:
        place = QuestionKey(vote.page, item, vote.phase)
        store.batches(workshop, place, rule=suppression.next_counts)


def group_change(
    store: Store, workshop: str, state: LiveState, page: str, item: str
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
        if state.is_closed(page, item, phase):
            options = store.offered(workshop, place)
            found[phase.value] = group_shares(store, workshop, place, options=options)
    return found


def revealed(store: Store, workshop: str, state: LiveState) -> dict[str, dict[str, Shares]]:
    """Return the results that phones show now: of the page where the room is, by "page/item"."""
    found = {}
    for name in state.revealed:
        page, _, item = name.partition("/")
        if page == state.page:
            found[name] = group_change(store, workshop, state, page, item)
    return found


def _fewest(store: Store, workshop: str) -> int:
    return store.workshop(workshop, joinable=False).k
