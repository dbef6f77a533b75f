from __future__ import annotations

import csv
import json

import myths
import pandas as pd
import pyarrow.parquet as pq
import pytest

from tests.evaluation.exports.conftest import LONG, POINTS, TEXTS

READ = {"answers": myths.answers, "participants": myths.participants}
NAMES = [
    *("answers", "participants", "wide", "codes"),
    *("codebook", "definitions", "variables", "values"),
]


def from_csv(folder, name: str) -> pd.DataFrame:
    """Read a table as the data package says, and give it the types of the Parquet file."""
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    (about,) = (each for each in package["resources"] if each["name"] == f"{name}-csv")
    frame = pd.read_csv(
        folder / about["path"],
        dtype=str,
        keep_default_na=False,
        na_values=about["schema"]["missingValues"],
        encoding=about["encoding"],
    )
    kinds = {field["name"]: field["type"] for field in about["schema"]["fields"]}
    for column, kind in kinds.items():
        if kind == "string":
            frame[column] = frame[column].str.replace(r"\A'", "", regex=True)
        elif kind == "boolean":
            frame[column] = frame[column].map({"true": True, "false": False})
        elif kind == "datetime":
            frame[column] = pd.to_datetime(frame[column], format="ISO8601")
        else:
            frame[column] = frame[column].astype("Float64")
    return frame


@pytest.mark.parametrize("name", READ)
def test_parquet_gives_the_very_frames_back(made, name):
    read = pd.read_parquet(made.folder / "parquet" / f"{name}.parquet")
    pd.testing.assert_frame_equal(read, READ[name](made.db))


def test_wide_is_as_without_an_export_with_one_column_more(made, wide):
    pd.testing.assert_frame_equal(wide.drop(columns="declined"), myths.wide(made.db))
    declined = wide["declined"].dropna().tolist()
    assert declined == ["risk.reason.before risk.myth.before risk.confidence.before"]


@pytest.mark.parametrize("name", NAMES)
def test_csv_gives_every_value_back(made, name):
    wanted = pd.read_parquet(made.folder / "parquet" / f"{name}.parquet")
    read = from_csv(made.folder, name).astype(wanted.dtypes)
    pd.testing.assert_frame_equal(read, wanted)


def test_every_awkward_text_is_among_the_answers(made):
    said = set(from_csv(made.folder, "answers")["text"].dropna())
    assert said >= {text.replace("\0", "") for text in TEXTS}


def test_no_text_in_a_csv_begins_like_a_formula(made):
    for path in (made.folder / "csv").iterdir():
        with path.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert cells
        for cell in cells:
            first = cell.strip("\ufeff \t\r\n\xa0")[:1]
            assert first not in {"=", "+", "@", "\uff1d"}
            assert first != "-" or cell.lstrip("-").isdigit()


def test_parquet_carries_titles_and_labels(made):
    schema = pq.read_schema(made.folder / "parquet" / "wide.parquet")
    field = schema.field("risk.myth.after")
    assert field.metadata[b"label"].decode() == "after: Is it so? “Yes” | <no>"
    labels = {int(k): v for k, v in json.loads(field.metadata[b"value_labels"]).items()}
    assert labels == {int(value): label for value, label in POINTS.items()}


def test_audiences_are_ids_with_their_words_beside_them(made):
    assert set(from_csv(made.folder, "participants")["audience"]) == {"social"}
    for name in ("answers", "participants", "wide"):
        metadata = pq.read_schema(made.folder / "parquet" / f"{name}.parquet").field("audience")
        words = json.loads(metadata.metadata[b"value_labels"])
        assert words["social"] == "Child and social services"


def test_a_column_that_pools_wordings_says_so(made):
    schema = pq.read_schema(made.folder / "parquet" / "wide.parquet")
    title = schema.field("risk.myth.before").metadata[b"label"].decode()
    assert title == "before: Is it so? “Yes” | <no> [2 wordings: see the codebook]"


def test_the_variables_name_every_column_once_in_spss_and_stata(made):
    names = from_csv(made.folder, "variables")
    for _, rows in names.groupby("table"):
        for program, limit in (("spss", 64), ("stata", 32)):
            assert rows[program].str.lower().is_unique
            assert rows[program].str.len().max() <= limit
    long = names[names["column"].str.startswith(LONG)].sort_values("column")["stata"]
    assert all(name.endswith(("_before", "_after")) for name in long)
