"""Other answers to the questions, and the whole report is the same, letter for letter."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

import pytest

from tests.evaluation.disclosure.inversion import BEFORE, NUMBERS, Table, alike, numbers, others
from tests.evaluation.reports.other_answers import AskedTwice, asked_twice, copied, page

AWAY = list(NUMBERS).index("rose")


@pytest.fixture(scope="session")
def whole(rehearsed: Path) -> str:
    return page(rehearsed)


def answered(file: Path, folder: Path, said: list[tuple[AskedTwice, Table]]) -> Path:
    """Let people have answered as in these tables in a copy, and look whether they have."""
    copy = copied(file, folder)
    for asked, table in said:
        asked.write(copy, table)
    tables = {asked.key: asked.table for asked in asked_twice(copy, said[0][0].phase)}
    assert all((tables[asked.key] == table).all() for asked, table in said)
    return copy


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_report_does_not_tell_how_many_moved_away(language, rehearsed, whole, tmp_path):
    said = []
    for asked in asked_twice(rehearsed, "after"):
        if (asked.module, asked.item) in (("harm", "myth"), ("funding", "myth")):
            have = numbers(asked.table)[AWAY]
            assert have < 5
            found = others(asked.table, same_before=True)
            said.append((asked, next(each for each in found if numbers(each)[AWAY] != have)))
    assert len(said) == 2
    before = whole if language == "en" else page(rehearsed, language)
    assert page(answered(rehearsed, tmp_path, said), language) == before


@pytest.mark.soak
@pytest.mark.parametrize("phase", ["after", "followup"])
def test_no_number_below_five_can_be_worked_out_from_the_whole(phase, rehearsed, whole, tmp_path):
    """Each has another value in one of some stores of which the whole report is the same.

    In each store people gave other answers later to all questions at once. How many gave each
    answer before is as it was, so numbers that follow from these are not looked at here.
    """
    rows = list(asked_twice(rehearsed, phase))
    found = [list(others(row.table, same_before=True, tries=600)) for row in rows]
    for row, tables in zip(rows, found, strict=True):
        can = row.table.sum(axis=1)[BEFORE] > 0
        left = [name for name in alike(row.table, tables) if (NUMBERS[name] & can).any()]
        assert [name for name in left if "before" not in name] == [], row.key
    for tables in zip_longest(*found):
        said = [(row, table) for row, table in zip(rows, tables, strict=True) if table is not None]
        assert page(answered(rehearsed, tmp_path, said)) == whole
