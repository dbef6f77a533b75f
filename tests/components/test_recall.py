"""The question about the facts as Python has it: two tries, and feedback when it is asked for."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

import pytest
from myths.answer import Answer, NewerAnswerError
from myths.catalog import ComponentWords
from myths.components import Recall
from myths.errors import StoreError

from tests.components.asking import Shelf, an, recall, send


def keep(question: Recall, answer: object) -> Mapping[str, Any]:
    """Send a first try as the page does, and return its receipt."""
    question.set_state({"first_answer": answer})
    receipt: Mapping[str, Any] = question.first_receipt
    return receipt


def test_the_first_try_and_the_last_are_saved_apart(words: ComponentWords, shelf: Shelf) -> None:
    question = recall(words, shelf)
    assert send(question, an(value=1))["state"] == "saved"
    first = an(value=1)
    assert keep(question, first) == {
        "key": first["key"],
        "sent": 1,
        "state": "saved",
        "message": "",
    }
    assert send(question, an(value=2))["state"] == "saved"
    assert [answer.value for answer in shelf.first] == [1]
    assert [answer.value for answer in shelf.kept] == [1, 2]


def test_choosing_and_keeping_tell_nothing_until_it_is_asked_for(
    words: ComponentWords, shelf: Shelf
) -> None:
    question = recall(words, shelf)
    send(question, an(value=1))
    keep(question, an(value=1))
    assert question.feedback == {}
    question.set_state({"wish": {"value": 1, "sent": 7}})
    html = question.feedback.pop("html")
    assert question.feedback == {"value": 1, "right": False, "sent": 7}
    assert (words.recall.not_quite in html, '<div class="myths-rich"><p>1</p></div>' in html) == (
        True,
        True,
    )
    question.set_state({"wish": {"value": 2, "sent": 8}})
    assert question.feedback["right"] is True


def test_what_was_asked_twice_is_told_twice(words: ComponentWords, shelf: Shelf) -> None:
    question, told = recall(words, shelf), []
    question.observe(lambda change: told.append(change["new"]), "feedback")
    question.set_state({"wish": {"value": 2, "sent": 1}})
    question.set_state({"wish": {"value": 2, "sent": 2}})
    assert [each["sent"] for each in told] == [1, 2]


@pytest.mark.parametrize(
    "wish", [None, 2, "2", [2], {}, {"value": 9}, {"value": True}, {"value": 2.0}, {"value": [2]}]
)
def test_a_wish_that_is_none_is_told_nothing(
    wish: object, words: ComponentWords, shelf: Shelf
) -> None:
    question = recall(words, shelf)
    question.set_state({"wish": wish})
    assert question.feedback == {}
    question.set_state({"wish": {"value": 2, "sent": "now"}})
    assert (question.feedback["value"], question.feedback["sent"]) == (2, 0)


def test_a_first_try_that_the_store_cannot_take_now_is_sent_again(
    words: ComponentWords, shelf: Shelf
) -> None:
    question, first = recall(words, shelf), an(value=1)
    shelf.error = StoreError("The disk is full.", retry=True)
    assert keep(question, first)["state"] == "failed"
    shelf.error = None
    assert keep(question, {**first, "sent": 2})["state"] == "saved"
    assert [answer.key for answer in shelf.first] == [first["key"]]


def test_a_first_try_that_was_kept_elsewhere_stays_and_the_page_goes_on(
    words: ComponentWords, shelf: Shelf
) -> None:
    shelf.error = NewerAnswerError(Answer(str(uuid.uuid4()), value=2))
    receipt = keep(recall(words, shelf), an(value=1))
    assert (receipt["state"], receipt["message"]) == ("saved", "")


@pytest.mark.parametrize("junk", [an(value=99), an(declined=True), [1], "x", {"key": "x"}])
def test_a_first_try_that_is_none_is_refused_and_the_next_is_kept(
    junk: object, words: ComponentWords, shelf: Shelf
) -> None:
    question = recall(words, shelf)
    assert keep(question, junk)["state"] == "refused"
    assert question.first_answer == {}
    assert keep(question, an(value=2))["state"] == "saved"


def test_the_answer_key_never_travels(words: ComponentWords, shelf: Shelf) -> None:
    question = Recall(
        "?",
        [{"value": 1, "label": "one", "correct": True, "feedback": "secret"}],
        judge=lambda value: {"right": value == 1, "feedback": "secret"},
        words=words,
        item="risk.recall.after",
        save=shelf.save,
        first_item="risk.recall.before",
        keep=shelf.keep,
        known=Answer(str(uuid.uuid4()), value=1.0),
        first=Answer(str(uuid.uuid4()), value=1.0),
    )
    traits = {name: value for name, value in question.get_state().items() if name != "words"}
    traits.pop("_esm")
    assert "secret" not in str(traits)
    assert "correct" not in str(traits)
    assert (question.known["value"], question.first_known["value"]) == (1, 1)
