"""The tables of columns in the docstrings are those that the functions give."""

from __future__ import annotations

import inspect
import re

import myths
import pandas as pd
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


def told(documented: object) -> dict[str, str]:
    """Columns -> dtypes, as a docstring has them."""
    return {
        column: dtype
        for columns, dtype in _COLUMNS.findall(inspect.getdoc(documented))
        for column in columns.split(", ")
    }


def found(table: pd.DataFrame) -> dict[str, str]:
    return {column: str(table[column].dtype) for column in table if "." not in column}


@pytest.mark.parametrize("name", TABLES)
def test_a_docstring_names_every_column_with_its_dtype(name):
    options = OPTIONS.get(name, {}) | ({} if name == "codebook" else {"rehearsal": True})
    table = getattr(myths, name)(myths.rehearsal_data(), **options)
    assert told(getattr(myths, name)) == found(table)


def test_that_of_waves_adds_what_change_has_not():
    options = OPTIONS["change"] | {"rehearsal": True}
    table = myths.waves(myths.rehearsal_data(), **options)
    assert told(myths.change) | told(myths.waves) == found(table)


@pytest.fixture(scope="module")
def coding(tmp_path_factory: pytest.TempPathFactory) -> myths.Coding:
    """A coding with codes, passages, memos and disagreement."""
    folder = tmp_path_factory.mktemp("coding")
    db, items = myths.rehearsal_data(), ["risk.learned"]
    coding = myths.Coding(folder, db=db, rehearsal=True, items=items)
    coding.add("doubt", name="Doubt", definition="Says what somebody doubts.")
    for name in ("ada", "ben"):
        coder = coding.coder(name)
        for place, text in enumerate(coder.texts):
            if name < "b" or place:
                coder.toggle(text.id, "doubt")
            else:
                coder.none(text.id)
        coder.memo(text.id, "Read again.")
        coder.passage(text.id, "doubt", 0, 5)
        coder.finish()
    return coding


@pytest.fixture(scope="module")
def uncoded(tmp_path_factory: pytest.TempPathFactory) -> myths.Coding:
    folder = tmp_path_factory.mktemp("coding")
    return myths.Coding(folder, db=myths.rehearsal_data(), rehearsal=True, items=["risk.learned"])


@pytest.mark.parametrize("name", ["codebook", "coders", "agreement", "quotes"])
def test_a_docstring_of_coding_names_every_column_with_its_dtype(name, coding, uncoded):
    columns = told(getattr(myths.Coding, name))
    assert found(getattr(coding, name)()) == columns
    assert found(getattr(uncoded, name)()) == columns


def test_the_docstring_of_codes_names_what_comes_before_the_answers(coding, uncoded):
    columns = told(myths.Coding.codes) | told(myths.answers)
    assert found(coding.codes()) == columns
    assert found(uncoded.codes()) == columns


def test_the_docstring_of_disagreements_names_every_column(coding, uncoded):
    columns, own = told(myths.Coding.disagreements), {"ada": "boolean", "memo of ada": "string"}
    own |= {"ben": "boolean", "memo of ben": "string"}
    assert found(coding.disagreements()) == columns | own
    assert len(coding.disagreements()) == 1
    assert found(uncoded.disagreements()) == columns
