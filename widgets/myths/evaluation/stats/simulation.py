"""How often the intervals hold the truth and the tests raise a false alarm, in made-up data.

`python -m myths.evaluation.stats.simulation` writes the report anew; its numbers are never typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats  # type: ignore[import-untyped]  # scipy ships no types

from myths.evaluation.data.strata import CLUSTERS_FROM, FLIPS_FROM, ROOMS_FROM
from myths.evaluation.stats import ranks
from myths.evaluation.stats.inference import RESAMPLES, TESTS_FROM, estimate

SETS = 2_000
SEED = 20_260_101
REPORT = Path(__file__).parents[4] / "docs" / "simulation.md"
_MODULES = 7
SPREAD = 0.9  # standard deviation of one person's change, in scale points
_LIMIT = 0.05
_ROUNDING = 1e-9
_POINTS = 20_001  # at which an average over a normal distribution is taken
_HELD = {
    "mean_held": "of the mean",
    "effect_held": "of the effect",
    "rooms_held": "of the mean of workshops",
}


@dataclass(frozen=True)
class Setting:
    """Rooms of `people` who move by `shift` points, whole rooms by `shared` more or less.

    One person's change differs by `spread` (a standard deviation in points, as `shared` is).
    With `most` there are from `people` to `most` in a room. With `start`, people begin around that
    point of the scale from 1 to 5 and cannot leave it; without, any change is possible.
    """

    people: int
    rooms: int = 1
    shift: float = 0.0
    shared: float = 0.0
    most: int = 0
    start: float = 0.0
    spread: float = SPREAD

    def draw(self, rng: np.random.Generator) -> tuple[ranks.Floats, NDArray[np.int64]]:
        """Draw everybody's change and room: a normal one, rounded to points of the scale."""
        sizes = rng.integers(self.people, self.most + 1, self.rooms) if self.most else self.people
        room = np.repeat(np.arange(self.rooms), sizes)
        moved = self.shift + self.shared * rng.standard_normal(self.rooms)[room]
        moved = moved + self.spread * rng.standard_normal(len(room))
        if not self.start:
            return np.clip(np.rint(moved), -4, 4), room
        before = self.start + rng.standard_normal(len(room))
        return _answer(before + moved) - _answer(before), room

    def truth(self) -> tuple[float, float]:
        """Return the mean change and the rank-biserial of endlessly many people."""
        values, wide = np.arange(-4.0, 5), np.hypot(self.spread, self.shared)
        if self.start:
            before = self.start + stats.norm.ppf((np.arange(_POINTS) + 0.5) / _POINTS)
            share = np.zeros(len(values))
            edges = np.concatenate([[-np.inf], np.arange(1.5, 5), [np.inf]])
            later = np.diff(stats.norm.cdf(edges, before[:, None] + self.shift, wide)) / _POINTS
            change = np.arange(1, 6) - _answer(before)[:, None]
            np.add.at(share, (change + 4).astype(int), later)
        else:
            edges = np.concatenate([[-np.inf], values[:-1] + 0.5, [np.inf]])
            share = np.diff(stats.norm.cdf(edges, self.shift, wide))
        return float(share @ values), float(ranks.rank_biserial(values, share * 1e12))

    @property
    def size(self) -> str:
        """How many people are in a room, in words."""
        return f"{self.people} to {self.most}" if self.most else str(self.people)

    @property
    def scale(self) -> str:
        """From where on which scale they move, in words."""
        return f"1 to 5, from {self.start:g}" if self.start else "no ends"


