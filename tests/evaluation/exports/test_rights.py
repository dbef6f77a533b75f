"""No text leaves the store whose author did not let the evaluation read it: in no file, packed or
not, in no encoding. That the search finds what is there is shown with a text that may be read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import myths
import pandas as pd
import pyreadstat
import pytest
from myths.store import open_store

from tests.evaluation.exports.conftest import (
    FOR_NOBODY_HERE,
    MEMO,
    READABLE,
    REHEARSED,
    WITHDRAWN,
    answer_all,
)


def contents(name: str, data: bytes) -> Iterator[bytes]:
    """Give what a file holds: as it is, unpacked, and as its own reader finds it."""
    yield data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part in archive.namelist():
                yield from contents(part, archive.read(part))
    if name.endswith(".parquet"):
        frame = pd.read_parquet(io.BytesIO(data))
        for column in frame:
            yield repr(frame[column].tolist()).encode()
            if frame[column].dtype == "category":
                yield repr(frame[column].cat.categories.tolist()).encode()


def holds(path: Path, word: str) -> bool:
    spellings = (word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"))
    found = contents(path.name, path.read_bytes())
    if path.suffix == ".sav":  # its compression may cut through a word
        frame, _ = pyreadstat.read_sav(path)
        found = iter([*found, frame.to_csv().encode()])
    return any(spelling in part for part in found for spelling in spellings)


@pytest.fixture(scope="module")
def files(made, tmp_path_factory) -> list[Path]:
    """All files of a folder, and a zip."""
    packed = myths.export(tmp_path_factory.mktemp("packed") / "out.zip", made.db).path
    return [*(path for path in made.folder.rglob("*") if path.is_file()), packed]


def test_the_search_finds_a_text_that_may_be_read_in_every_format(files):
    found = {path.suffix for path in files if holds(path, READABLE)}
    assert found == {".csv", ".parquet", ".xlsx", ".sav", ".dta", ".zip"}


@pytest.mark.parametrize("word", [*FOR_NOBODY_HERE.values(), REHEARSED, "TRYOUT", WITHDRAWN, MEMO])
def test_no_file_holds_what_the_evaluation_may_not_read(files, word):
    assert not [path for path in files if holds(path, word)]


@pytest.mark.parametrize("kind", ["recovery", "session"])
def test_no_file_holds_a_code_or_a_cookie(file, kind):
    store = open_store(f"sqlite:///{file}", create=True)
    store.open_workshop(code="REAL")
    came = store.join("REAL", language="en", consent="agreed")
    done = myths.export(file.parent / "out", file)
    secret = came.recovery if kind == "recovery" else came.token
    assert len(secret) > 8
    for path in done.path.rglob("*"):
        assert path.is_dir() or not holds(path, secret)


def test_rehearsals_come_when_they_are_asked_for_and_this_is_told(tmp_path):
    db = tmp_path / "workshop.sqlite"
    answer_all(open_store(f"sqlite:///{db}", create=True))
    done = myths.export(tmp_path / "out", db, formats=["csv"], rehearsal=True)
    assert holds(done.path / "csv" / "answers.csv", REHEARSED)
    assert any("made up" in note for note in done.notes)


def test_the_first_page_says_what_the_export_holds(made):
    text = (made.folder / "README.md").read_text("utf-8")
    said, people = myths.answers(made.db), myths.participants(made.db)
    first = text.partition("\n## ")[2].partition("\n## ")[0]
    texts = int(said["text"].notna().sum())
    assert first.startswith("What this holds")
    assert f"Answers: {len(said)}, of which {texts} are texts" in first
    assert f"People: {len(people)}. Workshops: {people['workshop'].nunique()}." in first
    assert "do not publish it" in first
