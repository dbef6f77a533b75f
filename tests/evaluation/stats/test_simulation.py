from __future__ import annotations

import re

import numpy as np
import pytest
from click.testing import CliRunner
from myths.evaluation.stats import simulation
from myths.evaluation.stats.simulation import (
    REPORT,
    SETS,
    SETTINGS,
    Setting,
    families,
    simulate,
    table_rows,
)


def test_the_truth_is_what_endlessly_many_people_would_show():
    setting = Setting(200_000, shift=-0.4)
    changes, _ = setting.draw(np.random.default_rng(1))
    mean, effect = setting.truth()
    assert changes.mean() == pytest.approx(mean, abs=0.01)
    assert -1 < effect < mean < 0


@pytest.mark.parametrize("start", [3.5, 1.6])
def test_the_truth_knows_the_ends_of_the_scale(start):
    setting = Setting(200_000, shift=-0.4, start=start)
    changes, _ = setting.draw(np.random.default_rng(1))
    assert changes.mean() == pytest.approx(setting.truth()[0], abs=0.01)
    assert changes.min() >= -4


def test_rooms_are_of_different_size():
    _, room = Setting(4, rooms=9, most=50).draw(np.random.default_rng(1))
    sizes = np.bincount(room)
    assert len(sizes) == 9
    assert 4 <= sizes.min() < 20 < sizes.max() <= 50


def test_intervals_hold_the_truth_and_tests_stay_calm():
    row = simulate(150, settings=[Setting(30)]).iloc[0]
    assert row["mean_held"] > 0.88
    assert row["effect_held"] > 0.88
    assert row["false_alarms"] < 0.12


def test_holm_calms_a_family_of_seven():
    uncorrected, corrected = families(100)
    assert corrected < 0.12 < uncorrected


def test_the_command_writes_the_report(tmp_path, monkeypatch):
    monkeypatch.setattr(simulation, "SETTINGS", ())
    monkeypatch.setattr(simulation.simulate, "__kwdefaults__", {"settings": [Setting(10)]})
    out = tmp_path / "report.md"
    told = CliRunner().invoke(simulation.main, ["--sets", "5", "--out", str(out)])
    assert told.exit_code == 0, told.output
    assert "| 1 | 10 | 0 | no ends | 0.00 | 0.00 |" in out.read_text("utf-8")


def test_the_report_that_is_kept_is_honest_about_the_limits():
    shares = [float(share) for share in re.findall(r"([\d.]+) % \|", REPORT.read_text("utf-8"))]
    held = [share for share in shares if share > 50]
    alarms = [share for share in shares if share < 50]
    assert min(held) > 90
    assert max(alarms) < 6.5


@pytest.mark.parametrize(
    "place", [1, 18, *(pytest.param(n, marks=pytest.mark.soak) for n in (6, 12, 26, 58))]
)
def test_rows_of_the_report_that_is_kept_are_what_the_code_makes_today(place):
    """One with intervals only, one that is tested, several of several workshops: to the letter."""
    kept = [row for row in REPORT.read_text("utf-8").splitlines() if re.match(r"\| \d", row)]
    assert len(kept) == len(SETTINGS)
    assert table_rows(simulate(SETS, settings=[SETTINGS[place]])) == [kept[place]]


@pytest.mark.soak
def test_the_report_that_is_kept_is_the_one_that_is_made():
    assert simulation.report() == REPORT.read_text("utf-8")
