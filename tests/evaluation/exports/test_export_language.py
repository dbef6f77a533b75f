"""An export explains itself in a language; what is stored, and all names, are always the same."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import myths
import pandas as pd
import pyarrow.parquet as pq
import pyreadstat
import pytest
from click.testing import CliRunner
from myths.cli import main
from myths.errors import EvaluationError
from openpyxl import load_workbook

from tests.evaluation.english import english_among, english_in
from tests.evaluation.exports.conftest import Made
from tests.evaluation.said import join, room

SAME = ("answers", "participants", "wide", "codebook", "codes", "definitions")


@pytest.fixture(scope="module")
def german(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("german")
    return myths.export(folder / "out", made.db, language="de").path


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_files_columns_and_what_is_stored_are_the_same_in_each_language(made, german):
    assert names(german) == names(made.folder)
    for name in SAME:
        csv = f"csv/{name}.csv"
        assert (german / csv).read_bytes() == (made.folder / csv).read_bytes()
    for name in ("variables", "values"):
        here, there = (pd.read_csv(at / f"csv/{name}.csv") for at in (german, made.folder))
        pd.testing.assert_frame_equal(
            here.drop(columns="label"), there.drop(columns="label"), check_names=True
        )
        assert (name == "values") == (set(here["label"]) == set(there["label"]))
    for file in ("spss/wide.sav", "stata/wide.dta"):
        read = pyreadstat.read_sav if file.endswith("sav") else pyreadstat.read_dta
        (here, about), (there, _) = (read(at / file) for at in (german, made.folder))
        pd.testing.assert_frame_equal(here, there)
        assert any(label.startswith("vorher: ") for label in about.column_labels)
        assert any("Möchte ich nicht sagen" in told.values() for told in labels_of(about))


def labels_of(about: pyreadstat.metadata_container) -> list[dict[float, str]]:
    return list(about.variable_value_labels.values())


def test_what_explains_it_is_in_the_language(made, german):
    page = (german / "codebook.html").read_text("utf-8")
    assert '<html lang="de">' in page
    assert "„Möchte ich nicht sagen“ ist eine eigene Antwort" in page
    assert 'vorher: <span lang="en" dir="auto">Is it so? “Yes” | &lt;no&gt;</span>' in page
    assert "[2 Fassungen: siehe Codebuch]" in page
    assert "# Codebuch" in (german / "codebook.md").read_text("utf-8")
    read_me = (german / "README.md").read_text("utf-8")
    assert "Bevor Sie beginnen" in read_me
    assert "`answers`: Eine Zeile je Antwort" in read_me
    assert "Möchte ich nicht sagen" in (german / "read.R").read_text("utf-8")
    sheets = load_workbook(german / "excel/workshop.xlsx", read_only=True).sheetnames
    assert sheets[0] == "liesmich"
    english = load_workbook(made.folder / "excel/workshop.xlsx", read_only=True).sheetnames
    assert sheets[1:] == english[1:]
    manifest = json.loads((german / "manifest.json").read_text("utf-8"))
    assert manifest["options"]["language"] == "de"
    package = json.loads((german / "datapackage.json").read_text("utf-8"))
    assert package["title"].startswith("Antworten aus dem Workshop")


def labels_in(folder: Path) -> dict[str, set[str]]:
    """List the labels of columns and of their values, of each format that has some."""
    found: dict[str, set[str]] = {}
    for file, read in (("spss/{}.sav", pyreadstat.read_sav), ("stata/{}.dta", pyreadstat.read_dta)):
        for name in ("answers", "participants", "wide", "codes"):
            about = read(folder / file.format(name), metadataonly=True)[1]
            values = [label for labels in labels_of(about) for label in labels.values()]
            found[file.format(name)] = {*about.column_labels, *values}
    for path in (folder / "parquet").iterdir():
        for field in pq.read_schema(path):
            told = {key.decode(): words.decode() for key, words in field.metadata.items()}
            values = json.loads(told.get("value_labels", "{}")).values()
            found.setdefault(path.name, set()).update({told["label"], *values})
    for name in ("variables", "values"):
        found[f"csv/{name}.csv"] = set(pd.read_csv(folder / f"csv/{name}.csv")["label"])
    return found


def texts_in(folder: Path) -> dict[str, str]:
    """Return what each file says that is read as a text, and the sheets of the workbook."""
    found = {path.name: path.read_text("utf-8") for path in folder.iterdir() if path.is_file()}
    book = load_workbook(folder / "excel/workshop.xlsx", read_only=True)
    for sheet in book:
        cells = (str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)
        found[sheet.title] = "\n".join(cells)
    return found


def test_no_english_is_left_in_any_file_of_a_german_export(made, german):
    assert english_left(german) == {}
    found = english_left(made.folder)  # it finds some where there is some
    assert set(labels_in(made.folder)) - {"csv/values.csv"} <= set(found)
    assert {"README.md", "codebook.html", "codebook.md", "datapackage.json", "read.R"} <= set(found)
    assert {"read-me", "variables"} <= set(found)


def english_left(folder: Path) -> dict[str, list[str]]:
    """List what of each file and sheet is English and not German."""
    labels, texts = labels_in(folder), texts_in(folder)
    found = {name: english_among(told, "de") for name, told in labels.items()}
    said = texts | {name: "\n".join(told) for name, told in labels.items()}
    for name, text in said.items():
        found[name] = [*found.get(name, ()), *english_in(text, "de")]
    return {name: english for name, english in found.items() if english}


@pytest.mark.skipif(not shutil.which("R"), reason="R is not installed")
def test_r_runs_the_german_script_and_has_the_german_label(german):
    look = 'source("read.R", chdir = TRUE); cat(rev(levels(wide_factors$risk.myth.before))[1])'
    ran = subprocess.run(
        ["R", "--vanilla", "--no-echo", "-e", look], cwd=german, capture_output=True, check=True
    )
    assert ran.stdout.decode("utf-8") == "Möchte ich nicht sagen"


def test_without_a_choice_it_is_in_the_language_of_the_workshops(store, file, tmp_path):
    store.open_workshop(code="ROOM1", language="de")
    join(store, "ROOM1")
    done = myths.export(tmp_path / "one", file, formats=["csv"])
    assert 'lang="de"' in (done.path / "codebook.html").read_text("utf-8")
    assert "noch keine Antworten (Teilnehmende: 1)" in done.notes[0]
    store.open_workshop(code="ROOM2", language="ar")
    join(store, "ROOM2")
    mixed = myths.export(tmp_path / "two", file, formats=["csv"])
    assert 'lang="en"' in (mixed.path / "codebook.html").read_text("utf-8")
    arabic = myths.export(tmp_path / "three", file, "ROOM2", formats=["csv"])
    assert arabic.notes[0].startswith("The evaluation has no words in Arabic yet")
    assert arabic.notes[0] in (arabic.path / "README.md").read_text("utf-8")
    with pytest.raises(EvaluationError, match="choose from en, de"):
        myths.export(tmp_path / "four", file, language="xx")
    assert not (tmp_path / "four").exists()


def test_the_command_takes_a_language(store, file, tmp_path):
    room(store, "REAL", [(4, 2)])
    command = ["export", str(tmp_path / "out"), "--db", f"sqlite:///{file}", "--format", "csv"]
    ran = CliRunner().invoke(main, [*command, "--language", "de"])
    assert ran.exit_code == 0, ran.output
    assert '<html lang="de">' in (tmp_path / "out" / "codebook.html").read_text("utf-8")
