"""Rows of people in which nobody is found by what others know of them.

What others may know of somebody without having heard an answer is in which workshop they were, in
which language, and in which parts of it they took part. Those who are alike in all of this are a
*combination*. It must have at least k people (k-anonymity, Sweeney 2002), and of no question may
they all have given the same answer, not even all but one (l-diversity, Machanavajjhala 2007): who
knows their own row would know the others'.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from itertools import combinations as combinations_of
from random import Random
from typing import Any

import pandas as pd

from myths.evaluation.disclosure.bands import enough

_OTHERS = 2  # people of a combination who must have answered otherwise than most of it
_CHOICES = 500  # of questions that somebody may know the answers to

Parts = frozenset[str]


def merged(rooms: Sequence[str], *, k: int) -> list[str]:
    """Return a group for each person: their room, or "" for all rooms that are too small.

    Rooms of fewer than k are one group, with the smallest of the others if they are too few even
    together. Of fewer than k people in all, everybody is in the one group.
    """
    sizes = Counter(rooms)
    names = sorted(sizes)
    shown = dict(zip(names, enough([sizes[name] for name in names], k=k), strict=True))
    return [room if shown[room] else "" for room in rooms]


def told(groups: Sequence[str], languages: Sequence[str], *, k: int) -> list[str]:
    """Return everybody's language, or "" in a group of which fewer than k have one of them."""
    sizes: dict[str, Counter[str]] = defaultdict(Counter)
    for group, language in zip(groups, languages, strict=True):
        sizes[group][language] += 1
    hidden = {group for group, spoken in sizes.items() if min(spoken.values()) < k}
    pairs = zip(groups, languages, strict=True)
    return ["" if group in hidden else language for group, language in pairs]


def shared(parts: Sequence[Parts], *, k: int) -> list[Parts]:
    """Return of each person those parts that leave at least k people with the same ones.

    The smallest set of people joins, again and again, the one with which it loses the fewest parts
    of people; what only one of the two has is lost. Of fewer than k people nothing is left.
    """
    sets: dict[Parts, list[int]] = defaultdict(list)
    for person, own in enumerate(parts):
        sets[own].append(person)
    if len(parts) < k:
        return [frozenset()] * len(parts)
    while min(map(len, sets.values())) < k:
        small = min(sets, key=lambda own: (len(sets[own]), sorted(own)))
        people = sets.pop(small)
        other = min(
            sets, key=lambda own: (_lost(small, own, len(people), len(sets[own])), sorted(own))
        )
        sets[small & other] = [*people, *sets.pop(other), *sets.pop(small & other, [])]
    left = {person: own for own, people in sets.items() for person in people}
    return [left[person] for person in range(len(parts))]


def _lost(one: Parts, other: Parts, people: int, others: int) -> int:
    return people * len(one - other) + others * len(other - one)


def without_alike(answers: pd.DataFrame, combinations: Sequence[Hashable]) -> pd.DataFrame:
    """Leave out a question for all of a combination in which nearly everybody answered the same."""
    numbers = _numbers(combinations, answers.index)
    kept = {}
    for name, given in answers.items():
        sizes = given.groupby([numbers, given], observed=True).size().groupby(level=0)
        others = sizes.sum() - sizes.max()
        kept[name] = given.where(numbers.isin(others.index[others >= _OTHERS]))
    return pd.DataFrame(kept, index=answers.index)


def _numbers(combinations: Sequence[Hashable], rows: pd.Index[Any]) -> pd.Series[Any]:
    numbers: dict[Hashable, int] = {}
    return pd.Series([numbers.setdefault(each, len(numbers)) for each in combinations], rows)


def unique(answers: pd.DataFrame) -> int:
    """Count the rows that differ from all others; what is missing counts as an answer."""
    plain = answers.astype(object).where(answers.notna(), None)
    rows = Counter(plain.itertuples(index=False, name=None))
    return sum(number == 1 for number in rows.values())


def found(answers: pd.DataFrame, combinations: Sequence[Hashable], *, known: int = 2) -> float:
    """Return how often somebody's combination and so many of their answers leave one row alone.

    Of many questions some hundred choices are looked at, always the same.
    """
    numbers = _numbers(combinations, answers.index)
    choices = [*combinations_of(answers.columns, known)]
    alone, cases = 0, 0
    for choice in Random(0).sample(choices, min(len(choices), _CHOICES)):  # noqa: S311  no secret
        rows = answers[[*choice]].dropna()
        sizes = rows.groupby([*choice, numbers[rows.index]]).size()
        alone, cases = alone + int((sizes == 1).sum()), cases + len(rows)
    return alone / cases if cases else 0.0
