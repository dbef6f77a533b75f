"""The tables of columns in the docstrings are those that the functions give."""

from __future__ import annotations

import inspect
import re

import myths
import pytest

OPTIONS = {
    "change": {"by": "wording", "resamples": 20},
    "distribution": {"by": "wording"},
    "reliability": {"pool_wordings": True, "resamples": 20},
}
TABLES = [
    *("answers", "attrition", "change", "codebook", "distribution", "pairs", "paradata"),
    *("participants", "reliability", "wide"),
]
_COLUMNS = re.compile(r"^ *- ([a-z_, ]+) : (\w+(?:\[[^]]+\])?)", re.MULTILINE)


@pytest.mark.parametrize("name", TABLES)
def test_a_docstring_names_every_column_with_its_dtype(name):
    options = OPTIONS.get(name, {}) | ({} if name == "codebook" else {"rehearsal": True})
    table = getattr(myths, name)(myths.rehearsal_data(), **options)
    told = {
        column: dtype
        for columns, dtype in _COLUMNS.findall(inspect.getdoc(getattr(myths, name)))
        for column in columns.split(", ")
    }
    found = {column: str(table[column].dtype) for column in table if "." not in column}
    assert told == found
