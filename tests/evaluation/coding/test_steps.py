from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import timedelta

import pytest
from myths import files
from myths.errors import CodingError
from myths.evaluation.coding.coder import Coder
from myths.evaluation.coding.coder_file import Mark

from tests.evaluation.coding.coders import WORDS, book, coder, some_texts


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


def test_every_step_is_in_the_file_before_the_next(ada, folder):
    text = ada.texts[0].id
    assert ada.toggle(text, "gap") is True
    assert lines(folder)[1]["codes"] == [{"code": "gap", "version": 1}]
    assert coder(folder).entry(text).codes == (Mark(code="gap", version=1),)
    ada.memo(text, " look again ")
    assert lines(folder)[1]["memo"] == "look again"
    assert ada.toggle(text, "gap") is False
    ada.memo(text, "")
    assert len(lines(folder)) == 1


def test_a_step_reaches_the_disk_before_it_takes_the_old_ones_place(ada, monkeypatch):
    order = []
    sync, put = os.fsync, files.Path.replace
    monkeypatch.setattr(os, "fsync", lambda file: (order.append("sync"), sync(file)))
    monkeypatch.setattr(files.Path, "replace", lambda a, b: (order.append("put"), put(a, b)))
    ada.toggle(ada.texts[0].id, "gap")
    assert order[:2] == ["sync", "put"]


def test_a_full_disk_loses_nothing_and_leaves_no_scraps(ada, folder, monkeypatch):
    ada.toggle(ada.texts[0].id, "gap")
    before = (folder / "ada.jsonl").read_bytes()

    def full(_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(CodingError, match="No space left on device"):
            ada.toggle(ada.texts[1].id, "gap")
    assert (folder / "ada.jsonl").read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == ["ada.jsonl", "codebook.yml"]
    assert ada.entry(ada.texts[1].id) is None
    ada.toggle(ada.texts[1].id, "gap")
    assert len(lines(folder)) == 3


def test_the_file_holds_no_words_of_the_participants(ada, folder):
    for text in ada.texts:
        ada.passage(text.id, "gap", 0, 6)
    kept = (folder / "ada.jsonl").read_text()
    assert not any(word in kept for words in WORDS for word in words.split() if len(word) > 5)


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


def test_the_order_is_each_coders_own_and_stays(folder):
    def order(name, seed=1, words=WORDS):
        return [t.words for t in Coder(folder, name, some_texts(words), seed=seed).texts]

    assert order("ada") == order("ada")
    assert sorted(order("ada")) == sorted(order("bea")) == sorted(WORDS)
    assert len({tuple(order(name, seed)) for name in ("ada", "bea") for seed in range(4)}) > 4
    more = order("ada", words=(*WORDS, "A late text."))
    assert [words for words in more if words != "A late text."] == order("ada")


def test_the_seed_of_the_first_day_is_kept(folder):
    first = coder(folder, seed=3)
    first.toggle(first.texts[0].id, "gap")
    assert [t.id for t in coder(folder, seed=4).texts] == [t.id for t in first.texts]


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (lambda ls: [*ls[:1], ls[1][:-1]], "ada.jsonl:2: this line cannot be read"),
        (lambda ls: [*ls, ls[1]], "ada.jsonl:3: 'p"),
        (lambda ls: [ls[0], ls[1].replace("gap", "gone")], "ada.jsonl:2: codebook.yml has no"),
        (lambda ls: [ls[0], ls[1].replace('"version": 1', '"version": 7')], "version 7 of 'gap'"),
        (lambda ls: [ls[0], ls[1].replace("codes", "kodes")], "ada.jsonl:2: this line cannot"),
        (lambda ls: [ls[0], ls[1].replace("Z", "")], "ada.jsonl:2: 'answered_at' has no time zone"),
        (lambda ls: [ls[0].replace("ada", "bea"), ls[1]], "ada.jsonl:1: this is the sheet of"),
        (lambda ls: ls[1:], "ada.jsonl:1: this line cannot be read"),
        (lambda _: [""], "ada.jsonl:1: the file is empty"),
        (
            lambda ls: [ls[0], ls[1].replace('"version": 1', '"version": 1, "start": 3')],
            "needs both 'start' and 'end'",
        ),
    ],
)
def test_a_badly_edited_sheet_is_told_by_its_line_and_stays_as_it_is(edit, told, ada, folder):
    ada.toggle(ada.texts[0].id, "gap")
    path = folder / "ada.jsonl"
    good = path.read_text().splitlines()
    path.write_text("\n".join(edit(good)) + "\n")
    bad = path.read_text()
    for act in (lambda: ada.toggle(ada.texts[1].id, "gap"), lambda: coder(folder)):
        with pytest.raises(CodingError) as fault:
            act()
        assert told in str(fault.value)
        assert "\n" not in str(fault.value)
    assert path.read_text() == bad
    path.write_text("\n".join(good) + "\n")
    ada.toggle(ada.texts[1].id, "gap")
    assert len(lines(folder)) == 3


def test_two_windows_of_one_coder_do_not_lose_each_others_steps(ada, folder):
    again = coder(folder)
    first, second = ada.texts[0].id, ada.texts[1].id
    ada.toggle(first, "gap")
    again.toggle(second, "ask")
    ada.memo(first, "mine")
    assert {line["text"] for line in lines(folder)[1:]} == {first, second}
    again.toggle(first, "doubt")
    with pytest.raises(CodingError, match="changed elsewhere"):
        ada.undo()
    assert [m.code for m in coder(folder).entry(first).codes] == ["gap", "doubt"]


def test_a_text_that_was_changed_by_its_author_is_undecided_again(folder):
    ada = coder(folder)
    decide_all(ada)
    first, *rest = some_texts()
    later = replace(first, answered_at=first.answered_at + timedelta(seconds=1))
    again = Coder(folder, "ada", [later, *rest])
    assert again.entry(later.id) is None
    assert again.undecided() == 1


def test_finishing_needs_every_decision_and_then_the_codes_stand(ada, folder):
    with pytest.raises(CodingError, match="5 of 5 texts are not decided yet"):
        ada.finish()
    decide_all(ada)
    ada.finish()
    for step in (lambda: ada.toggle(ada.texts[0].id, "gap"), ada.undo, ada.finish):
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


@pytest.mark.parametrize(
    "name", ["", "Ada", "../ada", "ada/..", "a" * 31, "1", "ada.b", "codebook\n"]
)
def test_a_name_that_is_no_file_is_refused(name, folder):
    with pytest.raises(CodingError, match="cannot name a file"):
        coder(folder, name)


def test_what_is_unknown_is_named(ada):
    with pytest.raises(CodingError, match="no code 'gone'"):
        ada.toggle(ada.texts[0].id, "gone")
    with pytest.raises(CodingError, match="no text 'nobody'"):
        ada.toggle("nobody", "gap")
    with pytest.raises(CodingError, match="at most 2000 characters"):
        ada.memo(ada.texts[0].id, "x" * 2001)


def test_a_memo_may_hold_what_no_file_takes(ada, folder):
    ada.memo(ada.texts[0].id, 'half \ud83d "quoted"\nand a second line 👩🏽\u200d⚖️ \u2028')
    assert coder(folder).entry(ada.texts[0].id).memo.startswith('half ? "quoted"\nand')


def test_a_sheet_edited_on_windows_is_read(ada, folder):
    ada.toggle(ada.texts[0].id, "gap")
    path = folder / "ada.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert coder(folder).entry(ada.texts[0].id).codes
