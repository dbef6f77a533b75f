"""What can be learned from what is published: look for other answers that publish the same.

A table of answers has how many people gave each of five answers before (rows) and each of them
later (columns). Of each number of people below k in it there must be another table that publishes
the same, and in which that number is another one. Such tables are made by integer programming, and
published by the program itself. Of several workshops there is a table for each; then each workshop
keeps its people, and nearly its mean, which nobody is told: there are more than are found so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from myths.evaluation.disclosure.bands import K
from myths.evaluation.disclosure.published import SPREADS, published
from myths.evaluation.disclosure.published_row import PLACES, PublishedRow
from myths.evaluation.stats.inference import TESTS_FROM
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

Table = NDArray[np.int64]  # (5, 5): before, later; of several workshops (rooms, 5, 5)
CELLS = list(product(range(5), range(5)))
BEFORE, LATER = np.divmod(np.arange(25), 5)
CHANGE = LATER - BEFORE
_ANY = {"mip_rel_gap": 1.0, "node_limit": 1000}  # any such table will do, not only the nearest
TRIES = 40  # tables that integer programming may propose for one number
BOOK = pd.DataFrame({"module": [], "item": [], "wording": [], "question": []})

# every number that is looked at: how many gave an answer before or later, how many moved by how
# much, how many moved at all in each direction, and how many moved from which answer to which one
NUMBERS: dict[str, NDArray[np.bool_]] = {
    **{f"{place + 1} before": place == BEFORE for place in range(5)},
    **{f"{place + 1} later": place == LATER for place in range(5)},
    **{f"moved by {step:+d}": step == CHANGE for step in range(-4, 5)},
    "rose": CHANGE > 0,
    "fell": CHANGE < 0,
    **{f"{i + 1} to {j + 1}": (i == BEFORE) & (j == LATER) for i, j in CELLS},
}
_MASKS = np.array(list(NUMBERS.values()), dtype=int)


def numbers(table: Table) -> Table:
    """Count all NUMBERS."""
    return _MASKS @ table.reshape(-1, 25).sum(axis=0)


def pairs(table: Table) -> pd.DataFrame:
    """Return the pairs of these people, as `myths.pairs` gives them."""
    cells = table.reshape(-1, 25)
    rooms = np.repeat(np.arange(len(cells)), cells.sum(axis=1))
    before, later = (
        np.repeat(np.tile(each, len(cells)), cells.ravel()) + 1 for each in (BEFORE, LATER)
    )
    usual = {
        "participant": [f"p{number}" for number in range(len(before))],
        "workshop": [f"W{room}" for room in rooms],
        "module": "risk",
        "item": "myth",
        "kind": "rating",
        "keyed": "myth",
        "primary": True,
        "language": "en",
        "wording": "w",
        "status": "complete",
    }
    return pd.DataFrame(usual | {"before": before.astype(float), "later": later.astype(float)})


def row(table: Table, k: int = K) -> PublishedRow:
    """Return what is published of these people."""
    return _row(tuple(table.ravel().tolist()), k)


@cache
def _row(counts: tuple[int, ...], k: int) -> PublishedRow:
    (found,) = published(pairs(np.array(counts)), BOOK, workshops=len(counts) // 25, k=k)
    return found


def others(
    table: Table,
    k: int = K,
    *,
    beside: Callable[[Table], Any] = lambda _: None,
    same_before: bool = False,
    tries: int = TRIES,
) -> Iterator[Table]:
    """Yield tables that publish the same, each with another value of a number below k.

    For each of these numbers a table is looked for in which it is a little higher or lower, and
    that is else near to this one or, every third time, anywhere. What is published `beside` the row
    must be the same for it, too; with `same_before` so must each number before.
    """
    told, have, more = row(table, k), numbers(table), beside(table)
    left = have < k
    rng = np.random.default_rng(1)
    for place in np.flatnonzero(left):
        for number in range(tries):
            if not left[place]:
                break
            wanted = rng.choice(sorted({0, 1, have[place] + 1, max(have[place] - 1, 0)}))
            size = 2 * table.size
            cost = rng.exponential(size=size) + 0.1 if number % 3 < 2 else rng.normal(size=size)
            kept = table.sum(axis=-1) if same_before else None
            other = _other(table, (told, k), (place, wanted), cost, rng, kept)
            if other is None or (numbers(other) == have)[left].all():
                continue
            if row(other, k) == told and beside(other) == more:
                left &= numbers(other) == have
                yield other


def alike(table: Table, tables: Iterable[Table], k: int = K) -> list[str]:
    """Return the numbers below k that are the same in all of these tables."""
    have = numbers(table)
    left = have < k
    for other in tables:
        left &= numbers(other) == have
    return [name for name, same in zip(NUMBERS, left, strict=True) if same]


def given_away(
    table: Table, k: int = K, *, beside: Callable[[Table], Any] = lambda _: None
) -> list[str]:
    """Return the numbers below k that are the same in all tables that were found."""
    return alike(table, others(table, k, beside=beside), k)


def _other(
    table: Table,
    published: tuple[PublishedRow, int],
    wanted: tuple[int, int],
    cost: NDArray[np.float64],
    rng: np.random.Generator,
    kept: Table | None,
) -> Table | None:
    """Make a table of these groups, mean and spread in which one number is the wanted one.

    `cost` is that of one more and of one less in each cell, `kept` how many each answer had before.
    """
    (told, k), cells = published, table.ravel()
    rooms = table.size // 25
    place, number = wanted
    rules = [(np.ones(25), told.n, told.n), (_MASKS[place], number, number)]
    if kept is not None:
        rules += [(at == BEFORE, kept[at], kept[at]) for at in range(5)]
    for bands, answer in ((told.before, BEFORE), (told.later, LATER)):
        for band in bands:
            inside = (answer >= band.low) & (answer <= band.high)
            most = (told.n - k + 1, told.n) if band.many else (0, k - 1)
            rules.append((inside, *(most if band.count is None else (band.count, band.count))))
    if told.mean is not None and rooms == 1:
        exact = len(told.before) == PLACES  # then no other total goes with the groups
        totals = [int(CHANGE @ cells)] if exact else _totals(told)
        rules.append((CHANGE, min(totals), max(totals)))
        if told.n >= TESTS_FROM and not told.end:
            total = rng.choice(totals)
            rules.append((CHANGE, total, total))
            edges = [0.0, *SPREADS, 5.0]
            at = edges.index(told.spread) if told.spread else len(edges) - 1
            ends = [(told.n - 1) * each**2 + total**2 / told.n for each in edges[at - 1 : at + 1]]
            rules.append((CHANGE**2, *ends))
    rules = [(np.tile(weights, rooms), *ends) for weights, *ends in rules]
    if rooms > 1:
        slack = rng.choice([0, 0, 2])  # points that the changes of a room may sum to more or less
        for at, room in enumerate(table.reshape(rooms, 25)):
            here = np.repeat(np.arange(rooms) == at, 25)
            for weights, apart in ((np.ones(25), 0), (CHANGE, slack)):
                total = weights @ room
                rules.append((here * np.tile(weights, rooms), total - apart, total + apart))
    weights, low, high = (np.array(each, dtype=float) for each in zip(*rules, strict=True))
    found = milp(
        cost,
        constraints=LinearConstraint(
            np.hstack([weights, -weights]), low - weights @ cells, high - weights @ cells
        ),
        integrality=np.ones(2 * cells.size),
        bounds=Bounds(0, [*np.full(cells.size, told.n), *cells]),
        options=_ANY,
    )
    if found.x is None:
        return None
    more, less = np.rint(found.x).astype(np.int64).reshape(2, *table.shape)
    return table + more - less


def _totals(told: PublishedRow) -> list[int]:
    """List the sums of all changes that are told by this mean."""
    tenths = round(10 * (told.mean or 0))
    sums = range(-4 * told.n, 4 * told.n + 1)
    apart = [(total, round(10 * total / told.n) - tenths) for total in sums]
    return [total for total, each in apart if each * told.end > 0 or each == 0]
