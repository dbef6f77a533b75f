"""What Python does with what no page of ours sends: refuses it, or mends it, and keeps working."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from myths.catalog import ComponentWords
from myths.components import Question

from tests.components.asking import Shelf, an, rating, recall, reflection, send

BIG = {str(number): "x" * 1000 for number in range(10_000)}


@pytest.mark.parametrize(
    "value", [9, 0, -1, "4", "", [4], {"value": 4}, True, 4.0, float("nan"), float("inf"), 10**40]
)
def test_a_value_that_is_no_option_is_refused(
    value: object, words: ComponentWords, shelf: Shelf
) -> None:
    receipt = send(rating(words, shelf), an(value=value))
    assert receipt["state"] == "refused"
    assert receipt["message"] == words.question.refused.value
    assert shelf.kept == []


@pytest.mark.parametrize(
    "answer",
    [
        "4",
        4,
        None,
        [4],
        [["key", "x"]],
        True,
        float("nan"),
        BIG,
        {"key": "1", "value": 4},
        {"key": None, "value": 4},
        {"key": ["x"], "value": 4},
        {"value": 4},
        an(value=4, key="DROP TABLE"),
        an(value=4, key=str(uuid.uuid4()) + "\n"),
        an(value=4, extra=1),
        an(value=4, text=BIG),
        an(value=4, text="words"),
        an(value=4, declined=True),
        an(declined="yes"),
        an(declined=1),
    ],
)
def test_an_answer_of_the_wrong_shape_is_refused_with_a_sentence(
    answer: object, words: ComponentWords, shelf: Shelf
) -> None:
    receipt = send(rating(words, shelf), answer)
    assert receipt["state"] == "refused"
    assert receipt["message"].endswith(".")
    assert len(str(receipt)) < 400
    assert shelf.kept == []


@pytest.mark.parametrize(
    "answer",
    [
        an(text="x" * 21, reader="me"),
        an(text="x" * 10_000_000, reader="me"),
        an(text=["x"], reader="me"),
        an(text=3, reader="me"),
        an(text=BIG, reader="me"),
        an(text="x", reader="everybody"),
        an(text="x", reader=None),
        an(text="x", reader=["me"]),
        an(text="x", reader={}),
        an(value=1),
        an(declined=True),
    ],
)
def test_a_text_that_may_not_be_saved_is_refused(
    answer: object, words: ComponentWords, shelf: Shelf
) -> None:
    assert send(reflection(words, shelf), answer)["state"] == "refused"
    assert shelf.kept == []


def test_the_limit_counts_code_points(words: ComponentWords, shelf: Shelf) -> None:
    assert send(reflection(words, shelf), an(text="😀" * 20, reader="me"))["state"] == "saved"
    too_long = send(reflection(words, shelf), an(text="😀" * 21, reader="me"))
    assert too_long["state"] == "refused"
    assert "20 characters" in too_long["message"]


def test_what_no_database_takes_is_mended(words: ComponentWords, shelf: Shelf) -> None:
    send(reflection(words, shelf), an(text="a\0b\ud83d", reader="group"))
    assert shelf.kept[0].text == "ab\ufffd"
    assert shelf.kept[0].reader == "group"


def test_a_text_of_spaces_is_a_cleared_answer(words: ComponentWords, shelf: Shelf) -> None:
    send(reflection(words, shelf), an(text=" \n ", reader="me"))
    assert shelf.kept[0].text is None
    assert shelf.kept[0].reader is None


@pytest.mark.parametrize("make", [rating, recall, reflection])
@pytest.mark.parametrize("junk", [BIG, [1], "x", float("nan"), an(value=99), {"key": "x"}])
def test_a_refused_answer_does_not_stand_in_the_way_of_the_next(
    make: Callable[[ComponentWords, Shelf], Question],
    junk: object,
    words: ComponentWords,
    shelf: Shelf,
) -> None:
    question = make(words, shelf)
    good = an(text="fine", reader="me") if make is reflection else an(value=2)
    send(question, junk)
    assert question.answer == {}
    assert send(question, good)["state"] == "saved"
    send(question, junk)
    assert send(question, good)["state"] == "saved"
    assert len(shelf.kept) == 2


def test_a_page_cannot_widen_what_is_accepted(words: ComponentWords, shelf: Shelf) -> None:
    question, text = rating(words, shelf), reflection(words, shelf)
    question.set_state({"options": [{"value": 9, "label": "nine"}], "words": {}})
    text.set_state({"limit": 10**6, "readers": ["everybody"]})
    assert send(question, an(value=9))["state"] == "refused"
    assert send(text, an(text="x" * 21, reader="me"))["state"] == "refused"
    assert send(text, an(text="x", reader="everybody"))["state"] == "refused"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
KEYS = st.uuids().map(str) | st.text(max_size=40)
NEARLY = st.fixed_dictionaries(
    {},
    optional={
        "key": KEYS | JSON,
        "sent": JSON,
        "value": JSON | st.integers(-1, 11),
        "text": JSON,
        "declined": JSON,
        "reader": JSON | st.sampled_from(["me", "group", "evaluation"]),
    },
)


@pytest.mark.parametrize("make", [rating, recall, reflection])
@settings(deadline=None, max_examples=150)
@given(answers=st.lists(JSON | NEARLY, min_size=1, max_size=3))
def test_whatever_a_page_sends_only_good_answers_are_kept(
    make: Callable[[ComponentWords, Shelf], Question], words: ComponentWords, answers: list[object]
) -> None:
    shelf = Shelf()
    question = make(words, shelf)
    for answer in answers:
        send(question, answer)
    for kept in shelf.kept:
        assert str(uuid.UUID(kept.key)) == kept.key
        assert kept.value is None or type(kept.value) is int
        assert kept.value in (None, 1, 2, 3, 4, 5)
        assert kept.text is None or (kept.text.strip() and len(kept.text) <= 20)
        assert kept.reader in (None, "me", "group", "evaluation")
    good = an(text="good", reader="me") if make is reflection else an(value=1)
    assert send(question, good)["state"] == "saved"
