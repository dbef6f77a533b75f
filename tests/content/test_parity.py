"""The content says what the leaflet says: no fact, qualifier, article or credit is lost."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from myths import catalog
from myths.catalog.word_list import WordList

CONTENT = Path(__file__).parents[2] / "content"
BRIEF: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("brief.yml").read_text("utf-8"))
MODULES: list[str] = BRIEF["order"]
CATALOG = catalog.load(CONTENT)
WORD_LIST = CONTENT / "word-list.en.yml"
ROOT = CONTENT.parent


def missing(terms: list[str], words: str) -> list[str]:
    said = catalog.plain(words).casefold().replace("\u2019", "'")
    return [term for term in terms if not any(part in said for part in term.split("|"))]


def test_the_linter_finds_no_error():
    problems = catalog.check(CONTENT)
    assert [str(problem) for problem in problems if problem.severity == "error"] == []


def test_the_linter_warns_only_of_what_a_trainer_must_fill_in():
    warnings = [each for each in catalog.check(CONTENT) if each.severity == "warning"]
    blank = ("content/support/", "content/organiser.yml")
    assert [str(each) for each in warnings if not any(file in each.file for file in blank)] == []


def test_what_trainers_and_organisers_read_has_the_names_of_the_word_list():
    words = WordList.model_validate(yaml.safe_load(WORD_LIST.read_text("utf-8")))
    found = [
        f"{path.name}: {other}, say {name}"
        for path in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("[to]r*/*.md"))
        for _, other, name in words.other_names(path.read_text("utf-8"))
    ]
    assert found == []


def test_the_modules_stand_in_the_order_of_the_leaflet():
    assert list(CATALOG.series.modules) == MODULES
    assert list(CATALOG.series.pages) == ["start", "closing", "followup"]


def test_there_is_a_route_for_a_full_day_and_for_half_a_day():
    routes = CATALOG.series.routes
    assert list(routes["full-day"].modules) == MODULES
    assert len(routes["half-day"].modules) == 3


@pytest.mark.parametrize("slug", MODULES)
def test_every_fact_is_conveyed(slug: str):
    facts = CATALOG.module(slug).facts
    assert list(facts) == list(BRIEF[slug]["facts"])
    for name, terms in BRIEF[slug]["facts"].items():
        assert not missing(terms, facts[name].text), name


@pytest.mark.parametrize("slug", MODULES)
def test_the_takeaway_is_conveyed_with_its_qualifiers(slug: str):
    takeaway = CATALOG.module(slug).takeaway.text
    assert catalog.plain(takeaway).startswith("In fact")
    assert not missing(BRIEF[slug]["takeaway"], takeaway)


@pytest.mark.parametrize("slug", MODULES)
def test_every_article_is_named_in_the_note_on_the_treaty(slug: str):
    module = CATALOG.module(slug)
    assert list(module.articles) == BRIEF[slug]["treaty"]
    note = catalog.plain(module.treaty)
    for article in module.articles:
        assert re.search(rf"(?<![\d(]){re.escape(article)}(?![\d(])", note), article


@pytest.mark.parametrize("slug", MODULES)
def test_the_myth_is_a_question_and_three_statements_catch_every_direction(slug: str):
    module = CATALOG.module(slug)
    assert module.question.endswith("?")
    keyed = [item.keyed for item in module.statements]
    assert sorted(keyed, key=str) == ["fact", "myth", "overcorrection"]


@pytest.mark.parametrize("slug", MODULES)
def test_the_statements_of_a_module_are_of_similar_length(slug: str):
    lengths = [len(item.question) for item in CATALOG.module(slug).statements]
    assert max(lengths) <= 2 * min(lengths), lengths


@pytest.mark.parametrize("slug", MODULES)
def test_the_content_note_leaves_the_choice_to_the_reader(slug: str):
    note = CATALOG.module(slug).note
    assert not missing(["skip", "pause|break", "leave", "reason|say why"], note)


@pytest.mark.parametrize("slug", MODULES)
def test_every_recall_option_has_feedback_of_its_own(slug: str):
    recall = next(item for item in CATALOG.module(slug).items if item.kind == "recall")
    feedback = [option.feedback for option in recall.options]
    assert all(feedback)
    assert len(set(feedback)) == len(feedback)


@pytest.mark.parametrize("slug", MODULES)
def test_the_plan_of_the_guide_fills_45_minutes(slug: str):
    text = (CONTENT / "modules" / slug / "guide.en.md").read_text("utf-8")
    plan = text.split("## Plan (45 minutes)")[1].split("\n## ")[0]
    minutes = [int(number) for number in re.findall(r"^\| *(\d+) *\|", plan, re.MULTILINE)]
    assert minutes == [3, 4, 6, 3, 5, 12, 5, 4, 3]


def test_the_note_on_mediation_says_what_article_48_forbids():
    assert not missing(["mandatory", "conciliation", "states"], CATALOG.module("mediation").treaty)


def test_the_closing_conveys_its_six_points():
    facts = CATALOG.page("closing").facts
    assert list(facts) == list(BRIEF["closing"])
    for name, terms in BRIEF["closing"].items():
        assert not missing(terms, facts[name].text), name


def test_the_credits_name_the_leaflet_its_publisher_and_their_contacts():
    words = CATALOG.page("closing").sections["credits"].text
    named = [
        "perpetrator programmes: starting a conversation",
        "european network for the work with perpetrators of domestic violence",
        "wwp en",
        "info@work-with-perpetrators.eu",
        "www.work-with-perpetrators.eu",
        "facebook",
        "work with perpetrators - european network",
        "european_network_wwp",
        "wwp_en",
        "funded by the european union",
    ]
    assert not missing(named, words)


def test_the_start_page_explains_purpose_consent_rules_and_answers():
    start = CATALOG.page("start")
    told = ["purpose", "essentials", "consent", "choices", "answers", "rights", "rules", "note"]
    assert list(start.sections) == [*told, "glossary", "support"]
    assert start.agree


def test_the_closing_asks_about_use_and_felt_safety():
    closing = CATALOG.page("closing")
    asked = ["useful", "safe", "collaborate", "agreement", "takeaway"]
    assert [item.id for item in closing.items] == asked


def test_the_follow_up_asks_of_the_plans_and_the_myths_and_one_text():
    assert [item.id for item in CATALOG.page("followup").items] == ["tried"]
    for slug in MODULES:
        plan = CATALOG.module(slug).item("plan")
        assert [option.label for option in plan.options] == ["Not yet", "In part", "Yes"]
        assert CATALOG.module(slug).primary.keyed == "myth"


def test_the_european_lines_are_there_and_say_that_they_differ_by_country():
    europe = next(country for country in CATALOG.support if country.country == "eu")
    assert [line.phone for line in europe.lines] == ["112", "116 016", "116 111", "116 006"]
    assert all("different in each country" in line.hours for line in europe.lines[1:])


def test_no_line_is_shown_that_nobody_has_checked():
    shown = CATALOG.support_list("eu")
    assert [line.phone for line in shown.lines] == ["112"]
    assert shown.asks


@pytest.mark.parametrize("slug", MODULES)
def test_every_statement_has_a_short_remark_that_rests_on_a_fact(slug: str):
    module = CATALOG.module(slug)
    for item in module.statements:
        assert item.fact in (*module.facts, "takeaway")
        assert 3 <= len(item.remark.split()) <= 20, item.remark
        assert item.remark.endswith("."), item.remark
