"""How hard the words are to read is measured, and what is too hard is told as a warning."""

from __future__ import annotations

import pytest
from myths import catalog
from myths.catalog.readability import grade, sentences

from tests.catalog.test_content_faults import TEXT

LONG = "The bee " + "and the wasp " * 10 + "sleep."
HARD = "Coordinated investigations necessitate institutional accountability considerations."


def test_the_grade_is_that_of_the_formula():
    assert grade(["The cat sat on the mat."]) == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    two = ["The cat sat.", "The dog ran to me."]
    assert grade(two) == pytest.approx(0.39 * 4 + 11.8 - 15.59)


def test_longer_words_and_longer_sentences_are_harder():
    short = grade(["A man must answer for it."])
    assert short < grade(["A man must answer for it, and he must do it here and now."])
    assert short < grade(["Perpetrators must answer for violence."])


def test_paragraphs_and_list_entries_end_a_sentence():
    assert sentences("One\n\n- Two. Three!\n- *Four*") == ["One", "Two.", "Three!", "Four"]


def test_a_list_of_sources_is_not_read_as_sentences():
    assert sentences("- [A very long title](https://example.org), 2021\n- Short.") == ["Short."]


def test_a_quotation_of_the_law_need_not_be_easy():
    assert sentences('It says "no *mandatory* process". Good.', quoted=False) == [
        "It says .",
        "Good.",
    ]


def test_a_long_sentence_is_told(edit, complaints):
    edit(TEXT, "A bee that stings dies.", f"A bee that stings dies. {LONG}")
    (told,) = complaints()
    assert f"{TEXT}:20: a sentence of 33 words (The bee and the wasp and …)" in told


def test_a_text_above_its_ceiling_is_told_with_the_ceiling(edit, complaints):
    edit(TEXT, "In fact, bees are peaceful.", f"In fact, bees are peaceful. {HARD}")
    told = complaints()
    assert any("years at school to read; at most 8: shorter" in each for each in told)


def test_the_law_may_be_harder_than_a_fact(edit, complaints):
    middling = "States protect animals and support an investigation when a honeybee dies."
    edit(TEXT, "See [the treaty](https://example.org/treaty).", middling)
    assert complaints() == []
    edit(TEXT, "A bee that stings dies.", middling)
    (told,) = complaints()
    assert "at most 8" in told


def test_what_is_hard_is_a_warning_and_keeps_nobody_from_a_page(content, edit):
    edit(TEXT, "A bee that stings dies.", f"A bee that stings dies. {LONG}")
    assert {each.severity for each in catalog.check(content)} == {"warning"}


def test_a_belief_that_takes_as_much_room_as_its_fact_is_a_warning(edit, complaints):
    edit(TEXT, "  - It hurts.", "  - It hurts. " + "And it hurts more than you think. " * 3)
    assert any("the belief has" in told for told in complaints())
