"""What a folder without faults becomes."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest
from myths import catalog
from myths.errors import ContentError
from pydantic import ValidationError


def test_a_module_joins_structure_and_words(content: Path):
    module = catalog.load(content).module("bees")
    assert module.title == "Bees"
    assert module.core == "<p>Bees sting <em>to defend</em> their hive.</p>"
    assert isinstance(module.core, catalog.Html)
    assert list(module.facts) == ["b1", "b2"]
    assert module.articles == ("1", "2(3)")
    assert module.misleads.name == "Taking the part for the whole"
    assert list(module.prompts) == ["understand", "challenge", "practice", "change_mind"]
    assert (module.commitment.situation, module.commitment.action) == ("I see a bee", "keep still")


def test_the_items_of_a_module_stand_in_the_order_they_are_asked(content: Path):
    items = catalog.load(content).module("bees").items
    assert [(item.id, item.kind) for item in items] == [
        ("myth", "rating"),
        ("fact", "rating"),
        ("over", "rating"),
        ("confidence", "confidence"),
        ("reason", "text"),
        ("recall", "recall"),
        ("learned", "text"),
        ("practice", "text"),
        ("commitment.if", "commitment"),
        ("commitment.then", "commitment"),
        ("plan", "rating"),
    ]
    assert {item.module for item in items} == {"bees"}


def test_a_rating_has_five_labelled_points_and_says_what_agreeing_means(content: Path):
    myth = catalog.load(content).module("bees").item("myth")
    assert [option.value for option in myth.options] == [1, 2, 3, 4, 5]
    assert myth.options[2].label == "Neither"
    assert myth.keyed == "myth"


def test_a_remark_on_a_change_rests_on_a_fact_and_is_no_part_of_what_is_asked(content: Path, edit):
    before = catalog.load(content).module("bees").item("over")
    edit("modules/bees/module.yml", "overcorrection}", "overcorrection, fact: takeaway}")
    edit("modules/bees/text.en.yml", "core: Bees", "remarks: {over: They can.}\ncore: Bees")
    after = catalog.load(content).module("bees").item("over")
    assert (before.remark, before.fact) == ("", "")
    assert (after.remark, after.fact) == ("They can.", "takeaway")
    assert after.wording == before.wording


def test_confidence_runs_from_0_to_10_between_two_ends(content: Path):
    item = catalog.load(content).module("bees").item("confidence")
    assert [option.value for option in item.options] == list(range(11))
    assert item.ends == ("Not sure at all", "Completely sure")


def test_recall_counts_its_options_and_knows_the_right_one(content: Path):
    item = catalog.load(content).module("bees").item("recall")
    assert [(option.value, option.label) for option in item.options] == [
        (1, "For fun"),
        (2, "In danger"),
    ]
    assert item.correct == 2
    assert item.options[0].feedback == "<p>No, a sting costs her <em>life</em>.</p>"


def test_a_page_has_sections_and_items_on_their_own_scales(content: Path):
    page = catalog.load(content).page("start")
    assert page.agree == "I take part because I want to."
    assert page.sections["purpose"].text == "<p>To learn about <em>bees</em>.</p>"
    assert [len(item.options) for item in page.items] == [5, 5, 3, 0]
    assert page.item("kept").options[2].label == "Yes"


def test_support_lines_speak_the_language_or_english(content: Path):
    (country,) = catalog.load(content).support
    assert (country.country, country.lines[0].checked) == ("xx", date(2026, 1, 31))
    assert (country.lines[0].audience, country.lines[0].language) == ("Everyone", "en")


def test_words_that_look_like_yes_or_no_stay_words(content: Path, edit):
    edit("ui/en.yml", "tab: Workshop\n", "tab: no\n")
    assert catalog.load(content).ui.page.tab == "no"


def test_words_that_go_with_a_number_have_the_forms_of_their_language(content: Path):
    joined = catalog.load(content).ui.staff.joined
    assert (joined.of(1), joined.of(2)) == ("1 person has joined", "2 people have joined")
    some = catalog.Plural("pl", {"one": "{n} osoba", "few": "{n} osoby", "other": "{n} osób"})
    assert [some.of(n) for n in (1, 3, 7)] == ["1 osoba", "3 osoby", "7 osób"]


def test_a_guide_is_rendered_with_its_headings_and_tables(content: Path):
    guide = catalog.load(content).guide("bees").whole
    assert "<h2>Aim</h2>" in guide
    assert "<table>" in guide


def test_a_section_of_a_guide_is_the_list_of_its_paragraphs_and_entries(content: Path):
    file = content / "modules" / "bees" / "guide.en.md"
    more = "Hello.\n\n- One,\n  in two lines\n- **Two**\n\n1. Three\n\nFour.\n"
    file.write_text(file.read_text("utf-8").replace("Hello.\n", more))
    sections = catalog.load(content).guide("bees").sections
    assert [catalog.plain(each) for each in sections["What to say"]] == [
        "Hello.",
        "One, in two lines",
        "Two",
        "Three",
        "Four.",
    ]
    assert sections["Likely objections"] == ("<blockquote>\n<p>But it hurt.</p>\n</blockquote>",)
    assert len(sections["Plan (45 minutes)"]) == 1  # a table is one


def test_nothing_that_was_loaded_can_be_changed(content: Path):
    loaded = catalog.load(content)
    module = loaded.module("bees")
    with pytest.raises(dataclasses.FrozenInstanceError):
        module.title = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        module.facts["b3"] = module.facts["b1"]  # type: ignore[index]
    with pytest.raises(ValidationError):
        loaded.ui.page.tab = "x"  # type: ignore[misc]


def test_only_the_files_that_are_asked_for_are_read(content: Path):
    (content / "pages/start/text.en.yml").unlink()
    (content / "support/xx.yml").write_text("{")
    assert catalog.load(content).module("bees").slug == "bees"


def test_an_unknown_module_names_the_known_and_the_nearest(content: Path):
    with pytest.raises(
        ContentError, match=r"no module 'beas'; did you mean 'bees'\? .* lists bees"
    ):
        catalog.load(content).module("beas")


def test_an_unknown_item_names_the_nearest(content: Path):
    with pytest.raises(ContentError, match=r"'bees' has no item 'recal'; did you mean 'recall'"):
        catalog.load(content).module("bees").item("recal")


def test_an_unknown_section_names_the_nearest(content: Path):
    page = catalog.load(content).page("start")
    assert page.section("purpose").heading == "What for"
    with pytest.raises(ContentError, match="no section 'purpos'; did you mean 'purpose'"):
        page.section("purpos")


def test_an_unknown_language_names_the_known(content: Path):
    with pytest.raises(ContentError, match=r"no language 'xx': \S+/content/series\.yml lists en"):
        catalog.load(content, language="xx")


def test_a_fault_tells_the_first_problem_and_counts_the_others(content: Path, edit):
    edit("modules/bees/text.en.yml", "title: Bees", "titel: Bees")
    with pytest.raises(ContentError) as raised:
        catalog.load(content).module("bees")
    assert "content/modules/bees/text.en.yml:" in str(raised.value)
    assert str(raised.value).endswith("(and 1 more: run `myths check` to see all)")


def test_wording_changes_with_words_and_not_with_layout():
    one = catalog.wording("Do  bees\nsting?", ["yes", "no"])
    assert one == catalog.wording("Do bees sting?", ["yes ", "no"])
    assert len(one) == 12
    assert one != catalog.wording("Do bees sting?", ["no", "yes"])
    assert catalog.wording("caf\u00e9", []) == catalog.wording("cafe\u0301", [])


def test_wording_of_an_item_changes_with_an_option_label(content: Path, edit):
    before = catalog.load(content).module("bees")
    edit("ui/en.yml", "Neither", "Undecided")
    after = catalog.load(content).module("bees")
    assert before.item("myth").wording != after.item("myth").wording
    assert before.item("learned").wording == after.item("learned").wording


def test_who_is_responsible_is_read_and_a_missing_or_empty_file_is_a_warning(content: Path):
    assert catalog.load(content).organiser == catalog.Organiser("The bees", "bees@example.org")
    assert catalog.check(content) == []
    file = content / "organiser.yml"
    for words in ("name: The bees\ncontact: null\n", "name: null\ncontact: null\n", None):
        if words is None:
            file.unlink()
        else:
            file.write_text(words, "utf-8")
        (problem,) = catalog.check(content)
        assert problem.severity == "warning"
        assert "nobody is named as responsible" in str(problem)
        assert not catalog.load(content).organiser.is_known
    file.write_text("nam: The bees\n", "utf-8")
    assert any("did you mean 'name'?" in str(problem) for problem in catalog.check(content))
