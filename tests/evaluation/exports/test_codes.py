"""The codes that go out with the texts: those that stand, and nobody's who withdrew."""

from __future__ import annotations

import json
from functools import partial, partialmethod
from pathlib import Path

import myths
import pandas as pd
import pytest
from click.testing import CliRunner
from myths.cli import main
from myths.errors import CodingError
from myths.store.database import Database

from tests.evaluation.coding.coders import book, room
from tests.evaluation.exports.conftest import MEMO, READABLE
from tests.evaluation.meanwhile import meanwhile
from tests.store.samples import asked, given, written

KEY = ["participant", "module", "item", "phase"]


@pytest.fixture
def coding(store, file) -> myths.Coding:
    """Six texts with a gap, of six people in two workshops, coded by ada and bea."""
    book(file.parent / "coding", "gap", "ask")
    room(store, "ROOM1", [f"gap {n}" for n in range(3)])
    room(store, "ROOM2", [f"gap {n}" for n in range(3, 6)])
    coding = myths.Coding(db=file)
    for name in ("ada", "bea"):
        coder = coding.coder(name)
        for text in coder.texts:
            coder.toggle(text.id, "gap")
    return coding


def finish(coding: myths.Coding) -> None:
    for name in ("ada", "bea"):
        coding.coder(name).finish()


def table(folder: Path, name: str = "codes") -> pd.DataFrame:
    return pd.read_parquet(folder / "parquet" / f"{name}.parquet")


def test_the_codes_are_those_of_the_coding_and_join_the_answers(made):
    codes = table(made.folder)
    wanted = myths.Coding(db=made.db).codes()
    pd.testing.assert_frame_equal(codes, wanted[list(codes)], check_dtype=False)
    assert {"coder", "code", "version", "name", "start", "end", "passage"} < {*codes}
    assert set(codes["version"].dropna()) == {1, 2}
    assert codes["code"].isna().any()
    assert codes["passage"].notna().any()
    joined = codes.merge(table(made.folder, "answers"), on=KEY, validate="many_to_one")
    assert len(joined) == len(codes) == made.done.rows["codes"]
    assert READABLE in set(joined["text"])
    within = joined.dropna(subset="passage")
    for text, start, end, passage in within[["text", "start", "end", "passage"]].to_numpy():
        assert text[int(start) : int(end)] == passage


def test_the_definitions_are_all_versions_of_the_codebook(made):
    rows = table(made.folder, "definitions")
    assert list(zip(rows["code"], rows["version"], strict=True)) == [
        ("gap", 1),
        ("gap", 2),
        ("unused", 1),
    ]
    assert rows["include"].dropna().tolist() == ["Ça; +1"]
    assert rows["definition"].tolist()[0] == "Says “what” is | missing."


def test_codebook_package_and_manifest_tell_of_the_codes(made):
    manifest = json.loads((made.folder / "manifest.json").read_text("utf-8"))
    assert manifest["rows"]["codes"] > manifest["rows"]["definitions"] == 3
    package = json.loads((made.folder / "datapackage.json").read_text("utf-8"))
    (codes,) = (each for each in package["resources"] if each["name"] == "codes-csv")
    titles = {field["name"]: field["title"] for field in codes["schema"]["fields"]}
    assert all(name != title for name, title in titles.items())
    for page in ("codebook.md", "codebook.html"):
        words = (made.folder / page).read_text("utf-8")
        assert titles["passage"] in words
        assert "One row per version of a code" in words
    assert "`codes` joins `answers`" in (made.folder / "README.md").read_text("utf-8")
    assert "spss/`: answers, participants, wide and codes, with" in (
        made.folder / "README.md"
    ).read_text("utf-8")


def test_without_a_coding_nothing_tells_of_codes(file, store, person, tmp_path):
    store.save(person, written(), given(text="a gap", reader="evaluation"))
    done = myths.export(tmp_path / "out", file)
    assert not {"codes", "definitions"} & {*done.rows}
    assert "spss/`: answers, participants and wide, with" in (done.path / "README.md").read_text()
    for path in done.path.rglob("*"):
        assert path.stem not in ("codes", "definitions")
        if path.suffix in (".md", ".json", ".R", ".html"):
            assert "definitions" not in path.read_text("utf-8")


