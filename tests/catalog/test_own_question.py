"""A trainer's own question becomes an item like any other, or it is told what to write instead."""

from __future__ import annotations

from typing import Any

import pytest
from myths import catalog
from myths.catalog import Item, own_question
from myths.catalog.trainer_question import OwnQuestionError

UI = catalog.load().ui
MONDAY = "What will you do on Monday?"


def item(question: object = MONDAY, **given: Any) -> Item:
    return own_question(
        question,
        module="risk",
        language="en",
        taken=["myth", "learned"],
        scales=catalog.scales(UI),
        **given,
    )


def labels(item: Item) -> dict[int, str]:
    return {option.value: option.label for option in item.options}


def test_without_options_or_a_scale_people_write():
    assert (item().kind, item().options) == ("text", ())
    assert item(kind="text") == item()


def test_options_are_a_choice_and_have_their_numbers_by_letter():
    listed = item(options=["By phone", " By  mail "])
    assert (listed.kind, labels(listed)) == ("choice", {1: "By phone", 2: "By mail"})
    moved = item(options={"b": "By mail", "a": "By phone"})
    assert [option.value for option in moved.options] == [2, 1]
    assert moved.wording == listed.wording
    assert item(options={"a": "By phone", "c": "By mail"}).wording != listed.wording


def test_a_scale_is_a_rating_and_has_the_words_of_the_pages():
    assert labels(item(scale="done")) == {1: "Not yet", 2: "In part", 3: "Yes"}
    assert item(kind="rating") == item(scale="agree")


@pytest.mark.parametrize(
    ("question", "name"),
    [
        (MONDAY, "what_will_you_do_on_monday"),
        ("  Können Sie\nhelfen? ", "konnen_sie_helfen"),
        ("3 things", "3_things"),
        (
            "A question that goes on and on until nobody listens",
            "a_question_that_goes_on_and_on_until",
        ),
        (
            "Donaudampfschifffahrtsgesellschaftskapitäne?",
            "donaudampfschifffahrtsgesellschaftskapit",
        ),
    ],
)
def test_a_name_is_made_of_the_question(question, name):
    assert item(question).id == name
    assert len(name) <= 40


def test_a_question_without_latin_letters_has_a_name_that_tells_it_from_others():
    first, second = item("Что вы сделаете?"), item("Кому вы позвоните?")
    assert first.id.startswith("question_")
    assert first.id != second.id


def test_a_name_stays_where_the_words_change_and_the_wording_does_not():
    first, second = item(name="monday"), item("What will you try on Monday?", name="monday")
    assert (first.id, second.id) == ("monday", "monday")
    assert first.wording != second.wording


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"question": ""}, "has no words"),
        ({"question": 3}, "has no words"),
        ({"kind": "txt"}, "did you mean 'text'?"),
        ({"kind": "recall"}, "there is no kind 'recall'"),
        ({"kind": "choice"}, "a choice needs from 2 to 26 options"),
        ({"options": ["one"]}, "a choice needs from 2"),
        ({"options": "one, two"}, "a choice needs from 2"),
        ({"options": []}, "a choice needs from 2"),
        ({"options": [str(number) for number in range(27)]}, "a choice needs from 2"),
        ({"options": ["one", " "]}, "an option has no words"),
        ({"options": ["one", 2]}, "an option has no words"),
        ({"options": ["one", "one"]}, "the same words"),
        ({"options": {"a": "one", "B": "two"}}, "'B' is no letter of an option"),
        ({"options": {1: "one", 2: "two"}}, "1 is no letter of an option"),
        ({"options": ["one", "two"], "kind": "text"}, "a text has no options"),
        ({"options": ["one", "two"], "scale": "agree"}, "a choice has no scale"),
        ({"scale": "agrees"}, "did you mean 'agree'?"),
        ({"scale": ["no", "yes"]}, "there is no scale"),
        ({"name": "On Monday"}, "'On Monday' cannot be a name"),
        ({"name": "m" * 41}, "at most 40"),
        ({"name": "myth"}, "'risk' asks something else by the name 'myth'"),
        ({"question": "Learned?"}, 'as in name="monday"'),
    ],
)
def test_what_cannot_be_asked_is_told_with_what_to_write(given, told):
    with pytest.raises(OwnQuestionError) as refused:
        item(**given)
    assert told in str(refused.value)
    assert str(refused.value) == f"{refused.value.message}; {refused.value.remedy}"
