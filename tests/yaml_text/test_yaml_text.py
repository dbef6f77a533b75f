"""One value changed is one line of difference, at every place of every file of the content."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from myths.yaml_text import Bare, Place, YamlText, YamlTextError, rewrapped, unwrapped

CONTENT = Path(__file__).parents[2] / "content"
FILES = sorted({*CONTENT.rglob("*.yml")} - {*CONTENT.glob("sources.*.yml")})  # no hand writes those
WORD = re.compile("[A-Za-z]{3,}")


def named(path: Path) -> str:
    return path.relative_to(CONTENT).as_posix()


def difference(old: str, new: str) -> list[str]:
    lines = difflib.unified_diff(old.split("\n"), new.split("\n"), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def leaves(value: Any, place: Place = ()) -> Iterator[tuple[Place, str | None]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*place, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, (*place, index))
    else:
        yield place, value


def changed_lines(old: str, new: str) -> tuple[list[str], list[str]]:
    """The lines that went and those that came; quicker than a real comparison."""
    before, after = old.split("\n"), new.split("\n")
    start = next(
        (n for n, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), 0
    )
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return before[start : len(before) - end], after[start : len(after) - end]


def another_word(text: str) -> str | None:
    """A text with the word in its middle replaced by one of the same length."""
    words = [*WORD.finditer(text)]
    if not words:
        return None
    found = words[len(words) // 2]
    return text[: found.start()] + "x" * len(found[0]) + text[found.end() :]


@pytest.fixture(params=[7, pytest.param(1, marks=pytest.mark.soak)], ids=["some", "all"])
def step(request: pytest.FixtureRequest) -> int:
    """Every which place of a file is tried: all of them in the soak run."""
    number: int = request.param
    return number


@pytest.mark.parametrize("path", FILES, ids=named)
def test_one_word_changed_is_one_line_of_difference_at_every_place(path: Path, step: int):
    words = path.read_text("utf-8")
    file = YamlText(words)
    assert file.text == words
    places = 0
    for place, value in [*leaves(file.value)][::step]:
        text = another_word(file.prose(place)) if value else "Word"
        if text is None:
            continue
        made = file.set_prose(place, text) if value else file.set(place, text)
        gone, came = changed_lines(words, made.text)
        assert (len(gone), len(came)) == (1, 1), (place, gone, came)
        assert made.prose(place) == text
        places += 1
    assert places


@pytest.mark.parametrize("path", FILES, ids=named)
def test_words_that_stay_the_same_leave_the_file_as_it_is(path: Path, step: int):
    words = path.read_text("utf-8")
    file = YamlText(words)
    for place, value in [*leaves(file.value)][::step]:
        if value is not None:
            assert file.set(place, value.rstrip("\n")).text == words
            assert file.set_prose(place, file.prose(place)).text == words


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "- a", "@x", "#1", "yes: no", "'", '"', "a # b", "null", "~", "ja\n\nnein"),
        *("é {n}", "", "a\nb", "yes", "12", "x\n- a\n- b", "\u05d0\u05d1", "a, b] c"),
    ],
)
@pytest.mark.parametrize(
    "like",
    ["word", "'word'", '"word"', ">-\n  word", "|-\n  word", "|\n  word", ">+\n  word\n", "", "~"],
)
def test_any_words_come_out_as_they_went_in(text: str, like: str):
    made = YamlText(f"a: {like}\nb: x # c\n").set(("a",), text)
    assert (yaml.safe_load(made.text)["a"] or "").rstrip("\n") == text
    assert made.text.endswith("b: x # c\n")
    flow = YamlText("a: [one, {b: two}]  # c\n").set(("a", 1, "b"), text.replace("\n", " "))
    assert yaml.safe_load(flow.text)["a"][1]["b"] == text.replace("\n", " ")


def test_a_comment_beside_a_value_and_what_marks_the_file_stay():
    words = "\ufeffa: one   # before\r\nb:   # none yet\r\nc: >-  # long\r\n  words\r\n"
    made = YamlText(words).set(("a",), "two").set(("b",), "three").set(("c",), "other words")
    assert made.text == (
        "\ufeffa: two   # before\r\nb: three   # none yet\r\nc: >-  # long\r\n  other words\r\n"
    )


def test_a_short_text_that_becomes_long_gets_lines_and_its_comment_stays():
    made = YamlText("a: one  # c\nb: x\n").set(("a",), "word " * 40 + "end")
    assert made.text.startswith("a: >-  # c\n  word word")
    assert max(map(len, made.text.splitlines())) < 120
    assert yaml.safe_load(made.text) == {"a": "word " * 40 + "end", "b": "x"}


def test_entries_come_go_and_change_places_and_every_comment_stays():
    words = (CONTENT / "modules/risk/module.yml").read_text("utf-8")
    file = YamlText(words)
    made = file.insert(("prompts", 5), "who_hears").swap(("prompts", 0), ("prompts", 1))
    assert difference(words, made.text) == [
        "-prompts: [understand, challenge, protect, practice, change_mind]",
        "+prompts: [challenge, understand, protect, practice, change_mind, who_hears]",
    ]
    made = file.remove(("boxes", 1)).swap(("recall", "options", 0), ("recall", "options", 2))
    assert "options: [c, b, a, d]" in made.text
    assert made.text.count("#") == words.count("#")
    back = made.insert(("boxes", 1), "shift").swap(
        ("recall", "options", 0), ("recall", "options", 2)
    )
    assert back.text == words


def test_lines_of_a_list_move_with_their_comments():
    words = "a:  # all\n  - one  # the first\n  # this is two\n  - two\n\n  - three\nb: x\n"
    file = YamlText(words)
    assert file.swap(("a", 0), ("a", 1)).text == (
        "a:  # all\n  # this is two\n  - two\n  - one  # the first\n\n  - three\nb: x\n"
    )
    assert file.remove(("a", 1)).text == "a:  # all\n  - one  # the first\n\n  - three\nb: x\n"
    assert file.insert(("a", 0), "zero").text == words.replace("  - one", "  - zero\n  - one")


def test_a_support_line_is_added_changed_and_taken_out():
    words = (CONTENT / "support/eu.yml").read_text("utf-8")
    file = YamlText(words)
    line = {"id": "men", "kind": Bare("men"), "name": {"en": "For men"}, "free": Bare("true")}
    made = file.insert(("lines", 4), line)
    assert made.text.startswith(words)
    assert yaml.safe_load(made.text)["lines"][4]["free"] is True
    assert made.remove(("lines", 4)).text == words
    tried = file.put(("lines", 1, "checked"), Bare("2026-12-01"))
    assert difference(words, tried.text) == ["+    checked: 2026-12-01"]
    assert str(yaml.safe_load(tried.text)["lines"][1]["checked"]) == "2026-12-01"


def test_a_new_entry_stands_behind_its_neighbour_and_no_other_line_changes():
    words = (CONTENT / "modules/risk/text.en.yml").read_text("utf-8")
    file = YamlText(words)
    made = file.put(("prompts", "who_hears"), "Who hears: of it?", after="protect")
    assert difference(words, made.text) == ['+  who_hears: "Who hears: of it?"']
    case = {"title": "One", "text": "Two.\n\nThree.", "next": "Four."}
    made = file.put(("cases", "police"), case)
    assert all(line.startswith("+") for line in difference(words, made.text))
    assert made.remove(("cases", "police")).text == words
    made = YamlText("a: 1\n\nb: 2\n").put(("c",), ["x", "z"], after="a")
    assert made.text == "a: 1\n\nc: [x, z]\n\nb: 2\n"


def test_words_of_a_list_stay_as_they_are_written():
    file = YamlText('a: ["one", two]\nb:\n  - one  # first\n  - two\n')
    assert file.set_list(("a",), ["one", "x", "two"]).text.startswith('a: ["one", x, two]')
    assert file.set_list(("b",), ["x", "two"]).text.endswith("b:\n  - x  # first\n  - two\n")
    assert file.set_list(("b",), ["two", "x", "one"]).text.endswith(
        "b:\n  - two\n  - x\n  - one  # first\n"
    )


@pytest.mark.parametrize(
    "words", ["a: &x one\nb: *x\n", "a: !t one\n", "- a\n- b\n", "a: 1\n---\nb: 2\n", "a: [1\n"]
)
def test_what_cannot_be_changed_safely_is_refused(words: str):
    with pytest.raises(YamlTextError):
        YamlText(words)


def test_the_last_entry_of_a_list_and_a_place_that_is_gone_are_refused():
    file = YamlText("a: [one]\nb: {c: d}\n")
    for place in (("a", 0), ("b", "c"), ("x",)):
        with pytest.raises(YamlTextError):
            file.remove(place)


PARAGRAPHS = "One two three four\nfive six seven.\n\n- a b c\n  d e\n- f\n\n1. g\n2. h  \ni"


def test_paragraphs_and_entries_of_lists_are_on_one_line_each_in_a_form():
    shown = unwrapped(PARAGRAPHS)
    assert shown == "One two three four five six seven.\n\n- a b c d e\n- f\n\n1. g\n2. h  \ni"
    assert rewrapped(PARAGRAPHS, shown) == PARAGRAPHS


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("seven.", "7."),
        ("d e", "d e e"),
        ("three", "three and more"),
        ("five ", ""),
        ("- f", "- g"),
    ],
)
def test_a_changed_word_changes_its_line_alone(old: str, new: str):
    shown = unwrapped(PARAGRAPHS).replace(old, new)
    made = rewrapped(PARAGRAPHS, shown)
    assert unwrapped(made) == shown
    assert len(difference(PARAGRAPHS, made)) == 2


def test_no_break_makes_an_entry_of_a_list_of_what_is_none():
    text = "word " * 21 + "1. and - so # on " + "word " * 30 + "end."
    made = rewrapped("", text)
    assert len(made.split("\n")) > 1
    assert unwrapped(made) == text