_UNEQUAL: dict[str, Any] = {"people": 4, "most": 50}
_SHIFTS = (0.0, -0.4)
SETTINGS = (
    *(Setting(people, shift=shift) for people in (10, 20, 30, 100) for shift in (*_SHIFTS, -0.9)),
    *(
        Setting(15, rooms=rooms, shift=shift, shared=0.3)
        for rooms in (10, 20, 40)
        for shift in _SHIFTS
    ),
    *(
        Setting(15, rooms=rooms, shift=shift, shared=0.3)
        for rooms in (3, 4, 6, 9)
        for shift in _SHIFTS
    ),
    *(
        Setting(**_UNEQUAL, rooms=rooms, shift=shift, shared=shared)
        for shared in (0.3, 0.6)
        for rooms in (3, 4, 6, 9, 10, 20)
        for shift in _SHIFTS
    ),
    *(
        Setting(people, shift=shift, start=start)
        for people, shift, start in ((30, 0.0, 3.5), (60, -0.5, 3.5), (60, -0.5, 1.6))
    ),
    *(
        Setting(**_UNEQUAL, rooms=rooms, shift=shift, shared=0.4, start=3.5)
        for rooms in (3, 6, 9, 10, 20)
        for shift in _SHIFTS
    ),
)


def _answer(opinion: ranks.Floats) -> ranks.Floats:
    return np.clip(np.rint(opinion), 1, 5)


def simulate(sets: int = SETS, *, settings: Iterable[Setting] = SETTINGS) -> pd.DataFrame:
    """One row per setting, with shares of `sets` seeded data sets.

    Columns: workshops, people (in each), shared, scale: as in the setting; mean, effect (true
    change and rank-biserial), mean_held, effect_held, rooms_held (the 95 % interval, also that of
    the workshops' mean, held the true one; NaN where there is none), false_alarms,
    false_alarms_sign (p below 0.05 where nothing changed; NaN where something did or nothing is
    tested): numbers.
    """
    return pd.DataFrame(_row(setting, sets) for setting in settings)


def families(sets: int = SETS) -> tuple[float, float]:
    """Return the share of families of seven tests with a false alarm: uncorrected, after Holm."""
    rng = np.random.default_rng([SEED, _MODULES])
    found = np.empty((sets, _MODULES))
    for place in np.ndindex(found.shape):
        changes, _ = Setting(TESTS_FROM).draw(rng)
        values = ranks.grid(changes)
        found[place] = ranks.signed_rank_test(values, ranks.count(changes, values))
    corrected = np.apply_along_axis(ranks.holm, 1, found)
    return _rate(found.min(axis=1)), _rate(corrected.min(axis=1))


def report(sets: int = SETS) -> str:
    """Write the report, in Markdown."""
    table = simulate(sets)
    uncorrected, corrected = families(sets)
    error = 1.96 * np.sqrt(_LIMIT * (1 - _LIMIT) / sets)
    return _REPORT.format(
        sets=f"{sets:,}",
        error=_percent(error),
        rows="\n".join(table_rows(table)),
        short="\n".join(_short(table, 1 - _LIMIT - error)),
        uncorrected=_percent(uncorrected),
        corrected=_percent(corrected),
        modules=_MODULES,
        tests_from=TESTS_FROM,
        rooms_from=ROOMS_FROM,
        flips_from=FLIPS_FROM,
        clusters_from=CLUSTERS_FROM,
    )


def table_rows(table: pd.DataFrame) -> list[str]:
    """Write the rows of the report's table as they stand in it."""
    return [f"| {' | '.join(_cells(row))} |" for row in table.itertuples(index=False)]


