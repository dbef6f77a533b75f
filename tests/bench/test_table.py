"""The table of the comparison: ratios of the same round, and nothing left out silently."""

from __future__ import annotations

from typing import Any

import pytest

from bench import plot, table

CPU = table.Measure("server CPU of a visit", "in turn", "cpu", "s", 1, 0.08, 0.04)


def turn(system: str, number: int, **found: Any) -> dict[str, Any]:
    return {"system": system, "part": "in turn", "round": number, **found}


def raw(*records: dict[str, Any]) -> dict[str, Any]:
    about = {"cores": 2, "memory_gib": 24, "kernel": "6", "python": "3.11"}
    return {"machine": about, "size": {"rounds": 3}, "records": list(records)}


def test_a_ratio_is_of_the_same_round_so_that_a_slow_hour_counts_for_both():
    ours = [turn("ours", number, cpu=cpu) for number, cpu in enumerate((0.1, 0.2, 0.4))]
    other = [turn("panel", number, cpu=cpu) for number, cpu in enumerate((0.2, 0.4, 8.0))]
    assert table.ratios([*ours, *other], CPU, "panel") == pytest.approx(2)


def test_a_round_that_one_of_them_did_not_finish_is_no_ratio():
    records = [turn("ours", 0, cpu=0.1), turn("ours", 1, cpu=0.1), turn("panel", 1, cpu=0.3)]
    assert table.ratios(records, CPU, "panel") == pytest.approx(3)
    assert table.ratios(records, CPU, "voila") is None


@pytest.mark.parametrize(("cpu", "met"), [(0.03, "beyond"), (0.06, "the bar"), (0.2, "no")])
def test_ours_is_held_against_both_bars(cpu, met):
    (row,) = [
        line
        for line in table.markdown(raw(turn("ours", 0, cpu=cpu))).splitlines()
        if line.startswith("| server CPU") and "0.08 s" in line
    ]
    assert row.endswith(f"| {met} |")


def test_what_was_not_measured_is_told():
    crowd = {"system": "voila", "part": "100 at once", "round": 0}
    text = table.markdown(raw(turn("ours", 0, cpu=0.1), {**crowd, "skipped": "too large"}))
    assert "- stock Voila, 100 at once: too large" in text


def test_who_was_not_served_is_told():
    crowd = {"system": "voila", "part": "30 at once", "round": 0, "failed": 4, "faults": ["late"]}
    text = table.markdown(raw(crowd))
    assert "| 30 at once: not served | 4 people |" in text
    assert "- stock Voila, 30 at once: late" in text


def test_growth_has_a_line_for_each_number_of_people():
    said = {"per_second": 5, "acknowledged_p50": 0.01, "acknowledged_p95": 0.3, "lost": 2,
            "doubled": 0}  # fmt: skip
    load = {"system": "ours", "part": "load", "round": 0, "people": 300, "served": 299}
    load |= {"cpu": 0.1, "pss": 2e7, "first": 1, "median": 2, "last": 3, "answering": said}
    text = table.markdown(raw(load))
    assert "| 300 | 299 of 300 | 0.10 | 20 | 1 | 2 | 3 | 5 | 10 | 300 | 2 |" in text


def test_the_picture_says_in_words_what_it_shows(tmp_path):
    told = plot.draw(
        raw(turn("ours", 0, cpu=0.1), turn("panel", 0, cpu=0.25)), tmp_path / "ratios.svg"
    )
    assert "server CPU of a visit, Panel: 2.5" in told
    assert told in (tmp_path / "ratios.svg").read_text()
