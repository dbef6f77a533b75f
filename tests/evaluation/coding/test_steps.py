from __future__ import annotations

import json

import pytest
from myths.errors import CodingError

from tests.evaluation.coding.coders import WORDS, book, coder


@pytest.fixture
def folder(tmp_path):
    book(tmp_path)
    return tmp_path


@pytest.fixture
def ada(folder):
    return coder(folder)


def lines(folder, name="ada"):
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text().splitlines()]


def place(ada, words):
    return next(text.id for text in ada.texts if words in text.words)


def decide_all(ada):
    for text in ada.texts:
        ada.none(text.id)


def test_undo_and_redo_go_through_all_kinds_of_steps(ada):
    text = place(ada, "weekend")
    ada.toggle(text, "gap")
    ada.passage(text, "ask", 4, 11)
    ada.memo(text, "hm")
    ada.none(text)
    states = []
    while ada.can_undo:
        states.append(ada.entry(text))
        assert ada.undo() == text
    assert ada.entry(text) is None
    assert ada.undo() is None
    for state in reversed(states):
        ada.redo()
        assert ada.entry(text) == state
    assert ada.redo() is None
    assert ada.entry(text).none
    assert ada.entry(text).memo == "hm"


def test_a_new_step_ends_redoing(ada):
    first, second = ada.texts[:2]
    ada.toggle(first.id, "gap")
    ada.undo()
    ada.toggle(second.id, "ask")
    assert ada.redo() is None
    assert ada.entry(first.id) is None


@pytest.mark.parametrize(
    ("words", "start", "end", "passage"),
    [
        ("weekend", 4, 11, "weekend"),
        ("weekend", 3, 12, "weekend"),
        ("We ask her", 16, 23, "👩🏽\u200d⚖️"),
        ("نسأل", 5, 11, "الخدمة"),
    ],
)
def test_a_passage_is_counted_in_code_points_without_its_white_space(
    words, start, end, passage, ada
):
    text = place(ada, words)
    assert ada.passage(text, "gap", start, end) == passage
    (mark,) = ada.entry(text).codes
    assert next(t.words for t in ada.texts if t.id == text)[mark.start : mark.end] == passage


@pytest.mark.parametrize(("start", "end"), [(3, 4), (5, 5), (9, 2), (-1, 3), (4, 999), (500, 600)])
def test_a_passage_without_words_is_refused_or_cut_to_the_text(start, end, ada):
    text = place(ada, "weekend")
    if end == 999:
        assert ada.passage(text, "gap", start, end) == WORDS[0][4:]
        return
    with pytest.raises(CodingError, match="No words are chosen"):
        ada.passage(text, "gap", start, end)
    assert ada.entry(text) is None


def test_passages_of_one_code_stand_beside_each_other_and_go_one_by_one(ada):
    text = place(ada, "weekend")
    ada.toggle(text, "gap")
    ada.passage(text, "gap", 4, 11)
    ada.passage(text, "gap", 19, 22)
    ada.passage(text, "ask", 4, 22)
    marks = [(m.code, m.start, m.end) for m in ada.entry(text).codes]
    assert marks == [("gap", 4, 11), ("gap", 19, 22), ("ask", 4, 22)]
    ada.remove(text, "gap", 4, 11)
    assert [(m.code, m.start) for m in ada.entry(text).codes] == [("gap", 19), ("ask", 4)]
    assert ada.toggle(text, "gap") is False
    assert [m.code for m in ada.entry(text).codes] == ["ask"]


def test_no_code_fits_is_a_decision_and_excludes_codes(ada):
    text = ada.texts[0].id
    ada.toggle(text, "gap")
    assert ada.none(text) is True
    assert ada.entry(text).codes == ()
    assert ada.undecided() == len(WORDS) - 1
    ada.toggle(text, "ask")
    assert ada.entry(text).none is False
    ada.memo(ada.texts[1].id, "only a memo")
    assert ada.undecided() == len(WORDS) - 1


def test_finishing_needs_every_decision_and_then_the_codes_stand(ada, folder):
    with pytest.raises(CodingError, match="not decided yet: 5 of 5"):
        ada.finish()
    decide_all(ada)
    ada.finish()
    assert ada.undo() is None
    for step in (lambda: ada.toggle(ada.texts[0].id, "gap"), ada.finish):
        with pytest.raises(CodingError, match="finished"):
            step()
    ada.reopen()
    ada.toggle(ada.texts[0].id, "gap")


def test_nobody_sees_the_others_codes_until_all_have_finished(folder):
    ada, bea = coder(folder), coder(folder, "bea")
    decide_all(ada)
    ada.finish()
    assert ada.others(ada.texts[0].id) == {}
    decide_all(bea)
    bea.toggle(ada.texts[0].id, "gap")
    assert ada.others(ada.texts[0].id) == bea.others(ada.texts[0].id) == {}
    bea.finish()
    assert ada.others(ada.texts[0].id) == {"bea": ["Gap"]}
    with pytest.raises(CodingError, match="these codes stand"):
        ada.reopen()


def test_while_somebody_codes_nothing_but_the_head_of_a_sheet_is_read_for_the_others(folder):
    ada, bea = coder(folder), coder(folder, "bea")
    bea.toggle(bea.texts[0].id, "gap")
    ada.toggle(ada.texts[0].id, "ask")
    path = folder / "bea.jsonl"
    path.write_text(path.read_text().splitlines()[0] + "\nnot for ada\n")
    assert ada.others(ada.texts[0].id) == {}


def test_what_is_unknown_is_named(ada):
    with pytest.raises(CodingError, match="no code 'gone'"):
        ada.toggle(ada.texts[0].id, "gone")
    with pytest.raises(CodingError, match="no text 'nobody'"):
        ada.toggle("nobody", "gap")
    with pytest.raises(CodingError, match="at most 2000 characters"):
        ada.memo(ada.texts[0].id, "x" * 2001)