_REPORT = """\
# How far the intervals and tests of `myths.change` can be trusted

Made by `python -m myths.evaluation.stats.simulation`; do not edit.

Each row is {sets} made-up data sets of which the truth is known. An interval of 95 % should hold
the true value in 95 of 100 data sets, and a test at 5 % should raise a false alarm in at most 5 of
100 data sets in which nothing changed. By chance alone a share in this table is off by up to
{error}.

| workshops | people in each | workshops differ by | scale | true mean change | true effect | \
interval of the mean held it | interval of the effect held it | interval of the mean of workshops \
held it | false alarms, signed ranks | false alarms, sign test |
|---|---|---|---|---|---|---|---|---|---|---|
{rows}

A dash: there is no such interval; or something did change, or there are fewer than {tests_from}
pairs or {flips_from} workshops, and nothing is tested. In settings with several workshops the
people of a room move together: "workshops differ by" is the standard deviation of that, in points.
Where a number of people is from one to another, each workshop has its own by chance. On the scale
from 1 to 5 people begin around the point that is named and cannot go beyond its ends. From
{rooms_from} workshops on the mean of the workshops, each counting alike, has an interval (Student's
t), from {flips_from} on whole workshops are flipped, and from {clusters_from} on they are drawn.
Tests of answers on few points are cautious: many samples look alike, so that their share can lie
below 5 %. Where nearly everybody moves to the same side, the interval of the effect is wider than
it need be for few people, and a little too narrow for many.

Of families of {modules} tests in which nothing changed, {uncorrected} have a false alarm without
correction, and {corrected} after Holm's.

## Where an interval of 95 % holds less

By more than chance alone:

{short}
"""


def _short(table: pd.DataFrame, least: float) -> Iterator[str]:
    """Write a line for each setting in which an interval holds the truth too seldom."""
    rows: Iterable[Any] = table.itertuples(index=False)
    for row in rows:
        few = [
            f"that {words} {_percent(held)}"
            for name, words in _HELD.items()
            if (held := getattr(row, name)) < least
        ]
        if few:
            rooms = "1 workshop" if row.workshops == 1 else f"{row.workshops} workshops"
            differ = f" that differ by {row.shared:g}" if row.shared else ""
            yield (
                f"- {rooms} of {row.people} people{differ}, scale {row.scale}, true mean change "
                f"{row.mean:.2f}: {', '.join(few)}"
            )


def _cells(row: Any) -> Iterator[str]:
    yield from (str(row.workshops), row.people, f"{row.shared:g}", row.scale)
    yield from (f"{number:.2f}".replace("-0.00", "0.00") for number in (row.mean, row.effect))
    held = (getattr(row, name) for name in _HELD)
    for share in (*held, row.false_alarms, row.false_alarms_sign):
        yield "-" if np.isnan(share) else _percent(share)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _rate(p: ranks.Floats) -> float:
    return float((p < _LIMIT).mean())


def _held(found: pd.DataFrame, name: str, truth: float) -> float:
    low, high = found[f"{name}_low"] - _ROUNDING, found[f"{name}_high"] + _ROUNDING
    if low.isna().all():
        return float("nan")
    return float(((low <= truth) & (truth <= high)).mean())


def _row(setting: Setting, sets: int) -> dict[str, Any]:
    seed = [SEED, setting.people, setting.rooms, int(-100 * setting.shift)]
    if setting.most or setting.start:
        seed += [setting.most, int(10 * setting.start), int(10 * setting.shared)]
    rng = np.random.default_rng(seed)
    drawn = (setting.draw(rng) for _ in range(sets))
    found = pd.DataFrame([estimate(*sample, 1, RESAMPLES, rng) for sample in drawn])
    mean, effect = setting.truth()
    tested = abs(mean) < _ROUNDING and bool(found["p"].notna().all())
    return {
        "workshops": setting.rooms,
        "people": setting.size,
        "shared": setting.shared,
        "scale": setting.scale,
        "mean": mean,
        "effect": effect,
        "mean_held": _held(found, "mean", mean),
        "effect_held": _held(found, "effect", effect),
        "rooms_held": _held(found, "workshop_mean", mean),
        "false_alarms": _rate(found["p"].to_numpy()) if tested else np.nan,
        "false_alarms_sign": _rate(found["p_sign"].to_numpy()) if tested else np.nan,
    }


@click.command()
@click.option("--sets", default=SETS, show_default=True, help="Data sets in each setting.")
@click.option("--out", default=REPORT, type=click.Path(path_type=Path), show_default=False)
def main(sets: int, out: Path) -> None:
    """Write the report on the intervals and tests anew (some minutes)."""
    out.write_text(report(sets), encoding="utf-8")
    click.echo(f"Written: {out}")


if __name__ == "__main__":
    main()
