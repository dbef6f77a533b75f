"""One check of an answer, for the page's side and for the store."""

from __future__ import annotations

import math
import uuid
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from myths.answer import LONGEST, Answer, AnswerRules, receipt
from myths.errors import AnswerError
from myths.vocabulary import NUMERIC, Kind, Reason, ReceiptState

KEY = str(uuid.UUID(int=1))
CHOICE = AnswerRules(values=frozenset({1, 2, 3}), declinable=True)
BOX = AnswerRules(limit=20, readers=("me", "group"))

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
MESSAGES = ANYTHING | st.fixed_dictionaries(
    {"key": st.just(KEY)},
    optional={
        "sent": ANYTHING,
        "value": ANYTHING | st.integers(0, 4),
        "text": ANYTHING | st.text(st.characters(), max_size=25),
        "declined": st.booleans() | ANYTHING,
        "reader": st.sampled_from(["me", "group", "evaluation"]) | ANYTHING,
        "after": st.lists(st.sampled_from(["", KEY]) | ANYTHING, max_size=25) | ANYTHING,
    },
)


def refused(rules: AnswerRules, **parts: object) -> Reason:
    with pytest.raises(AnswerError) as caught:
        rules.check(Answer.read({"key": KEY, **parts}))
    return caught.value.reason


@pytest.mark.parametrize(("rules", "kind"), [(CHOICE, Kind.RATING), (BOX, Kind.TEXT)])
@given(message=MESSAGES)
def test_what_a_page_may_send_the_store_keeps_as_it_is(
    rules: AnswerRules, kind: Kind, message: object
) -> None:
    try:
        answer = rules.check(Answer.read(message))
    except AnswerError:
        return
    assert AnswerRules.widest(kind).check(answer) == answer
    assert Answer.read({"key": answer.key, "sent": 1, **answer.content}) == answer


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_of_question_takes_numbers_or_words_but_not_both(kind: Kind) -> None:
    rules = AnswerRules.widest(kind)
    if kind in NUMERIC:
        assert rules.check(Answer(KEY, 2.5)).value == 2.5
        assert refused(rules, text="x", reader="me") == "text"
    else:
        assert rules.check(Answer(KEY, text="x", reader="me")).text == "x"
        assert refused(rules, value=1) == "value"
    assert rules.check(Answer(KEY, declined=True)).declined
    assert rules.check(Answer(KEY)).empty


@pytest.mark.parametrize(
    ("rules", "parts", "reason"),
    [
        (CHOICE, {"key": "1"}, "key"),
        (CHOICE, {"key": KEY.upper().replace("0", "A")}, "key"),
        (CHOICE, {"value": 4}, "value"),
        (CHOICE, {"value": 1.0}, "value"),
        (CHOICE, {"value": True}, "value"),
        (CHOICE, {"value": 1, "declined": True}, "value"),
        (BOX, {"declined": True}, "value"),
        (BOX, {"text": "x" * 21, "reader": "me"}, "long"),
        (BOX, {"text": "x", "reader": "evaluation"}, "reader"),
        (BOX, {"text": "x"}, "reader"),
        (BOX, {"text": 5, "reader": "me"}, "text"),
        (CHOICE, {"text": "x", "reader": "me"}, "text"),
        (CHOICE, {"more": 1}, "shape"),
        (AnswerRules(values=None), {"value": math.nan}, "value"),
        (AnswerRules(values=None), {"value": 10**400}, "value"),
        (AnswerRules(limit=LONGEST, declinable=True), {"text": "x", "declined": True}, "value"),
    ],
)
def test_each_fault_of_an_answer_has_its_reason(
    rules: AnswerRules, parts: Mapping[str, object], reason: str
) -> None:
    assert refused(rules, **parts) == reason


def test_a_text_loses_what_no_database_can_hold_and_spaces_alone_are_none() -> None:
    mended = BOX.check(Answer(KEY, text="a\0b\ud83dc\ud83d\ude00", reader="group"))
    assert mended.text == "ab\ufffdc\U0001f600"
    assert BOX.check(Answer(KEY, text=" \n\0", reader="group")) == Answer(KEY)


@given(message=MESSAGES)
def test_a_receipt_tells_key_and_time_as_far_as_they_can_be_read(message: object) -> None:
    told = receipt(message, ReceiptState.REFUSED, "No.")
    assert told["key"] in (KEY, "")
    assert 0 <= told["sent"] < 2**53
    assert (told["state"], told["message"]) == ("refused", "No.")


@pytest.mark.parametrize("after", [["x"], [None], "x", {"a": 1}, [KEY] * 21, 7])
def test_what_a_text_was_written_after_is_a_short_list_of_keys(after: object) -> None:
    assert refused(BOX, text="x", reader="me", after=after) is Reason.KEY
    kept = BOX.check(Answer.read({"key": KEY, "text": "x", "reader": "me", "after": ["", KEY]}))
    assert kept.after == ["", KEY]
