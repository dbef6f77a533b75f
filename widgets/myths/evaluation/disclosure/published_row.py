"""What is published of a question that people answered twice: one object for each.

A row holds a few coarse numbers, and whatever a table, a picture or a sentence says of the question
is worked out from these alone. So nothing more can be learned from a report than from its rows;
docs/decisions/0020-published-rows.md has why they leave each count below k at least two values.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from scipy import stats  # type: ignore[import-untyped]  # scipy ships no types

from myths.evaluation.data.strata import FLIPS_FROM
from myths.evaluation.disclosure.bands import Band
from myths.evaluation.stats.ranks import LEVEL
from myths.evaluation.words import EvaluationWords, joined

PLACES = 5  # answers of a scale, from the low end to the high one
SPAN = PLACES - 1  # scale points from one end to the other


@dataclass(frozen=True)
class PublishedRow:
    """All that is published of one wording of a question that at least k people answered twice.

    `n` is how many. `before` and `later` are cut alike, and empty for fewer than 2 k people. `mean`
    is the mean change in tenths of a point; where `end` is -1 or 1, it is that or less, or more: so
    near to the least or the most that the groups allow, it would tell answers. `spread` is a round
    number that the standard deviation of a change does not exceed; of a few workshops it is `far`
    in its place, that the 95 % interval of their mean does not go beyond, to either side of `mean`.
    `most` is the most people who may have been asked; None if these may be the ones who have a
    pair. `rooms` is the number of workshops from which a rule counts them as a whole, and 0 where
    people are counted. `question` is in the words in which it was asked, and `meaning`
    what it says in the language of a report in another one, if that is known; `title` names its
    module.
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
    before: tuple[Band, ...]
    later: tuple[Band, ...]
    most: int | None = None
    mean: float | None = None
    end: int = 0
    spread: float | None = None
    far: float | None = None
    rooms: int = 0
    meaning: str = ""
    title: str = ""

    def asked(self, words: EvaluationWords) -> str:
        """Return the question for a report in these words, after its module, beside its meaning."""
        asked = words.asked(self.question, self.language, meaning=self.meaning)
        return joined(": ", [self.title, asked]) if self.title else asked

    @property
    def interval(self) -> tuple[float, float] | None:
        """Return the 95 % interval of the mean change, too wide rather than too narrow."""
        if self.mean is None or (far := self._far) is None:
            return None
        return self.mean - far, self.mean + far

    @property
    def p(self) -> float | None:
        """Return the p of the mean change, too large rather than too small."""
        if self.mean is None or (far := self._far) is None or 0 < self.rooms < FLIPS_FROM:
            return None
        return float(2 * stats.t.sf(abs(self.mean) / far * self._times, self._freedom))

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Return where the mean could lie, had all who may be missing gone from end to end."""
        if self.mean is None or self.end or self.most is None:
            return None
        centre, reach = self.mean * self.n / self.most, SPAN * (self.most - self.n) / self.most
        return centre - reach, centre + reach

    @property
    def _far(self) -> float | None:
        """How far the interval goes to either side."""
        return self._times * self.spread / sqrt(self.n) if self.spread else self.far

    @property
    def _times(self) -> float:
        """How many standard errors that is."""
        return float(stats.t.ppf((1 + LEVEL) / 2, self._freedom))

    @property
    def _freedom(self) -> int:
        return (self.rooms or self.n) - 1
