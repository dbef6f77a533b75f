from __future__ import annotations

import myths
import numpy as np
import pandas as pd
import pyreadstat
import pytest

from tests.evaluation.exports.conftest import CONFIDENCE, POINTS, TEXTS, plain, wanted
from tests.store.samples import asked, given


@pytest.fixture(scope="module")
def wide_file(made):
    return pyreadstat.read_sav(made.folder / "spss" / "wide.sav", user_missing=True)


def joined(frame: pd.DataFrame) -> pd.DataFrame:
    """Put texts together that go on in a further variable."""
    for name in [each for each in frame if each.endswith("_2") and each[:-2] in frame]:
        frame[name[:-2]] += frame[name]
        frame = frame.drop(columns=name)
    return frame


@pytest.mark.parametrize("name", ["answers", "participants", "wide", "codes"])
def test_a_file_gives_every_value_back(made, name):
    read, _ = pyreadstat.read_sav(made.folder / "spss" / f"{name}.sav")
    read = joined(read)
    frame = wanted(made, "spss", name)
    assert list(read.columns) == list(frame.columns)
    for column in frame:
        if pd.api.types.is_datetime64_dtype(frame[column].dtype):
            apart = (read[column].astype("datetime64[us]") - frame[column]).abs()
            assert apart.max() <= pd.Timedelta(microseconds=2)  # SPSS counts in fractions
        else:
            assert plain(read[[column]]) == plain(frame[[column]])


def test_declined_is_user_missing_and_not_a_plain_gap(made, wide_file):
    read, about = wide_file
    frame = wanted(made, "spss", "wide")
    refused = frame["declined"].str.split().str.len().gt(0)
    assert refused.sum() == 1
    assert read.loc[refused, "risk.myth.before"].tolist() == [-9]
    assert (read.loc[~refused, "risk.myth.before"] != -9).all()
    assert about.missing_ranges["risk.myth.before"] == [{"lo": -9.0, "hi": -9.0}]
    assert about.variable_value_labels["risk.myth.before"][-9.0] == "Prefer not to say"
    answers, _ = pyreadstat.read_sav(made.folder / "spss" / "answers.sav", user_missing=True)
    assert (answers["value"] == -9).tolist() == (answers["declined"] == 1).tolist()
    assert (answers["value"] == -9).sum() == 3


def test_labels_measures_and_titles_come_back(wide_file):
    _, about = wide_file
    labels = about.variable_value_labels["risk.myth.after"]
    known = {float(value): label for value, label in POINTS.items()}
    assert labels == known | {-9.0: "Prefer not to say"}
    assert about.column_names_to_labels["risk.myth.after"] == "after: Is it so? “Yes” | <no>"
    assert about.variable_measure["risk.myth.after"] == "ordinal"
    assert about.original_variable_types["risk.myth.after"] == "F8.0"


def test_audiences_are_labelled_numbers_without_an_order(wide_file):
    read, about = wide_file
    assert set(read["audience"]) == {4.0}
    assert about.variable_value_labels["audience"][4.0] == "Child and social services"
    assert len(about.variable_value_labels["audience"]) == 6
    assert about.variable_measure["audience"] == "nominal"


def test_how_an_answer_came_in_is_a_labelled_number(made):
    for name in ("answers", "participants"):
        _, about = pyreadstat.read_sav(made.folder / "spss" / f"{name}.sav")
        labels = {1.0: "on a page", 2.0: "on paper, typed in afterwards"}
        assert about.variable_value_labels["mode"] == labels


def test_audiences_have_no_decimals(wide_file):
    _, about = wide_file
    assert about.original_variable_types["audience"] == "F8.0"


def test_a_label_that_is_too_long_is_cut_with_a_mark(wide_file):
    _, about = wide_file
    title = about.column_names_to_labels["risk.confidence.before"]
    assert title.endswith("…")
    assert 240 < len(title.encode()) <= 256
    assert CONFIDENCE["question"].startswith(title.removeprefix("before: ")[:-1])
    labels = about.variable_value_labels["risk.confidence.before"]
    assert set(labels) == {-9.0, 0.0, 10.0}
    assert labels[10.0].endswith("…")


def test_a_text_wider_than_spss_can_hold_goes_on_and_this_is_told(made, wide_file):
    read, _ = wide_file
    long = max(TEXTS, key=lambda text: len(text.encode()))
    place = read["risk.reason.before"].str.startswith("😀")
    (first,), (rest,) = (
        read.loc[place, "risk.reason.before"],
        read.loc[place, "risk.reason.before_2"],
    )
    assert len(first.encode()) <= 32_767
    assert first + rest == long
    told = [note for note in made.done.notes if "longer than SPSS" in note]
    assert len(told) == 2


def test_the_file_bears_the_date_of_the_data(made):
    _, about = pyreadstat.read_sav(made.folder / "spss" / "answers.sav", metadataonly=True)
    newest = myths.answers(made.db)["answered_at"].max()
    joined_at = myths.participants(made.db)["joined_at"].max()
    assert about.creation_time == max(newest, joined_at).floor("s").tz_localize(None)


def test_an_answer_of_minus_nine_makes_another_number_stand_for_declined(file, store, person):
    store.save(person, asked("temperature"), given(-9))
    store.save(person, asked("wind"), given(declined=True))
    done = myths.export(file.parent / "out", file, formats=["spss"])
    read, about = pyreadstat.read_sav(done.path / "spss" / "wide.sav", user_missing=True)
    assert read["risk.temperature.before"].tolist() == [-9]
    assert read["risk.wind.before"].tolist() == [-99]
    assert about.missing_ranges["risk.wind.before"] == [{"lo": -99.0, "hi": -99.0}]
    plain_read, _ = pyreadstat.read_sav(done.path / "spss" / "wide.sav")
    assert np.isnan(plain_read["risk.wind.before"]).all()
