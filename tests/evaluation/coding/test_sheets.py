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
    assert order.index("put") >= 2  # the sheet, and what can be taken back
    assert order[:2] == ["sync", "sync"]


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
    assert sorted(path.name for path in folder.iterdir()) == [
        "ada.jsonl",
        "ada.undo",
        "codebook.yml",
    ]
    assert ada.entry(ada.texts[1].id) is None
    ada.toggle(ada.texts[1].id, "gap")
    assert len(lines(folder)) == 3


def test_the_file_holds_no_words_of_the_participants(ada, folder):
    for text in ada.texts:
        ada.passage(text.id, "gap", 0, 6)
    kept = (folder / "ada.jsonl").read_text()
    assert not any(word in kept for words in WORDS for word in words.split() if len(word) > 5)


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
    assert ada.undo() == first  # the memo, which nobody else has changed
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


@pytest.mark.parametrize(
    "name", ["", "Ada", "../ada", "ada/..", "a" * 31, "1", "ada.b", "codebook\n"]
)
def test_a_name_that_is_no_file_is_refused(name, folder):
    with pytest.raises(CodingError, match="cannot name a file"):
        coder(folder, name)


def test_a_memo_may_hold_what_no_file_takes(ada, folder):
    ada.memo(ada.texts[0].id, 'half \ud83d "quoted"\nand a second line 👩🏽\u200d⚖️ \u2028')
    assert coder(folder).entry(ada.texts[0].id).memo.startswith('half ? "quoted"\nand')


def test_a_sheet_edited_on_windows_is_read(ada, folder):
    ada.toggle(ada.texts[0].id, "gap")
    path = folder / "ada.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert coder(folder).entry(ada.texts[0].id).codes
