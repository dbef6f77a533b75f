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

from myths.evaluation.stats import ranks
from myths.evaluation.stats.inference import RESAMPLES, TESTS_FROM, estimate

SETS = 2_000
SEED = 20_260_101
REPORT = Path(__file__).parents[4] / "docs" / "simulation.md"
_MODULES = 7
_SPREAD = 0.9  # standard deviation of one person's change, in scale points
_LIMIT = 0.05
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Setting:
    """Rooms of `people` who move by `shift` points, whole rooms by `shared` more or less."""

    people: int
    rooms: int = 1
    shift: float = 0.0
    shared: float = 0.0

    def draw(self, rng: np.random.Generator) -> tuple[ranks.Floats, NDArray[np.int64]]:
        """Draw everybody's change and room: a normal one, rounded to points of the scale."""
        room = np.repeat(np.arange(self.rooms), self.people)
        moved = self.shift + self.shared * rng.standard_normal(self.rooms)[room]
        moved = moved + _SPREAD * rng.standard_normal(len(room))
        return np.clip(np.rint(moved), -4, 4), room

    def truth(self) -> tuple[float, float]:
        """Return the mean change and the rank-biserial of endlessly many people."""
        values = np.arange(-4.0, 5)
        edges = np.concatenate([[-np.inf], values[:-1] + 0.5, [np.inf]])
        share = np.diff(stats.norm.cdf(edges, self.shift, np.hypot(_SPREAD, self.shared)))
        return float(share @ values), float(ranks.rank_biserial(values, share * 1e12))


SETTINGS = (
    *(Setting(people, shift=shift) for people in (10, 20, 30, 100) for shift in (0.0, -0.4, -0.9)),
    *(
        Setting(15, rooms=rooms, shift=shift, shared=0.3)
        for rooms in (10, 20, 40)
        for shift in (0.0, -0.4)
    ),
)


def simulate(sets: int = SETS, *, settings: Iterable[Setting] = SETTINGS) -> pd.DataFrame:
    """One row per setting, with shares of `sets` seeded data sets.

    Columns: workshops, people (in each), mean, effect (true change and rank-biserial), mean_held,
    effect_held (the 95 % interval held the true one), false_alarms, false_alarms_sign (p below 0.05
    where nothing changed; NaN where something did or nothing is tested): numbers.
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
    rows = table_rows(table)
    return _REPORT.format(
        sets=f"{sets:,}",
        error=_percent(error),
        rows="\n".join(rows),
        uncorrected=_percent(uncorrected),
        corrected=_percent(corrected),
        modules=_MODULES,
        tests_from=TESTS_FROM,
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

| workshops | people in each | true mean change | true effect | interval of the mean held it | \
interval of the effect held it | false alarms, signed ranks | false alarms, sign test |
|---|---|---|---|---|---|---|---|
{rows}

A dash: something did change, or there are fewer than {tests_from} pairs and nothing is tested. In
settings with several workshops the people of a room move together, and whole workshops are drawn
and flipped. Tests of answers on few points are cautious: many samples look alike, so that their
share can lie below 5 %. Where nearly everybody moves to the same side, the interval of the effect
is wider than it need be for few people, and a little too narrow for many.

Of families of {modules} tests in which nothing changed, {uncorrected} have a false alarm without
correction, and {corrected} after Holm's.
"""


def _cells(row: Any) -> Iterator[str]:
    yield from (str(row.workshops), str(row.people))
    yield from (f"{number:.2f}".replace("-0.00", "0.00") for number in (row.mean, row.effect))
    for share in (row.mean_held, row.effect_held, row.false_alarms, row.false_alarms_sign):
        yield "-" if np.isnan(share) else _percent(share)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _rate(p: ranks.Floats) -> float:
    return float((p < _LIMIT).mean())


def _held(found: pd.DataFrame, name: str, truth: float) -> float:
    low, high = found[f"{name}_low"] - _ROUNDING, found[f"{name}_high"] + _ROUNDING
    return float(((low <= truth) & (truth <= high)).mean())


def _row(setting: Setting, sets: int) -> dict[str, float]:
    seed = (SEED, setting.people, setting.rooms, int(-100 * setting.shift))
    rng = np.random.default_rng(seed)
    drawn = (setting.draw(rng) for _ in range(sets))
    found = pd.DataFrame([estimate(*sample, 1, RESAMPLES, rng) for sample in drawn])
    mean, effect = setting.truth()
    tested = setting.shift == 0 and bool(found["p"].notna().all())
    return {
        "workshops": setting.rooms,
        "people": setting.people,
        "mean": mean,
        "effect": effect,
        "mean_held": _held(found, "mean", mean),
        "effect_held": _held(found, "effect", effect),
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
