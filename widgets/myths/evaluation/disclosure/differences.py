"""Whose answers a report may count, so that no difference to an earlier one tells of few people.

Whoever has two rows about the same question can subtract them, and of several rows each from what
the others leave. All that can come out of it is about the *cells* into which the rows divide the
people: those who are in the same rows. So each cell that is not empty must hold at least k people.
Who would be alone in a cell is left out of the new row, as are some others by lot, where somebody
who was counted before is gone: then at least k people are gone, and nobody knows which of them
withdrew. An answer that was changed is another answer: its author leaves and comes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from myths.store import Mark

Row = frozenset[Mark]  # whose answers are in something that was published


def counted(people: Mapping[str, Sequence[Mark]], earlier: Sequence[Row], *, k: int) -> set[str]:
    """Choose who counts in a new row beside earlier rows about the same question.

    `people` {name: marks} are those who could count; any of somebody's marks may be in an earlier
    row. The same people and rows give the same choice.
    """
    signatures: dict[Mark, int] = defaultdict(int)
    for number, row in enumerate(earlier):
        for mark in row:
            signatures[mark] |= 1 << number
    here: dict[int, list[str]] = defaultdict(list)
    for name in sorted(people, key=lambda name: people[name][0]):  # a lot that nobody draws
        signature = 0
        for mark in people[name]:
            signature |= signatures.pop(mark, 0)
        here[signature].append(name)
    gone = Counter(signatures.values())  # what is left belongs to nobody here
    chosen: set[str] = set()
    for signature, names in here.items():
        leaves = k - gone[signature] if 0 < gone[signature] < k else 0
        stay = names[leaves:]
        if len(stay) >= k:
            chosen.update(stay)
    return chosen


def smallest_cell(rows: Iterable[Row]) -> int:
    """Return how many people are in the smallest cell into which rows divide them; 0 of nobody."""
    signatures: dict[Mark, int] = defaultdict(int)
    for number, row in enumerate(rows):
        for mark in row:
            signatures[mark] |= 1 << number
    return min(Counter(signatures.values()).values(), default=0)
