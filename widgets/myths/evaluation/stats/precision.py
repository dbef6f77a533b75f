"""How wide intervals will be, and how often tests find a change, in the study that one plans.

`python -m myths.evaluation.stats.precision` writes the page for usual plans anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click
import jinja2
import numpy as np
import pandas as pd

from myths.errors import EvaluationError
from myths.evaluation.data.strata import FLIPS_FROM, ROOMS_FROM
from myths.evaluation.progress import progress
from myths.evaluation.stats.inference import EFFECT_FROM, RESAMPLES, TESTS_FROM, estimate
from myths.evaluation.stats.simulation import SEED, SPREAD, Setting

SETS = 1_000
SHARED = 0.3  # standard deviation of what the people of a workshop share, in scale points
SHIFTS = (0.25, 0.5, 0.75, 1.0)
PAGE = Path(__file__).parents[4] / "docs" / "precision.md"
_LIMIT = 0.05
_MOST = {"workshops": 100, "people": 200, "sets": 100_000, "tests": 20}
_SHOWN = (0.3, 0.5, 0.8)  # the shifts on the page
_NO_BOOTSTRAP = 2  # samples for an interval that nobody looks at
COLUMNS: dict[str, Any] = {
    "workshops": "int64",
    "people": "int64",
    "shift": "float64",
    "mean": "Float64",
    "half_width": "Float64",
    "half_width_most": "Float64",
    "held": "Float64",
    "power": "Float64",
    "power_holm": "Float64",
}
_PLANS = (
    *(
        (workshops, people, 0.3)
        for workshops in (1, 3, 6, 8, 10, 15, 20)
        for people in (10, 15, 25)
    ),
    *((workshops, 15, 0.6) for workshops in (3, 6, 8, 10, 15, 20)),
)


@progress("comparing")
def precision(
    workshops: int,
    people: int,
    *,
    shifts: Iterable[float] = SHIFTS,
    shared: float = SHARED,
    spread: float = SPREAD,
    start: float = 3.5,
    tests: int = 7,
    sets: int = SETS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Simulate a planned study, evaluated as `change` does: how exact and how sure it will be.

    People answer on the scale from 1 to 5, begin around `start`, and come down by a shift. Each
    made-up study goes through the very methods of `change`: the interval of one workshop is that of
    people, of three and more that of Student's t over their means; from six on, signs are flipped.

    Parameters
    ----------
    workshops : int
        How many workshops are planned.
    people : int
        How many people of each will answer before and after: fewer than come.
    shifts : iterable of float
        True mean changes to try, in points towards the better.
    shared : float
        By how much whole workshops differ (a standard deviation, in points).
    spread : float
        By how much the changes of the people of one workshop differ (the same).
    start : float
        Where on the scale from 1 to 5 people begin, on average. 0 is a scale without ends.
    tests : int
        How many primary tests there will be, one for each module.
    sets : int
        Made-up studies for each shift.
    seed : int
        Of chance: the same gives the same table.

    Returns
    -------
    pandas.DataFrame
        One row per shift, columns Float64 but for the first three:

        - workshops, people : int64, as planned
        - shift : float64, what people's views come down by
        - mean : the true mean change that this is, between the ends of the scale
        - half_width, half_width_most : how far the 95 % interval goes to either side of the mean:
          half of the studies have less, nine in ten have no more than the second
        - held : the share of studies whose interval holds the truth
        - power : the share of studies with p below 0.05
        - power_holm : the share whose p stays below 0.05 after Holm's correction whatever the
          other tests are

        NA where such a study has no interval or no test. By chance alone a share of 1,000 studies
        is off by up to 0.03.

    Raises
    ------
    EvaluationError
        For a plan of no people, or of more than can be simulated.

    Examples
    --------
    >>> import myths
    >>> plan = myths.precision(6, 15, shifts=[0.5], sets=50)
    >>> plan["half_width"].between(0.2, 0.6).all()
    np.True_
    """
    asked = {"workshops": workshops, "people": people, "sets": sets, "tests": tests}
    for name, number in asked.items():
        if not 1 <= number <= _MOST[name]:
            raise EvaluationError(f"{name}={number} is no plan: give 1 to {_MOST[name]}.")
    settings = [
        Setting(people, workshops, -shift, shared if workshops > 1 else 0, 0, start, spread)
        for shift in shifts
    ]
    rows = [
        _row(each, tests, sets, np.random.default_rng([seed, number]))
        for number, each in enumerate(settings)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _row(plan: Setting, tests: int, sets: int, rng: np.random.Generator) -> dict[str, Any]:
    single = plan.rooms == 1
    resamples = RESAMPLES if single else _NO_BOOTSTRAP
    drawn = (plan.draw(rng) for _ in range(sets))
    found = pd.DataFrame([estimate(*sample, -1, resamples, rng) for sample in drawn])
    name, (mean, _) = "mean" if single else "workshop_mean", plan.truth()
    low, high, p = found[f"{name}_low"], found[f"{name}_high"], found["p"]
    half = (high - low) / 2
    none, untested = bool(half.isna().all()), bool(p.isna().all())
    return {
        "workshops": plan.rooms,
        "people": plan.people,
        "shift": -plan.shift,
        "mean": mean,
        "half_width": half.median(),
        "half_width_most": half.quantile(0.9),
        "held": np.nan if none else ((low <= mean) & (mean <= high)).mean(),
        "power": np.nan if untested else (p < _LIMIT).mean(),
        "power_holm": np.nan if untested else (p < _LIMIT / tests).mean(),
    }


def page(sets: int = SETS, *, plans: Iterable[tuple[int, int, float]] = _PLANS) -> str:
    """Write the page for usual plans, in Markdown."""
    return _TEMPLATES.get_template("precision.md.j2").render(
        sets=f"{sets:,}",
        rows="\n".join(f"| {' | '.join(_cells(plan, sets))} |" for plan in plans),
        shifts=[f"{shift:g}" for shift in _SHOWN],
        effect_from=EFFECT_FROM,
        tests_from=TESTS_FROM,
        rooms_from=ROOMS_FROM,
        flips_from=FLIPS_FROM,
    )


_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent),
    autoescape=False,  # noqa: S701 no page: Markdown
    keep_trailing_newline=True,
    undefined=jinja2.StrictUndefined,
)


def _cells(plan: tuple[int, int, float], sets: int) -> Iterator[str]:
    workshops, people, shared = plan
    found = precision(workshops, people, shared=shared, shifts=_SHOWN, sets=sets)
    middle = found.iloc[1]
    yield from (str(workshops), str(people), f"{shared:g}" if workshops > 1 else "-")
    yield from (_told(middle[name], "{:.2f}") for name in ("half_width", "half_width_most"))
    yield from (_told(share, "{:.0%}") for share in (*found["power"], middle["power_holm"]))


def _told(number: Any, form: str) -> str:
    return "-" if pd.isna(number) else form.format(number).replace("%", " %")


@click.command()
@click.option("--sets", default=SETS, show_default=True, help="Made-up studies for each change.")
@click.option("--out", default=PAGE, type=click.Path(path_type=Path), show_default=False)
def main(sets: int, out: Path) -> None:
    """Write the page on usual plans anew (some minutes)."""
    out.write_text(page(sets), encoding="utf-8")
    click.echo(f"Written: {out}")


if __name__ == "__main__":
    main()
