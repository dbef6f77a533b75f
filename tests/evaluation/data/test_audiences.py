"""Every table can be of the workshops for some audiences alone."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import myths
import pandas as pd
import pytest
from myths import catalog
from myths.errors import EvaluationError, WorkshopError
from myths.evaluation.data.audiences import audiences
from myths.vocabulary import Audience

from tests.catalog import sample_content
from tests.evaluation.coding import coders
from tests.evaluation.said import join, room, say

TABLES = {
    "answers": myths.answers,
    "participants": myths.participants,
    "wide": myths.wide,
    "attrition": myths.attrition,
    "pairs": myths.pairs,
    "paradata": myths.paradata,
    "change": partial(myths.change, by="wording", resamples=50),
    "distribution": partial(myths.distribution, by="wording"),
    "reliability": partial(myths.reliability, pool_wordings=True, resamples=50),
}


@pytest.fixture(scope="module")
def rehearsed() -> Path:
    """A data set in which TRIAL2 alone is for courts, and the other two workshops are mixed."""
    return myths.rehearsal_data()


def same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    return one.astype("str").equals(other.astype("str"))


@pytest.mark.parametrize("name", TABLES)
def test_what_is_given_one_by_one_counts_as_if_listed(rehearsed, name):
    codes, whom = ["TRIAL1", "TRIAL3"], ["mixed"]
    usual = TABLES[name](rehearsed, codes, audience=whom, rehearsal=True)
    each = TABLES[name](rehearsed, iter(codes), audience=iter(whom), rehearsal=True)
    assert len(each)
    assert same(each, usual)


def test_modules_given_one_by_one_count_as_if_listed(rehearsed):
    usual = myths.attrition(rehearsed, module=["risk", "harm"], rehearsal=True)
    each = myths.attrition(rehearsed, module=iter(["risk", "harm"]), rehearsal=True)
    assert same(each, usual)
    assert usual["followup"].sum()


def test_store_coding_and_report_take_workshops_one_by_one(file, store):
    for code in ("ROOM1", "ROOM2"):
        room(store, code, [(4, 2)] * 6, audience="courts")
    coders.room(store, "ROOM3", ["a gap"])
    codes = ["ROOM1", "ROOM3"]
    wide = myths.wide(file, iter(codes), audience=iter(["courts", "mixed"]))
    assert same(wide, myths.wide(file, codes))
    texts = myths.Coding(file.parent, db=file, workshop=iter(codes), items=iter(["learned"]))
    assert [len(texts.coder("ada").texts) for _ in range(2)] == [1, 1]
    day = date(2026, 11, 22)
    usual = myths.report(file, codes, day=day)
    each = myths.report(file, iter(codes), audience=iter(["courts", "mixed"]), day=day)
    assert each.html() == usual.html()


@pytest.mark.parametrize("name", TABLES)
def test_a_table_for_an_audience_is_that_of_its_workshops(rehearsed, name):
    read = partial(TABLES[name], rehearsed, rehearsal=True)
    courts = read(audience="courts")
    assert len(courts)
    assert same(courts, read(workshop="TRIAL2"))
    assert not same(courts, read())
    assert same(read(audience=["mixed"]), read(workshop=["TRIAL1", "TRIAL3"]))
    assert same(read(audience=["courts", "mixed"]), read())


@pytest.mark.parametrize("name", TABLES)
def test_an_audience_that_no_workshop_has_is_told_with_those_there_are(rehearsed, name):
    with pytest.raises(WorkshopError, match="'police': choose from mixed, courts"):
        TABLES[name](rehearsed, audience="police", rehearsal=True)


def test_change_and_distribution_can_have_a_row_for_each_audience(file, store):
    room(store, "ROOM1", [(4, 2), (3, 3)])
    room(store, "ROOM2", [(4, 1)])
    room(store, "ROOM3", [(2, 3)], audience="courts")
    whole = myths.change(file).iloc[0]
    assert (whole["audience"], whole["n"]) == ("several", 4)
    table = myths.change(file, by="audience")
    rows = table[["audience", "workshop", "n", "mean_change"]].to_numpy().tolist()
    assert rows == [
        ["courts", "ROOM3", 1, 1.0],
        ["mixed", "several", 3, pytest.approx(-5 / 3)],
        ["mixed", "ROOM1", 2, -1.0],
        ["mixed", "ROOM2", 1, -3.0],
    ]
    pairs = myths.distribution(file, by="audience")
    assert pairs.groupby("audience")["people"].sum().to_dict() == {"courts": 1, "mixed": 3}
    with pytest.raises(EvaluationError, match="'wording', 'audience', 'workshop'"):
        myths.change(file, by="colour")


def test_wordings_that_no_audience_mixes_need_not_be_pooled(file, store):
    room(store, "ROOM1", [(4, 2)], wording="for all")
    room(store, "ROOM2", [(4, 1)], wording="for courts", audience="courts")
    with pytest.raises(EvaluationError, match="for all, en for courts"):
        myths.change(file)
    table = myths.change(file, by="audience")
    assert table["wording"].tolist() == ["for courts", "for all"]
    assert myths.change(file, by=["wording", "audience"])["n"].tolist() == [1, 1]


def test_texts_to_code_can_be_those_of_an_audience(file, store, tmp_path):
    coders.room(store, "ROOM1", ["Ask her first."])
    coders.room(store, "ROOM2", ["The weekend is our gap."], audience="police")
    coders.book(tmp_path)
    desk = myths.Coding(tmp_path, db=file, audience="police").coder("ada")
    assert [text.words for text in desk.texts] == ["The weekend is our gap."]


def test_answers_can_be_of_a_module_a_language_and_a_wording(file, store):
    (name,) = room(store, "ROOM", [(4, 2)])
    say(store, name, "fact", "before", 2, module="harm")
    (german,) = join(store, "ROOM", language="de")
    say(store, german, "myth", "before", 3, language="de", wording="deutsch")
    assert myths.answers(file, module="harm")["item"].tolist() == ["fact"]
    assert myths.answers(file, language="de")["participant"].tolist() == [german]
    assert myths.answers(file, wording=["deutsch", "fact-words"])["value"].tolist() == [2, 3]
    english = myths.answers(file, module="risk", language="en", history=True)
    assert english["value"].tolist() == [4, 2]
    with pytest.raises(EvaluationError, match="'rsik': choose from risk, harm"):
        myths.answers(file, module="rsik")


def test_every_audience_has_its_words_in_the_content():
    words = catalog.load().ui.audience.flat()
    assert tuple(words) == Audience.words()
    assert audiences("en") == words


def test_without_words_an_audience_is_called_by_its_id(tmp_path, monkeypatch):
    broken = sample_content.copy(tmp_path / "content")
    (broken / "ui" / "en.yml").write_text("audience: {}", "utf-8")
    for content in (broken, tmp_path):
        monkeypatch.setenv("MYTHS_CONTENT", str(content))
        assert audiences("en") == {each: each for each in Audience.words()}
