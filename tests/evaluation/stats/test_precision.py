"""How exact a planned study is: beside R's own formulas, and what the kept page says."""

from __future__ import annotations

import re

import myths
import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from myths.errors import EvaluationError
from myths.evaluation.stats import precision as module
from myths.evaluation.stats.precision import PAGE, SETS, page, precision

from tests.evaluation.r import by_r, needs_r

# The mean of a workshop of 15 people: what it shares, and what its people and rounding add.
BY_FORMULA = """
sd <- sqrt(0.3^2 + (0.9^2 + 1/12) / 15)
power <- power.t.test(n = 12, delta = 0.3, sd = sd, type = "one.sample")$power
half <- qt(0.975, 11) * sd * sqrt(qchisq(c(0.5, 0.9), 11) / 11) / sqrt(12)
cat(sprintf("[%f, %f, %f]", power, half[1], half[2]))
"""
BY_R = (0.6873, 0.2382, 0.3079)  # R 4.2.2, so that it is held without R, too


def test_many_equal_workshops_are_as_exact_as_students_t_says():
    row = precision(12, 15, shifts=[0.3], start=0, sets=600).iloc[0]
    power, half, most = BY_R
    assert row["power"] == pytest.approx(power, abs=0.05)
    assert row["half_width"] == pytest.approx(half, abs=0.01)
    assert row["half_width_most"] == pytest.approx(most, abs=0.02)
    assert row["held"] == pytest.approx(0.95, abs=0.03)


@needs_r
def test_the_numbers_of_the_formula_are_those_of_r(tmp_path):
    assert by_r(BY_FORMULA, tmp_path) == pytest.approx(BY_R, abs=0.001)


def test_a_seed_gives_the_same_table():
    first, again = (precision(6, 12, sets=20) for _ in range(2))
    pd.testing.assert_frame_equal(first, again)


def test_flips_of_six_workshops_never_stand_seven_tests():
    row = precision(6, 15, shifts=[1.0], sets=50).iloc[0]
    assert row["power"] > 0.9
    assert row["power_holm"] == 0
    assert precision(9, 15, shifts=[1.0], sets=50)["power_holm"].iloc[0] > 0.9


def test_what_a_plan_cannot_have_is_missing():
    few = precision(4, 15, shifts=[0.5], sets=20)
    assert few["half_width"].notna().all()
    assert few[["power", "power_holm"]].isna().all(axis=None)
    assert precision(2, 15, shifts=[0.5], sets=20)[["half_width", "held"]].isna().all(axis=None)


def test_one_workshop_has_the_interval_of_its_people():
    row = myths.precision(1, 30, shifts=[0.5], sets=100).iloc[0]
    expected = 2.045 * np.sqrt(0.9**2 + 1 / 12) / np.sqrt(30)
    assert row["half_width"] == pytest.approx(expected, abs=0.05)


@pytest.mark.parametrize("plan", [{"workshops": 0}, {"people": 0}, {"tests": 0}, {"sets": 0}])
def test_no_plan_is_told(plan: dict[str, int]):
    with pytest.raises(EvaluationError, match="is no plan"):
        precision(**({"workshops": 6, "people": 15} | plan))


def test_rows_of_the_page_that_is_kept_are_what_the_code_makes_today():
    """Two plans to the letter, and all the words."""
    plans = module._PLANS[3:4] + module._PLANS[6:7]
    kept = PAGE.read_text("utf-8")
    made = page(SETS, plans=plans)
    rows = [row for row in made.splitlines() if re.match(r"\| \d", row)]
    assert len(rows) == 2
    assert set(rows) <= set(kept.splitlines())
    words = [line for line in made.splitlines() if not re.match(r"\| \d", line)]
    assert words == [line for line in kept.splitlines() if not re.match(r"\| \d", line)]


def test_the_command_writes_the_page(tmp_path, monkeypatch):
    monkeypatch.setattr(module.page, "__kwdefaults__", {"plans": [(3, 10, 0.3)]})
    out = tmp_path / "precision.md"
    told = CliRunner().invoke(module.main, ["--sets", "5", "--out", str(out)])
    assert told.exit_code == 0, told.output
    assert "| 3 | 10 | 0.3 |" in out.read_text("utf-8")
