"""What a review asked of the words is said, and what it asked to leave out is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from myths import catalog
from myths.catalog import Catalog
from myths.module import Module
from myths.vocabulary import Kind

CONTENT = Path(__file__).parents[2] / "content"
CATALOG = catalog.load(CONTENT)
LANGUAGES = {"en": CATALOG, "de": catalog.load(CONTENT, language="de")}
MODULES = CATALOG.series.modules
HEDGES = {
    "en": r"\b(can|may|might|often|usually|ideally)\b",
    "de": r"\b(kann|können|oft|meistens|im besten Fall)\b",
}


def section(page: str, name: str) -> Callable[[Catalog], str]:
    return lambda words: words.page(page).sections[name].text


SAID = [
    ("the manipulation module asks of deceit", lambda c: c.module("manipulation").question,
     ["mainly help men to deceive"]),
    ("it is rated", lambda c: c.module("manipulation").primary.question,
     ["mainly help men to deceive"]),
    ("it is told as a belief", lambda c: c.module("manipulation").myth,
     ["mainly help men to deceive"]),
    ("Article 18(2) of the services", lambda c: c.module("womens-services").treaty,
     ["within their own law", "against violence against women"]),
    ("Article 18(2) of manipulation", lambda c: c.module("manipulation").treaty,
     ["within their own law", "several services work together"]),
    ("Articles 8 and 9", lambda c: c.module("funding").treaty,
     ["against violence against women"]),
    ("the directive of the European Union", section("closing", "sources"), ["2024/1385"]),
    ("what responsible means, at first", section("start", "glossary"),
     ["keeps written standards", "checked from outside", "Facilitator", "Accountable",
      "Survivor", "support worker"]),
    ("what responsible means, at last", section("closing", "questions"),
     ["keeps written standards", "checked from outside"]),
    ("who may be in the room", section("start", "rules"), ["You cannot know"]),
    ("an answer needs a key", lambda c: c.ui.staff.wrong_key, ["This is not a valid staff key."]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("place", "words"), [row[1:] for row in SAID], ids=[row[0] for row in SAID]
)
def test_what_was_missed_is_said(place: Callable[[Catalog], str], words: list[str]):
    told = " ".join(catalog.plain(place(CATALOG)).split())
    assert [each for each in words if each not in told] == []


@pytest.mark.parametrize("slug", MODULES)
def test_what_was_too_much_is_gone(slug: str):
    module = CATALOG.module(slug)
    assert "invented" not in module.vignette.text
    written = [item.question for item in module.items if item.kind is Kind.TEXT]
    assert not [each for each in (*module.prompts.values(), *written) if "no names" in each]
    feedback = [option.feedback for item in module.items for option in item.options]
    beginnings = ("yes", CATALOG.ui.components.recall.right, CATALOG.ui.components.recall.not_quite)
    told = [catalog.plain(each).casefold() for each in feedback if each]
    assert not [each for each in told if each.startswith(tuple(map(str.casefold, beginnings)))]


def test_the_article_on_programmes_stands_whole_in_one_module_alone():
    whole = [
        slug
        for slug in MODULES
        if {"primary concern", "close coordination"}
        <= {part for part in ("primary concern", "close coordination")
            if part in " ".join(catalog.plain(CATALOG.module(slug).treaty).split())}
    ]  # fmt: skip
    assert whole == ["risk"]


def test_each_module_names_another_way_to_be_misled():
    assert len({CATALOG.module(slug).misleads.name for slug in MODULES}) == len(MODULES)


@pytest.mark.parametrize("slug", MODULES)
def test_the_law_is_folded(slug: str):
    blocks = Module(slug).reading().blocks
    treaty = catalog.plain(CATALOG.module(slug).treaty)
    (kind,) = [each["kind"] for each in blocks if catalog.plain(each.get("html", "")) == treaty]
    assert kind == "folded"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", MODULES)
def test_no_careful_word_gives_the_right_answer_away(slug: str, language: str):
    recall = next(i for i in LANGUAGES[language].module(slug).items if i.kind is Kind.RECALL)
    careful = {
        option.value: re.findall(HEDGES[language], option.label, re.IGNORECASE)
        for option in recall.options
    }
    right = careful.pop(recall.correct)
    assert not right or any(careful.values())


@pytest.mark.parametrize("slug", MODULES)
def test_there_is_time_for_the_questions_of_a_story(slug: str):
    assert len(CATALOG.module(slug).prompts) == 5
    assert CATALOG.module(slug).discussion_minutes / 5 > 2


@pytest.mark.parametrize("slug", MODULES)
def test_each_guide_says_which_question_comes_first(slug: str):
    guide = (CONTENT / "modules" / slug / "guide.en.md").read_text("utf-8")
    (story,) = re.findall(r"^\| 12 \| The story \|(.+)\|$", guide, re.MULTILINE)
    assert re.search(r"question 3|Question 1|one of the five questions", story)


def test_violence_is_compared_with_no_fault_on_the_road():
    assert "driver" not in CATALOG.module("only-men").misleads.text


HANDBOOK = (CONTENT / "handbook.en.md").read_text("utf-8")


@pytest.mark.parametrize("heading", ["Who may lead", "Prepare", "Start", "Closing", "You"])
def test_the_handbook_has_a_part_on(heading: str):
    assert f"\n## {heading}\n" in HANDBOOK


def test_the_handbook_asks_those_who_invite_what_the_room_needs():
    prepare = HANDBOOK.split("\n## Prepare\n")[1].split("\n## ")[0]
    (asked,) = [line for line in prepare.splitlines() if "**Ask what the room needs.**" in line]
    assert asked.count("?") == 4


SLIPS = ["is no valid", "Who has joined", "stays so", "is worthless"]


@pytest.mark.parametrize("slip", SLIPS)
def test_no_slip_of_english_comes_back(slip: str):
    files = [*CONTENT.rglob("*.en.yml"), *CONTENT.rglob("*.en.md"), CONTENT / "ui" / "en.yml"]
    assert [path.name for path in files if slip in path.read_text("utf-8")] == []
