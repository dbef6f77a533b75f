"""What Python does with an answer from a page: saves it, and says what became of it."""

from __future__ import annotations

import uuid

import pytest
from myths.answer import Answer
from myths.catalog import ComponentWords
from myths.components import Reflection
from myths.errors import AnswerError, StoreError
from myths.vocabulary import Reason

from tests.components.asking import Shelf, an, rating, send


def test_a_rating_is_saved_and_acknowledged_by_its_key(words: ComponentWords, shelf: Shelf) -> None:
    answer = an(value=4)
    receipt = send(rating(words, shelf), answer)
    assert receipt == {"key": answer["key"], "sent": 1, "state": "saved", "message": ""}
    assert [(kept.key, kept.value) for kept in shelf.kept] == [(answer["key"], 4)]


def test_preferring_not_to_say_is_an_answer(words: ComponentWords, shelf: Shelf) -> None:
    assert send(rating(words, shelf), an(declined=True))["state"] == "saved"
    assert shelf.kept[0].declined is True
    assert shelf.kept[0].value is None


def test_a_text_that_the_group_may_read_stays_theirs_where_the_group_is_not_offered_now(
    words: ComponentWords, shelf: Shelf
) -> None:
    box = Reflection(
        "A question", words=words, item="risk.learned", save=shelf.save, readers=["me"]
    )
    assert send(box, an(text="new", reader="group"))["state"] == "refused"
    earlier = Answer(str(uuid.uuid4()), text="theirs", reader="group")
    box.show(known=earlier, owner="")
    assert (box.readers, box.known["reader"]) == (["me", "group"], "group")
    assert send(box, an(text="theirs, too", reader="group"))["state"] == "saved"
    box.show(known=None, owner="somebody else")
    assert send(box, an(text="new", reader="group"))["state"] == "refused"


def test_clearing_saves_that_there_is_no_answer(words: ComponentWords, shelf: Shelf) -> None:
    assert send(rating(words, shelf), an())["state"] == "saved"
    assert shelf.kept[0].value is None
    assert shelf.kept[0].declined is False


def test_a_full_store_is_told_and_the_same_key_may_come_again(
    words: ComponentWords, shelf: Shelf
) -> None:
    question = rating(words, shelf)
    shelf.error = StoreError("The disk is full.", retry=True)
    answer = an(value=3)
    first = send(question, answer)
    assert (first["state"], first["message"]) == ("failed", "")
    second = send(question, {**answer, "sent": 2})
    assert (second["state"], second["sent"]) == ("failed", 2)
    shelf.error = None
    assert send(question, {**answer, "sent": 3})["state"] == "saved"
    assert shelf.kept[0].key == answer["key"]


@pytest.mark.parametrize("reason", ["taken", "locked", "erased", "expired"])
def test_what_the_store_refuses_is_told_in_the_words_of_the_page(
    words: ComponentWords, shelf: Shelf, reason: str
) -> None:
    shelf.error = AnswerError("One English sentence for the log.", reason=Reason(reason))
    receipt = send(rating(words, shelf), an(value=3))
    assert receipt["state"] == "refused"
    assert receipt["message"] == words.question.refused[reason]
