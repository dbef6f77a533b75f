"""What may be shown about few people: counts grouped until none stands for fewer than k.

Neighbouring answers are put together rather than left out: a cell that is only left out can be
worked out from the total and the others. Nothing here says how many people a small group has; how
many people there are is told in `people_steps`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from myths.evaluation.words import EvaluationWords

_THREE = 3  # answers, of which the middle one is by itself if each is
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

    def told(self, words: EvaluationWords) -> str:
        """Write the count, or that it is nearly all or nearly none."""
        if self.count is None:
            return str(words.numbers.nearly[self.nearly])
        return words.count(self.count)


def grouped(*tallies: Sequence[int], k: int = K) -> list[tuple[Band, ...]]:
    """Group counts of an ordered scale until each group has at least k people.

    Several tallies of the same scale, as before and after, are grouped alike, so that they can be
    compared: each answer by itself, or else the middle one between both sides, or else two groups
    that part as near to the middle as can be; the first of these that reaches k everywhere. If none
    does, in the two groups that part nearest to the middle of which this can be told, "nearly all"
    stands for all people but fewer than k and "nearly none" for these, "most" and "few" of fewer
    than 4 k people. Of fewer than 2 k people, nothing: an empty tuple.
    """
    cuts = list(_cuts(len(tallies[0])))
    exact = (cut for cut in cuts if all(min(_sums(tally, cut)) >= k for tally in tallies))
    told = (cut for cut in cuts[1:] or cuts if all(_bands(tally, cut, k) for tally in tallies))
    cut = next(exact, None) or next(told, ())
    return [_bands(tally, cut, k) for tally in tallies]


def share(count: int, total: int, words: EvaluationWords, *, k: int = K) -> str:
    """Write a share of people: "38 %", "few", "most", "nearly none", "nearly all", "not shown"."""
    (bands,) = grouped([count, total - count], k=k)
    if not bands:
        return words.numbers.not_shown
    if bands[0].nearly:
        return bands[0].told(words)
    return words.numbers.percent.format(n=f"{count / total:.0%}".removesuffix("%"))


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
    """Yield the ways to cut a scale, in a fixed order: which one is taken must tell little."""
    yield tuple((place, place) for place in range(length))
    middle, odd = divmod(length, 2)
    if odd and length > _THREE:
        yield (0, middle - 1), (middle, middle), (middle + 1, length - 1)
    if length < _THREE:
        return
    for start in sorted(range(1, length), key=lambda start: abs(2 * start - length)):
        yield (0, start - 1), (start, length - 1)


def _sums(counts: Sequence[int], cut: _Cut) -> list[int]:
    return [sum(counts[low : high + 1]) for low, high in cut]


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
