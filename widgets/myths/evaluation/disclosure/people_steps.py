"""How many people there were, told in steps that leave open how many are missing.

Beside an exact number of answers an exact number of people would tell how many gave none, and so
would a step that ends or begins at it: of 34 who answered, from "30 to 34 people" nobody is
missing, and of 30 of whom "30 to 34" came back, nobody stayed away.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Self

from myths.evaluation.disclosure.bands import K
from myths.evaluation.words import EvaluationWords


class PrintedCount(NamedTuple):
    """How many people gave an answer, exactly; `language` is empty for any."""

    module: str
    item: str
    language: str
    people: int


@dataclass(frozen=True)
class PeopleSteps:
    """Steps of k people; those are one between which a number in `known` ends or begins one.

    `known` is what whoever reads a report knows exactly. Rounding to a base is an old rule for
    counts of which one is a part of another (Handbook on Statistical Disclosure Control, chapter
    5). All numbers of a report have the same steps, so that two of them tell no more than one.
    """

    k: int = K
    known: frozenset[int] = frozenset()

    @classmethod
    def beside(cls, printed: Iterable[PrintedCount], *, k: int) -> Self:
        """Return the steps beside exact numbers, and beside what these are together.

        Who answered a question in one wording did not in another, and who speaks one language is
        another one than who speaks another. So how many there are at least is the sum over the
        wordings of a question, and over the languages that of the question which most answered.
        """
        printed = list(printed)
        answered = Counter[tuple[str, str, str]]()
        for each in (each for each in printed if each.language):
            answered[each.module, each.item, each.language] += each.people
        tongues = defaultdict[tuple[str, ...], Counter[str]](Counter)
        for (module, item, language), people in answered.items():
            for of in ((module, item), (module,), ()):
                tongues[of][language] = max(tongues[of][language], people)
        sums = (people.total() for people in tongues.values())
        return cls(k, frozenset({*(each.people for each in printed), *sums}))

    def ends(self, people: int) -> tuple[int, int]:
        """Return the lowest and the highest number of the step that a number is in."""
        low = people - people % self.k
        high = low + self.k - 1
        while not self.known.isdisjoint((low - 1, low)):
            low -= self.k
        while not self.known.isdisjoint((high, high + 1)):
            high += self.k
        return low, high

    def told(self, people: int, words: EvaluationWords) -> str:
        """Write a number as its step: "fewer than 5", "5 to 9", "60 to 64"."""
        low, high = self.ends(people)
        return _range(low, high, words) if low else _fewer(high + 1, words)

    def at_least(self, people: int, words: EvaluationWords, *, certain: int) -> str:
        """Write from where its step begins, or that `certain` ones are there if that is more.

        These are printed elsewhere, so whoever reads on knows them: "at least 47", "fewer than 5".
        """
        low = max(self.ends(people)[0], certain)
        return (
            words.numbers.at_least.format(n=words.count(low)) if low else self.told(people, words)
        )

    def middle(self, people: int) -> float:
        """Return the middle of the step that a number is in, to be drawn in place of the number."""
        return sum(self.ends(people)) / 2

    def least_lost(self, before: int, after: int) -> int:
        """Return how many left at least between two numbers, by their steps alone."""
        return self.ends(before)[0] - self.ends(after)[1]

    def lost(self, before: int, after: int, words: EvaluationWords) -> str:
        """Write how many left between two numbers, by their steps alone.

        The exact number, though in steps, could be worked out where one of the two is known.
        """
        least = self.least_lost(before, after)
        most = self.ends(before)[1] - self.ends(after)[0]
        return _range(least, most, words) if least > 1 else _fewer(most + 1, words)


def _range(low: int, high: int, words: EvaluationWords) -> str:
    return words.numbers.range.format(low=words.count(low), high=words.count(high))


def _fewer(people: int, words: EvaluationWords) -> str:
    return words.numbers.fewer.format(n=words.count(people))
