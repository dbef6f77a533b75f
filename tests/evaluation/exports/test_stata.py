from __future__ import annotations

import myths
import pandas as pd
import pyreadstat
import pytest

from tests.evaluation.exports.conftest import POINTS, TEXTS, plain, wanted


@pytest.fixture(scope="module")
def wide_file(made):
    return pyreadstat.read_dta(made.folder / "stata" / "wide.dta", user_missing=True)


@pytest.mark.parametrize("name", ["answers", "participants", "wide", "codes"])
def test_a_file_gives_every_value_back(made, name):
    read, _ = pyreadstat.read_dta(made.folder / "stata" / f"{name}.dta")
    frame = wanted(made, "stata", name)
    assert list(read.columns) == list(frame.columns)
    for column in frame:
        if pd.api.types.is_datetime64_dtype(frame[column].dtype):
            assert read[column].tolist() == frame[column].tolist()
        else:
            assert plain(read[[column]]) == plain(frame[[column]])


def test_another_reader_finds_the_same_texts(made):
    read = pd.read_stata(made.folder / "stata" / "answers.dta")
    assert set(read["text"]) >= set(TEXTS)


def test_declined_is_an_extended_missing_value_and_not_a_plain_gap(made, wide_file):
    read, about = wide_file
    refused = wanted(made, "stata", "wide")["declined"].str.split().str.len().gt(0)
    assert read.loc[refused, "risk_myth_before"].tolist() == ["a"]
    assert (read.loc[~refused, "risk_myth_before"] != "a").all()
    assert about.variable_value_labels["risk_myth_before"]["a"] == "Prefer not to say"
    answers, _ = pyreadstat.read_dta(made.folder / "stata" / "answers.dta", user_missing=True)
    assert (answers["value"] == "a").tolist() == (answers["declined"] == 1).tolist()


def test_labels_and_titles_come_back(wide_file):
    _, about = wide_file
    known = {int(value): label for value, label in POINTS.items()}
    labels = about.variable_value_labels["risk_myth_after"]
    assert labels == known | {"a": "Prefer not to say"}
    assert about.column_names_to_labels["risk_myth_after"] == "after: Is it so? “Yes” | <no>"
    title = about.column_names_to_labels["risk_confidence_before"]
    assert title.endswith("…")
    assert len(title) <= 80


def test_audiences_are_labelled_numbers(wide_file):
    read, about = wide_file
    assert set(read["audience"]) == {4}
    assert about.variable_value_labels["audience"][4] == "Child and social services"


def test_the_file_bears_the_date_of_the_data_and_a_format_that_every_stata_14_opens(made):
    head = (made.folder / "stata" / "answers.dta").read_bytes()[:400]
    assert b"<release>118</release>" in head
    newest = myths.answers(made.db)["answered_at"].max()
    joined_at = myths.participants(made.db)["joined_at"].max()
    assert f"{max(newest, joined_at):%d %b %Y %H:%M}</timestamp>".encode() in head
