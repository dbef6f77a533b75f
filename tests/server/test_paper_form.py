"""A field of a sheet takes what its question on the page takes, and no text for anybody else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from myths import catalog, components
from myths.answer import Answer
from myths.handouts import PaperSheet
from myths.server.paper_form import PaperField, PaperForm
from myths.store import TypedAnswers

from tests.handouts.test_sheet import ASKS, shown

CATALOG = catalog.load()
NOTHING = TypedAnswers({}, frozenset())


def form(slug: str = "risk", typed: TypedAnswers = NOTHING, **sent: str) -> PaperForm:
    questions = PaperSheet(CATALOG, CATALOG.module(slug), country="eu").questions()
    named = {name.replace("__", "."): value for name, value in sent.items()}
    return PaperForm(questions, typed, longest=CATALOG.series.text_limit, sent=named)


def typed_in(**sent: str) -> PaperField:
    (name,) = sent
    fields = form(**sent).fields
    return next(each for each in fields if each.name == name.replace("__", "."))


@pytest.mark.parametrize("slug", CATALOG.series.modules)
def test_each_field_has_the_rules_of_its_question_on_the_page(slug: str):
    on_the_page = {}
    for each in shown(slug):
        if isinstance(each, ASKS):
            on_the_page[each.item] = each.rules
            if isinstance(each, components.Recall):
                on_the_page[each.first_item] = each.rules
    readers = ("evaluation",)
    fields = {each.name: each for each in form(slug).fields}
    assert fields.keys() == on_the_page.keys()
    for name, rules in on_the_page.items():
        ours = fields[name].rules
        assert replace(ours, readers=()) == replace(rules, readers=()), name
        assert not ours.limit or tuple(ours.readers) == readers


@pytest.mark.parametrize(
    ("typed", "value"), [("4", 4), (" 4 ", 4), ("\uff14", 4), ("", None), ("  ", None)]
)
def test_a_point_is_typed_as_its_number(typed: str, value: int | None):
    field = typed_in(risk__myth__before=typed)
    assert (field.fault, field.change and field.change.value) == (None, value)


@pytest.mark.parametrize("typed", ["-", "–", "—", " − "])  # noqa: RUF001  as keyboards write it
def test_a_dash_is_prefer_not_to_say(typed: str):
    field = typed_in(risk__confidence__before=typed)
    assert field.change
    assert field.change.declined
    assert typed_in(risk__recall__after=typed).fault


@pytest.mark.parametrize("typed", ["0", "6", "4.0", "4 5", "four", "A", "1" * 400, "\0"])
def test_what_is_no_point_is_refused_and_kept_as_it_was_typed(typed: str):
    field = typed_in(risk__myth__before=typed)
    assert (field.fault is not None, field.shown) == (True, typed)


def test_a_letter_is_the_option_that_stands_beside_it_on_the_sheet():
    options = CATALOG.module("risk").item("recall").options
    for letter, option in zip("aBcD", options, strict=True):
        assert typed_in(risk__recall__before=letter).change.value == option.value
    assert typed_in(risk__recall__before="E").fault


def test_a_kept_answer_stands_in_its_field_and_is_not_saved_again():
    known = {
        ("risk", "myth", "before"): Answer("", 4.0),
        ("risk", "confidence", "before"): Answer("", declined=True),
        ("risk", "recall", "before"): Answer("", 2.0),
        ("risk", "reason", "before"): Answer("", text="why", reader="evaluation"),
    }
    kept = form(typed=TypedAnswers(known, frozenset()))
    stands = {each.name: each.stands for each in kept.fields}
    questions = [each.question for each in kept.fields]
    fresh = PaperForm(questions, TypedAnswers(known, frozenset()), longest=2000)
    shown_now = {each.name: each.shown for each in fresh.fields if each.shown}
    codes = {
        option.value: letter
        for letter, option in zip(
            "ABCD", CATALOG.module("risk").item("recall").options, strict=True
        )
    }
    assert shown_now == {
        "risk.myth.before": "4",
        "risk.confidence.before": "-",
        "risk.recall.before": codes[2],
        "risk.reason.before": "why",
    }
    again = PaperForm(questions, TypedAnswers(known, frozenset()), longest=2000, sent=shown_now)
    assert [each.change for each in again.fields if each.change] == []
    cleared = PaperForm(questions, TypedAnswers(known, frozenset()), longest=2000, sent={})
    assert [each.change.empty for each in cleared.fields if each.change] == [True] * 4
    assert stands["risk.myth.after"].empty


def test_what_its_author_closed_takes_nothing():
    closed = frozenset({("risk", "myth", "before")})
    sent = form(typed=TypedAnswers({}, closed), risk__myth__before="4", risk__myth__after="9")
    field = next(each for each in sent.fields if each.name == "risk.myth.before")
    assert (field.closed, field.change) == (True, None)
    assert [each.name for each in sent.faults] == ["risk.myth.after"]
