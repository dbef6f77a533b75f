"""The table of sizes is what the formula beside it gives."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/operators/sizing.md").read_text()
ROWS = re.findall(r"(?m)^\| (\d+) \| (\d+) \| (\d+) \| (\d+) GB \| (\d+) / (\d+) \|", PAGE)


def formula() -> dict[str, Any]:
    (block,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names: dict[str, Any] = {}
    exec(block, names)  # noqa: S102  our own page
    return names


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_row_is_what_the_formula_gives(row: tuple[str, ...]):
    people, *told = map(int, row)
    assert formula()["needs"](people) == tuple(told)


def test_the_table_has_all_rows():
    assert [row[0] for row in ROWS] == ["30", "300", "2000", "20000"]


def test_the_memory_of_a_worker_is_what_was_measured():
    first, *_, last = json.loads((ROOT / "bench/results/led_room.json").read_text())["rooms"]
    all_of = [room["people"] * room["memory"] for room in (first, last)]
    each = (all_of[1] - all_of[0]) / (last["people"] - first["people"])
    assert (all_of[0] - first["people"] * each) / 1e9 == pytest.approx(
        formula()["WORKER"], abs=0.05
    )
