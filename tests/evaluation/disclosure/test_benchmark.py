"""One workshop beside others: as coarse as a report, and safe beside every report."""

from __future__ import annotations

from pathlib import Path

import myths
import pandas as pd
import pytest
from myths.errors import EvaluationError
from myths.store import Store

from tests.evaluation.reports.published import STAY, counted, is_safe, publish
from tests.evaluation.said import room

K = 5


def rooms(store: Store, number: int, *, first: int = 1, people: int = 10, **more: str) -> None:
    for n in range(first, first + number):
        room(store, f"OTHER{n}", (STAY * 10)[:people], **more)


def told(table: pd.DataFrame) -> list[tuple[object, ...]]:
    columns = ["group", "part", "workshops", "n"]
    return [*table[columns].astype(object).itertuples(index=False, name=None)]


def test_yours_stand_beside_all_others_of_the_same_words(store: Store, file: Path):
    room(store, "MINE", [(4, 2)] * 6 + [(3, 3)] * 6)
    rooms(store, 5)
    table = myths.benchmark(file, "MINE")
    assert told(table) == [("yours", "all", 1, 12), ("others", "all", 5, 50)]
    assert table["mean"].tolist() == [-1.0, -1.2]  # STAY: (1 + 2 + 0 + 3 + 0) / 5
    assert table["question"].tolist() == ["myth", "myth"]


def test_the_interval_is_that_of_a_report(store: Store, file: Path):
    """Ten rooms of ten: as R has it, 1.5 * qt(0.975, 9) / sqrt(100) = 0.3393."""
    room(store, "MINE", [(4, 2)] * 12)
    rooms(store, 10)
    others = myths.benchmark(file, "MINE").iloc[1]
    assert others["mean"] - others["low"] == pytest.approx(0.3393, abs=1e-4)
    assert others["high"] - others["mean"] == pytest.approx(0.3393, abs=1e-4)


def test_of_fewer_other_workshops_nothing_is_told(store: Store, file: Path):
    room(store, "MINE", [(4, 2)] * 12)
    rooms(store, K - 1)
    assert told(myths.benchmark(file, "MINE")) == [("yours", "all", 1, 12)]


def test_of_few_people_of_yours_nothing_is_told(store: Store, file: Path):
    room(store, "MINE", [(4, 2)] * 4)
    rooms(store, 5)
    assert myths.benchmark(file, "MINE").empty


def test_without_others_there_are_yours_alone(store: Store, file: Path):
    room(store, "MINE", [(4, 2)] * 12)
    assert told(myths.benchmark(file, "MINE", by="country")) == [("yours", "all", 1, 12)]


def test_of_people_who_answered_once_nothing_is_told(store: Store, file: Path):
    room(store, "MINE", [(4, None)] * 12)
    assert myths.benchmark(file, "MINE").empty


def test_who_was_asked_in_other_words_is_no_other(store: Store, file: Path):
    room(store, "MINE", [(4, 2)] * 12)
    rooms(store, 5)
    rooms(store, 5, first=6, wording="new-words")
    assert told(myths.benchmark(file, "MINE"))[1] == ("others", "all", 5, 50)


def test_a_part_of_enough_workshops_is_told(store: Store, file: Path):
    room(store, "MINE", [(4, 2)] * 12)
    rooms(store, 5, audience="courts")
    rooms(store, 6, first=6, audience="police")
    parts = told(myths.benchmark(file, "MINE", by="audience"))[2:]
    assert parts == [("others", "courts", 5, 50), ("others", "police", 6, 60)]


def test_a_part_beside_which_one_workshop_would_be_left_is_not_told(store: Store, file: Path):
    room(store, "MINE", [(4, 2)] * 12)
    rooms(store, 6, audience="courts")
    rooms(store, 1, first=7, audience="police")
    assert len(myths.benchmark(file, "MINE", by="audience")) == 2


def test_countries_are_those_of_the_support_lines(store: Store, file: Path):
    room(store, "MINE", [(4, 2)] * 12)
    rooms(store, 5)
    for n in range(6, 11):
        room(store, f"OTHER{n}", STAY * 2, country="at")
    parts = told(myths.benchmark(file, "MINE", by="country"))[2:]
    assert parts == [("others", "at", 5, 50), ("others", "eu", 5, 50)]


def test_nothing_is_logged_until_it_is_published(store: Store, file: Path):
    room(store, "MINE", [(4, 2)] * 12)
    rooms(store, 5)
    table = myths.benchmark(file, "MINE")
    assert counted(store) == []
    pd.testing.assert_frame_equal(myths.benchmark(file, "MINE", publish=True), table)
    assert counted(store) == [12, 50]
    assert is_safe(store)
    myths.benchmark(file, "MINE", publish=True)  # the same again adds nothing
    assert counted(store) == [12, 50]


def test_who_would_be_alone_beside_an_earlier_report_is_not_counted(
    store: Store, file: Path, tmp_path: Path
):
    room(store, "MINE", [(4, 2)] * 12)
    rooms(store, 5)
    publish(file, tmp_path)
    room(store, "OTHER9", [(1, 5)] * 3)
    table = myths.benchmark(file, "MINE", publish=True)
    assert told(table)[1] == ("others", "all", 5, 50)
    assert is_safe(store)


def test_a_benchmark_of_each_of_many_workshops_is_safe_with_all_others(store: Store, file: Path):
    rooms(store, 7, people=7)
    for n in range(1, 8):
        myths.benchmark(file, f"OTHER{n}", publish=True)
        room(store, f"LATER{n}", STAY[:n])
    assert is_safe(store)


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({}, "Which workshops are yours"),
        ({"workshop": "NOSUCH"}, "choose from MINE"),
        ({"workshop": "MINE", "k": 4}, "use 5 or more"),
        ({"workshop": "MINE", "by": "trainer"}, "audience or country"),
    ],
    ids=["none", "unknown", "few", "by"],
)
def test_what_cannot_be_told_is_refused(store: Store, file: Path, choice, message):
    room(store, "MINE", [(4, 2)] * 12)
    with pytest.raises(EvaluationError, match=message):
        myths.benchmark(file, **choice)
