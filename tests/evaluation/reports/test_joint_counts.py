"""Put together, the numbers of people in a report leave each one below five another value."""

from __future__ import annotations

from pathlib import Path

import myths
import pytest
from myths.evaluation.disclosure.people_steps import PeopleSteps

from tests.evaluation.reports.joint_counts import JointCounts, read
from tests.evaluation.reports.made_rooms import make
from tests.evaluation.reports.reading import DAY

TENS = range(0, 100, 10)


def given_away(file: Path) -> list[str]:
    counts = JointCounts(file)
    read(counts, myths.report(file, day=DAY))
    return counts.given_away()


@pytest.mark.parametrize("seed", [6, *(pytest.param(n, marks=pytest.mark.soak) for n in (18, 21))])
def test_no_number_of_people_below_five_can_be_worked_out(seed, tmp_path):
    assert given_away(make(tmp_path / "rooms.sqlite", seed)) == []


@pytest.mark.soak
@pytest.mark.parametrize("start", TENS)
def test_nor_in_many_more_rooms(start, tmp_path):
    for seed in range(start, start + 10):
        assert given_away(make(tmp_path / f"{seed}.sqlite", seed)) == [], seed


def test_nor_in_the_report_on_the_made_up_workshops(rehearsed, full):
    counts = JointCounts(rehearsed)
    read(counts, full)
    assert counts.given_away() == []


def test_the_search_finds_who_is_missing_where_a_step_ends_at_an_exact_number(
    tmp_path, monkeypatch
):
    """It can fail: with steps of five, whatever is printed beside them, nobody can be missing."""
    monkeypatch.setattr(PeopleSteps, "beside", classmethod(lambda cls, _, *, k: cls(k)))
    found = given_away(make(tmp_path / "rooms.sqlite", 21))
    assert "risk/myth/risk-myth-en no item" in found
