from __future__ import annotations

import myths
import pandas as pd
import pytest
from myths.errors import EvaluationError, StoreError, WorkshopError

from tests.evaluation.said import room
from tests.store.samples import asked, given, written


def test_a_path_its_words_and_an_address_open_the_same_store(file, store, person):
    store.save(person, asked(), given(4))
    for db in (file, str(file), f"sqlite:///{file}"):
        assert myths.answers(db)["value"].tolist() == [4]
        assert myths.participants(db)["participant"].tolist() == [person]
        assert myths.wide(db)["risk.myth.before"].tolist() == [4]


def test_a_path_may_be_short_or_start_at_home(file, store, person, monkeypatch):
    monkeypatch.setenv("HOME", str(file.parent))
    monkeypatch.chdir(file.parent)
    assert len(myths.participants(file.name)) == len(myths.participants(f"~/{file.name}")) == 1


def test_without_a_place_the_environment_names_the_store(file, store, person, monkeypatch):
    monkeypatch.setenv("MYTHS_DB", f"sqlite:///{file}")
    assert myths.participants()["participant"].tolist() == [person]


@pytest.mark.parametrize("read", [myths.answers, myths.participants, myths.wide, myths.codebook])
def test_a_missing_file_is_named_and_not_made(read, tmp_path):
    absent = tmp_path / "absent.sqlite"
    with pytest.raises(StoreError, match=r"absent\.sqlite"):
        read(absent)
    assert not absent.exists()


@pytest.mark.parametrize("read", [myths.answers, myths.participants, myths.wide])
def test_a_code_of_no_workshop_is_named(read, file, store):
    with pytest.raises(WorkshopError, match="NOSUCH") as told:
        read(file, "no such")
    assert told.value.reason == "unknown"


@pytest.mark.parametrize("read", [myths.answers, myths.participants, myths.wide])
def test_only_the_chosen_workshops_are_read(read, file, store, person):
    store.save(person, asked(), given(5))
    for code in ("SECOND", "THIRD"):
        workshop = store.open_workshop(code=code)
        other = store.join(workshop.code, language="en", consent="agreed").participant
        store.save(other, asked(), given(1))
    assert len(read(file)) == 3
    assert read(file, "real")["workshop"].tolist() == ["REAL"]
    assert read(file, ["THIRD", "real"])["workshop"].tolist() == ["REAL", "THIRD"]


def test_declined_is_a_row_and_skipped_is_none(file, store, person):
    store.save(person, asked("myth"), given(declined=True))
    store.save(person, asked("fact"), given(2))
    store.save(person, asked("fact"), given())
    rows = myths.answers(file)
    assert rows["item"].tolist() == ["myth"]
    assert rows["declined"].tolist() == [True]
    assert rows["value"].isna().all()
    assert myths.wide(file)["risk.myth.before"].isna().all()


def test_a_text_is_given_only_where_the_evaluation_may_read_it(file, store, person):
    for reader in ("me", "group", "evaluation"):
        store.save(person, written(reader), given(text=f"for {reader}", reader=reader))
    said = myths.answers(file).set_index("item")["text"]
    assert said["evaluation"] == "for evaluation"
    assert said[["me", "group"]].isna().all()


def test_without_rows_the_tables_have_their_columns(file, store):
    for table in (myths.answers(file), myths.participants(file), myths.wide(file)):
        assert table.empty
        assert {"workshop", "participant"} <= set(table.columns)
    assert str(myths.answers(file)["value"].dtype) == "Float64"
    assert isinstance(myths.participants(file)["joined_at"].dtype, pd.DatetimeTZDtype)


def test_tables_of_people_can_be_of_some_languages_modules_and_wordings(file, store, person):
    german = store.join("REAL", language="de", consent="agreed").participant
    store.save(person, asked(), given(1))
    store.save(person, asked(module="harm", wording="fedcba987654"), given(2))
    store.save(german, asked(language="de"), given(3))
    assert myths.participants(file, language="de")["participant"].tolist() == [german]
    cells = {"risk.myth.before", "harm.myth.before"}
    assert set(myths.wide(file).columns) >= cells
    table = myths.wide(file, language=iter(["de"]))
    assert table["participant"].tolist() == [german]
    assert table["risk.myth.before"].tolist() == [3]
    for some in ({"module": "harm"}, {"wording": "fedcba987654"}):
        table = myths.wide(file, **some)
        assert set(table.columns) & cells == {"harm.myth.before"}
        assert table["harm.myth.before"].dropna().tolist() == [2]
        assert len(table) == 2
    with pytest.raises(EvaluationError, match="choose from en, de"):
        myths.participants(file, language="fr")


def test_wide_has_its_columns_in_the_order_in_which_questions_were_asked(store, file, tmp_path):
    room(store, "REAL", [(4, 2)], module="risk")
    room(store, "MORE", [(4, 2)], module="risk", item="fact")
    room(store, "LAST", [(4, 2)], module="funding")
    questions = ["risk.myth", "risk.fact", "funding.myth"]
    columns = [f"{each}.{phase}" for each in questions for phase in ("before", "after")]
    assert list(myths.wide(file))[3:] == columns
    done = myths.export(tmp_path / "out", file, formats=["parquet"])
    wide = pd.read_parquet(done.path / "parquet/wide.parquet")
    assert list(wide)[3:-1] == columns
