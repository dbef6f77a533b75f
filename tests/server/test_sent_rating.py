"""Which messages of a page bring a rating that the server saves itself, and what it answers."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from myths import catalog
from myths.answer import Answer, AnswerRules, receipt
from myths.errors import AnswerError
from myths.pages import ALL, PageQuestion, read_answer
from myths.rehearsal.wire import shell_message
from myths.server.sent_rating import SentRating
from myths.session import asked
from myths.vocabulary import ReceiptState

from tests.server.wire import key

RISK = catalog.load().module("risk")
RULES = AnswerRules(values=frozenset(range(1, 6)), declinable=True)
QUESTIONS = {
    widget: PageQuestion(asked(RISK.item(item), "before"), rules, widget)
    for widget, item, rules in (
        ("w1", "myth", RULES),
        ("w2", "reason", AnswerRules(limit=100)),
        ("w3", "recall", RULES),
        ("w4", "confidence", RULES),
    )
    if item in {each.id for each in RISK.items}
}


def message(state: Any, widget: Any = "w1", method: str = "update") -> dict[str, Any]:
    data = {"method": method, "state": state, "buffer_paths": []}
    return shell_message("x", "comm_msg", {"comm_id": widget, "data": data})


def sent(**content: Any) -> dict[str, Any]:
    whole = {"key": key(), "sent": 5, "value": None, "text": None, "declined": False}
    return whole | {"reader": None, "after": [""]} | content


def test_a_rating_is_one_whatever_else_came_with_it():
    answer = sent(value=3)
    rating = SentRating.of(message({"answer": answer}), QUESTIONS)
    assert rating == SentRating("w1", QUESTIONS["w1"], answer)


@pytest.mark.parametrize(
    "other",
    [
        message({"answer": sent(text="words", reader="me")}, "w2"),
        message({"answer": sent(value=3)}, "another"),
        message({"answer": sent(value=3)}, ["w1"]),
        message({"answer": sent(value=3)}, method="custom"),
        message({"answer": sent(value=3), "item": "x"}),
        message({"wish": {"value": 3}}),
        message({"answer": [3]}),
        message({}),
        message("answer"),
        shell_message("x", "comm_msg", {"comm_id": "w1", "data": "answer"}),
        shell_message("x", "comm_msg", {}),
    ],
)
def test_all_else_is_the_kernels(other: dict[str, Any]):
    assert SentRating.of(other, QUESTIONS) is None


def test_a_first_try_at_a_question_about_the_facts_is_the_kernels():
    recall = next(each for each in RISK.items if each.kind == "recall")
    questions = {"w": PageQuestion(asked(recall, "after"), RULES, "w")}
    assert SentRating.of(message({"answer": sent(value=1)}, "w"), questions) is None


def test_it_is_checked_as_its_kernel_would_and_its_receipt_is_the_same():
    answer = sent(value=3)
    rating = SentRating.of(message({"answer": answer}), QUESTIONS)
    assert rating
    assert rating.checked() == Answer(answer["key"], value=3)
    link, told = read_answer(rating.receipt(ReceiptState.SAVED).rstrip())
    assert link == ALL
    content = json.loads(told)["content"]
    assert content["comm_id"] == "w1"
    assert content["data"]["state"] == {"receipt": receipt(answer, ReceiptState.SAVED)}


def test_declining_is_a_rating_too():
    rating = SentRating.of(message({"answer": sent(declined=True)}), QUESTIONS)
    assert rating
    assert rating.checked().declined


@pytest.mark.parametrize(
    "answer",
    [
        sent(value=6),
        sent(value=3.0),
        sent(value=True),
        sent(text="x"),
        sent(value=3, key="1"),
        sent(value=3, declined=True),
        {"value": 3},
        {"nothing": 1},
    ],
)
def test_what_its_question_does_not_take_is_refused(answer: dict[str, Any]):
    rating = SentRating.of(message({"answer": answer}), QUESTIONS)
    assert rating
    with pytest.raises(AnswerError):
        rating.checked()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
fields = st.sampled_from(["key", "value", "text", "declined", "reader", "after", "sent", "more"])


@given(st.dictionaries(fields, json_values, max_size=8))
def test_whatever_a_page_sends_is_refused_in_one_way(answer: dict[str, Any]):
    rating = SentRating.of(message({"answer": answer}), QUESTIONS)
    assert rating

    with suppress(AnswerError):
        rating.checked()
    assert rating.receipt(ReceiptState.REFUSED).endswith(b"\n")
