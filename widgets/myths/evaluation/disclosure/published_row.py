"""What is published of a question that people answered twice: one object for each.

A row holds a few coarse numbers, and whatever a table, a picture or a sentence says of the question
is worked out from these alone. So nothing more can be learned from a report than from its rows;
docs/decisions/0020-published-rows.md has why they leave each count below k at least two values.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from scipy import stats  # type: ignore[import-untyped]  # scipy ships no types

from myths.evaluation.data.strata import CLUSTERS_FROM
from myths.evaluation.disclosure.bands import Band
from myths.evaluation.stats.ranks import LEVEL
from myths.evaluation.words import EvaluationWords

PLACES = 5  # answers of a scale, from the low end to the high one
SPAN = PLACES - 1  # scale points from one end to the other


@dataclass(frozen=True)
class PublishedRow:
    """All that is published of one wording of a question that at least k people answered twice.

    `n` is how many. `before` and `later` are cut alike, and empty for fewer than 2 k people. `mean`
    is the mean change in tenths of a point; where `end` is -1 or 1, it is that or less, or more: so
    near to the least or the most that the groups allow, it would tell answers. `spread` is a round
    number that the standard deviation of a change does not exceed. `most` is the most people who
    may have been asked; None if these may be the ones who have a pair. `by_workshop` tells that
    whole workshops were counted. `question` is in the words in which it was asked, and `meaning`
    what it says in the language of a report in another one, if that is known.
    """

    question: str
    module: str
    item: str
    wording: str
    language: str
    kind: str
    keyed: str
    primary: bool
    n: int
    most: int | None
    before: tuple[Band, ...]
    later: tuple[Band, ...]
    mean: float | None = None
    end: int = 0
    spread: float | None = None
    by_workshop: bool = False
    meaning: str = ""

    def asked(self, words: EvaluationWords) -> str:
        """Return the question for a report in these words, beside its meaning in them."""
        return words.asked(self.question, self.language, meaning=self.meaning)

    @property
    def interval(self) -> tuple[float, float] | None:
        """Return the 95 % interval of the mean change, too wide rather than too narrow."""
        if self.mean is None or self.spread is None:
            return None
        far = float(stats.t.ppf((1 + LEVEL) / 2, self._freedom)) * self.spread / sqrt(self.n)
        return self.mean - far, self.mean + far

    @property
    def p(self) -> float | None:
        """Return the p of the mean change, too large rather than too small."""
        if self.mean is None or self.spread is None:
            return None
        far = abs(self.mean) / self.spread * sqrt(self.n)
        return float(2 * stats.t.sf(far, self._freedom))

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Return where the mean could lie, had all who may be missing gone from end to end."""
        if self.mean is None or self.end or self.most is None:
            return None
        centre, reach = self.mean * self.n / self.most, SPAN * (self.most - self.n) / self.most
        return centre - reach, centre + reach

    @property
    def _freedom(self) -> int:
        return CLUSTERS_FROM - 1 if self.by_workshop else self.n - 1
