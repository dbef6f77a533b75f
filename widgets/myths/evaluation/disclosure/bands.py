"""What may be shown about few people: counts grouped until none stands for fewer than k.

Neighbouring answers are put together rather than left out: a cell that is only left out can be
worked out from the total and the others. How many people came, left or stayed is told in steps of
k: from exact numbers one could work out how many left, though that number itself is left out.
Nothing here says how many people a small group has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from myths.evaluation.words import NUMBERS

K = 5  # the fewest people that a number, a bar or a sentence may be about


@dataclass(frozen=True)
class Band:
    """Neighbouring answers shown as one, places `low` to `high` counted from 0.

    `count` is None where fewer than k people are in it, perhaps nobody, or all the others;
    then `nearly` tells which of the two.
    """

    low: int
    high: int
    count: int | None
    nearly: str = ""

    @property
    def many(self) -> bool:
        """Return whether nearly all or most are in it."""
        return self.nearly in ("nearly all", "most")

    def __str__(self) -> str:
        """Write the count, or that it is nearly all or nearly none."""
        return NUMBERS.words.nearly[self.nearly] if self.nearly else str(self.count)


def grouped(*tallies: Sequence[int], k: int = K) -> list[tuple[Band, ...]]:
    """Group counts of an ordered scale until each group has at least k people.

    Several tallies of the same scale, as before and after, are grouped alike, so that they can be
    compared. Of all groupings into neighbours that reach k everywhere: the one with the most
    groups, then with the fewest that mix both sides of the scale's middle, then the most even one.
    If none has two groups, a tally in which all except fewer than k people gave neighbouring
    answers is told in words: "nearly all" there and "nearly none" elsewhere, "most" and "few" of
    fewer than 4 k people. Otherwise, and of fewer than 2 k people, nothing: an empty tuple.
    """

    def merit(cut: _Cut) -> tuple[float, ...]:
        evenness = -max(max(_sums(tally, cut)) for tally in tallies)
        exact = sum(min(_sums(tally, cut)) >= k for tally in tallies)
        return (exact, -_mixed(cut, len(tallies[0])), len(cut), evenness)

    cuts = [cut for cut in _cuts(len(tallies[0])) if len(cut) > 1]
    exact = [cut for cut in cuts if all(min(_sums(tally, cut)) >= k for tally in tallies)]
    if exact:
        cut = max(exact, key=lambda cut: (len(cut), *merit(cut)))
    else:
        told = [cut for cut in cuts if all(_bands(tally, cut, k) for tally in tallies)]
        cut = max(told, key=merit, default=())
    return [_bands(tally, cut, k) for tally in tallies]


def share(count: int, total: int, *, k: int = K) -> str:
    """Write a share of people: "38 %", "few", "most", "nearly none", "nearly all", "not shown"."""
    (bands,) = grouped([count, total - count], k=k)
    if not bands:
        return NUMBERS.words.not_shown
    return str(bands[0]) if bands[0].nearly else f"{count / total:.0%}".replace("%", " %")


def stepped(people: int, *, k: int = K) -> str:
    """Return how many people there were in steps of k: "fewer than 5", "5 to 9", "60 to 64".

    Rounding to a base is an old rule for counts of which one is a part of another (Handbook on
    Statistical Disclosure Control, chapter 5): no difference of two of them says exactly that one
    to k - 1 people left, nor does the rule itself say anything about how many did.
    """
    words = NUMBERS.words
    low = people - people % k
    high = topmost(people, k=k)
    return words.range.format(low=low, high=high) if low else words.fewer.format(n=k)


def topmost(people: int, *, k: int = K) -> int:
    """Return the highest number of the step that a number is in."""
    return people - people % k + k - 1


def middle(people: int, *, k: int = K) -> float:
    """Return the middle of the step that a number is in, to be drawn in place of the number."""
    return people - people % k + (k - 1) / 2


def lost(before: int, after: int, *, k: int = K) -> str:
    """Return how many left between two numbers that are told in steps, by these steps alone.

    The exact number, though in steps, could be worked out where one of the two is known exactly.
    """
    steps = before // k - after // k
    low, high = (steps - 1) * k + 1, (steps + 1) * k - 1
    words = NUMBERS.words
    return words.range.format(low=low, high=high) if steps > 1 else words.fewer.format(n=high + 1)


def enough(sizes: Sequence[int], *, k: int = K) -> list[bool]:
    """Return which groups may be shown beside their total.

    A group of fewer than k is hidden; if the hidden ones together are fewer than k, the smallest
    of the others is hidden with them, for it would give them away.
    """
    shown = [size >= k for size in sizes]
    hidden = sum(size for size, visible in zip(sizes, shown, strict=True) if not visible)
    if 0 < hidden < k and any(shown):
        shown[min((size, place) for place, size in enumerate(sizes) if shown[place])[1]] = False
    return shown


_Cut = tuple[tuple[int, int], ...]


def _cuts(length: int) -> Iterator[_Cut]:
    for parts in range(1, length + 1):
        for starts in combinations(range(1, length), parts - 1):
            edges = [0, *starts, length]
            yield tuple((low, high - 1) for low, high in pairwise(edges))


def _sums(counts: Sequence[int], cut: _Cut) -> list[int]:
    return [sum(counts[low : high + 1]) for low, high in cut]


def _mixed(cut: _Cut, length: int) -> float:
    """Count the groups that reach across the middle, one that does so on both sides twice."""
    middle = (length - 1) / 2
    mixed = 0.0
    for low, high in cut:
        mixed += (low <= middle <= high) * ((low < middle) + (high > middle))
    return mixed


def _bands(tally: Sequence[int], cut: _Cut, k: int) -> tuple[Band, ...]:
    """Cut a tally into groups that can be told; an empty tuple if one of them cannot."""
    sums = _sums(tally, cut)
    if not cut or min(sums) >= k:
        return tuple(Band(*ends, n) for ends, n in zip(cut, sums, strict=True))
    total, most = sum(sums), max(sums)
    if total < 2 * k or total - most >= k:
        return ()
    few, many = ("few", "most") if total < 4 * k else ("nearly none", "nearly all")
    words = [many if n == most else few for n in sums]
    return tuple(Band(*ends, None, word) for ends, word in zip(cut, words, strict=True))