def test_who_withdrew_or_took_a_text_back_has_no_codes(coding, store, file, tmp_path):
    finish(coding)
    first, second, third = myths.participants(file, "ROOM1")["participant"].astype(str)
    store.erase_participant(first)
    store.save(second, written("learned", "after"), given(text="gap 1", reader="me"))
    store.save(third, written("learned", "after"), given(text="other", reader="evaluation"))
    done = myths.export(tmp_path / "out", file)
    codes = table(done.path)
    others = set(myths.participants(file, "ROOM2")["participant"].astype(str))
    assert set(codes["participant"]) == others
    assert len(codes) == 6
    for path in done.path.rglob("*"):
        assert path.is_dir() or first.encode() not in path.read_bytes()


def test_who_withdraws_while_the_export_runs_has_codes_only_beside_texts(
    coding, store, file, tmp_path, monkeypatch
):
    monkeypatch.setattr(Database, "empty_log", partialmethod(Database.empty_log, patience=0))
    finish(coding)
    gone = str(myths.participants(file, "ROOM1")["participant"][0])
    with meanwhile(partial(store.erase_participant, gone), once=True):
        done = myths.export(tmp_path / "one", file, formats=["parquet"])
    answers = pd.read_parquet(done.path / "parquet" / "answers.parquet")
    assert gone in {*table(done.path)["participant"]} & {*answers["participant"]}
    after = table(myths.export(tmp_path / "two", file, formats=["parquet"]).path)
    assert gone not in set(after["participant"].cat.categories)
    assert len(after) == 10


def test_only_the_codes_of_the_chosen_workshops_are_written(coding, file, tmp_path):
    finish(coding)
    done = myths.export(tmp_path / "out", file, "ROOM2", formats=["parquet"])
    assert set(table(done.path)["workshop"]) == {"ROOM2"}
    assert done.rows["codes"] == 6


def test_coders_stay_blind_until_all_have_finished(coding, file, tmp_path):
    coding.coder("ada").finish()
    done = myths.export(tmp_path / "out", file, formats=["csv"])
    assert "codes" not in done.rows
    (note,) = done.notes
    assert "until all have declared that they have finished" in note
    assert "ada" not in note + (done.path / "README.md").read_text("utf-8")
    coding.coder("bea").finish()
    done = myths.export(tmp_path / "out", file, formats=["csv"], force=True)
    assert done.rows["codes"] == 12
    assert not done.notes


def test_another_folder_can_be_named_and_must_be_there(coding, file, tmp_path):
    finish(coding)
    elsewhere = coding.folder.rename(tmp_path / "coded")
    assert "codes" not in myths.export(tmp_path / "one", file, formats=["csv"]).rows
    done = myths.export(tmp_path / "two", file, coding=elsewhere, formats=["csv"])
    assert done.rows["codes"] == 12
    with pytest.raises(CodingError, match=r"There is no folder .*nowhere"):
        myths.export(tmp_path / "three", file, coding=tmp_path / "nowhere")
    assert not (tmp_path / "three").exists()
    command = ["export", str(tmp_path / "four"), "--db", f"sqlite:///{file}", "--format", "csv"]
    told = CliRunner().invoke(main, [*command, "--coding", str(elsewhere)])
    assert told.exit_code == 0, told.output
    assert (tmp_path / "four" / "csv" / "codes.csv").exists()
    told = CliRunner().invoke(main, [*command, "--force", "--coding", str(tmp_path / "nowhere")])
    assert told.exit_code != 0
    assert "nowhere" in told.stderr


def test_a_damaged_sheet_is_named_with_its_line_and_nothing_is_written(coding, file, tmp_path):
    finish(coding)
    sheet = coding.folder / "ada.jsonl"
    sheet.write_text(sheet.read_text().replace('"codes"', '"coeds"', 1))
    with pytest.raises(CodingError, match=r"ada\.jsonl:2: .*mend it"):
        myths.export(tmp_path / "out", file)
    assert not (tmp_path / "out").exists()


def test_a_coding_of_other_texts_gives_an_empty_table(coding, store, file, tmp_path):
    finish(coding)
    store.open_workshop(code="ROOM3")
    person = store.join("ROOM3", language="en", consent="agreed").participant
    store.save(person, asked(), given(1))
    done = myths.export(tmp_path / "out", file, "ROOM3")
    assert done.rows["codes"] == 0
    assert list(table(done.path)) == list(pd.read_csv(done.path / "csv" / "codes.csv"))


def test_memos_stay_with_the_coders(made):
    assert myths.Coding(db=made.db).codes()["memo"].str.contains(MEMO).all()
    assert "memo" not in table(made.folder)
