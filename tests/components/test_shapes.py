"""What a page and Python tell each other has one shape: `shapes.d.ts` says what Python says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import get_args, get_origin, get_type_hints

import pytest
from anywidget import AnyWidget
from myths.answer import AnswerMessage, ReceiptMessage
from myths.components import Component, Question
from myths.vocabulary import Reader, ReceiptState, Vocabulary

from tests.components.scripts import EVERY, HERE, fields, script_of

SHAPES = (HERE / "shapes.d.ts").read_text("utf-8")
shape = partial(fields, SHAPES)
TYPES: Mapping[object, str] = {str: "string", int: "number", float: "number", bool: "boolean"}
ELSEWHERE = {
    "mark",
    "xsrf",
}  # told by the page itself, which shows the exit before there is a kernel


def written(kind: object) -> str:
    """A type of Python as TypeScript writes it."""
    if kind in TYPES:
        return TYPES[kind]
    if get_origin(kind) is list:
        return f"{written(*get_args(kind))}[]"
    inner, nothing = get_args(kind)
    assert nothing is type(None)
    return f"{written(inner)} | null"


def closed(words: type[Vocabulary]) -> str:
    """A list of words as TypeScript writes it."""
    return " | ".join(f'"{word}"' for word in words)


def test_an_answer_has_the_same_fields_on_both_sides() -> None:
    python = {name: written(kind) for name, kind in get_type_hints(AnswerMessage).items()}
    assert shape("AnswerMessage") == python | {"reader": "Reader | null"}


def test_a_receipt_has_the_same_fields_and_states_on_both_sides() -> None:
    python = {name: written(kind) for name, kind in get_type_hints(ReceiptMessage).items()}
    assert shape("ReceiptMessage") == python | {"state": closed(ReceiptState)}


def test_the_readers_are_the_same_on_both_sides() -> None:
    assert f"export type Reader = {closed(Reader)};" in SHAPES


def test_the_state_of_a_question_is_the_same_on_both_sides() -> None:
    own = set(Question.class_trait_names(sync=True)) - set(AnyWidget.class_trait_names())
    assert shape("QuestionState").keys() == {name for name in own if not name.startswith("_")}


@pytest.mark.parametrize("kind", EVERY)
def test_a_script_asks_only_for_what_its_widget_has(kind: type[Component]) -> None:
    asked = set(re.findall(r'model\.get\("(\w+)"\)', script_of(kind)))
    assert asked
    assert asked - ELSEWHERE <= set(kind.class_trait_names(sync=True))
