"""Risk in easy English says what Risk says: each fact, each qualifier, and nothing more."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from myths import catalog
from myths.catalog.readability import sentences

from tests.content.test_parity import BRIEF, CONTENT, missing

EASY = catalog.load(CONTENT, language="en-simple")
MODULE, ORIGINAL = EASY.module("risk"), catalog.load(CONTENT).module("risk")
FILES = ["modules/risk/text", "pages/start/text", "ui"]
NOT = r"\b(?:not|never|nobody|no|nothing|none|cannot|without)\b"
TWICE_NOT = re.compile(rf"{NOT}.*\b(?:that|who|which|unless)\b.*{NOT}|not un|{NOT} \w*less\b", re.I)


def texts(file: str) -> dict[str, str]:
    path = CONTENT / (f"{file}/en-simple.yml" if file == "ui" else f"{file}.en-simple.yml")
    return dict(catalog.units(path, CONTENT, language="en-simple"))


def test_it_is_a_draft_until_readers_have_reviewed_it():
    assert not EASY.series.is_reviewed("en-simple")
    assert MODULE.language == "en-simple"
    assert (EASY.language_name("en-simple"), MODULE.safety_language) == ("Easy English", "en")
    assert MODULE.boxes["signs"] == ORIGINAL.boxes["signs"]


def test_the_linter_has_nothing_to_say_about_it():
    said = [str(each) for each in catalog.check(CONTENT) if "en-simple" in each.file]
    assert said == []


@pytest.mark.parametrize("name", BRIEF["risk"]["facts"])
def test_every_fact_is_conveyed(name: str):
    terms = BRIEF["risk"]["facts"][name]
    assert not missing(terms, MODULE.facts[name].text)
    assert len(MODULE.facts[name].terms) == len(ORIGINAL.facts[name].terms)


def test_the_takeaway_is_conveyed_with_its_qualifiers():
    assert catalog.plain(MODULE.takeaway.text).startswith("In fact")
    assert not missing(BRIEF["risk"]["takeaway"], MODULE.takeaway.text)


def test_every_article_is_named():
    note = catalog.plain(MODULE.treaty)
    assert [each for each in ORIGINAL.articles if f"Article {each}" not in note] == []


def test_what_is_rated_and_chosen_has_the_same_words_so_that_answers_can_be_pooled():
    asked = [*MODULE.statements, MODULE.item("recall"), MODULE.item("confidence")]
    assert [each.wording for each in asked] == [ORIGINAL.item(each.id).wording for each in asked]


def test_the_words_that_are_hard_are_explained_where_they_come_first():
    said = catalog.plain(MODULE.note)
    for word in ("An (ex-)partner is", "A perpetrator programme works", "A responsible programme"):
        assert word in said


@pytest.mark.parametrize("qualifier", ["responsible", " can ", " may ", "as far as the law allows"])
def test_qualifiers_stay(qualifier: str):
    said = " ".join(texts("modules/risk/text").values()).casefold()
    whole = (CONTENT / "modules/risk/text.en.yml").read_text("utf-8").casefold()
    assert qualifier in " ".join(said.split())
    assert qualifier in " ".join(whole.split())


@pytest.mark.parametrize("file", FILES)
def test_nothing_is_told_by_a_negation_of_a_negation(file: str):
    said = [one for text in texts(file).values() for one in sentences(text)]
    assert [one for one in said if TWICE_NOT.search(one)] == []
    assert TWICE_NOT.search("This does not prove that there is no danger.")


def test_the_signs_that_mean_act_today_are_all_there_once_it_is_reviewed():
    path = Path("modules/risk")
    own, original = (
        catalog.units(CONTENT / path / f"text.{code}.yml", CONTENT, language=code)
        for code in ("en-simple", "en")
    )
    signs = [text["boxes.signs.text"].count("\n- ") for text in (own, original)]
    assert signs == [12, 12]
