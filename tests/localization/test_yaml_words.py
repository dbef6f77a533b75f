"""One value changed is one line of difference: comments, order, quotes and folds stay."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
import yaml
from myths import catalog
from myths.localization.yaml_words import with_texts

CONTENT = Path(__file__).parents[2] / "content"
FILES = sorted([*CONTENT.rglob("text.en.yml"), CONTENT / "ui/en.yml"])
RISK = CONTENT / "modules/risk/text.en.yml"


def difference(old: str, new: str) -> list[str]:
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_words_that_stay_the_same_leave_the_file_as_it_is(path: Path):
    words = path.read_text("utf-8")
    texts = catalog.units(path, CONTENT, language="en")
    assert with_texts(words, texts, language="en") == words


@pytest.mark.parametrize(
    ("place", "old", "new"),
    [
        ("title", "title: Risk", "title: Risiko"),
        (
            "remarks.over",
            "  over: No programme removes all danger.",
            "  over: Kein Programm macht alles sicher.",
        ),
        ("boxes.ask.heading", "    heading: To ask a programme", "    heading: Für ein Programm"),
    ],
)
def test_one_value_is_one_line(place: str, old: str, new: str):
    words = RISK.read_text("utf-8")
    made = with_texts(words, {place: new.partition(": ")[2]}, language="en")
    assert difference(words, made) == [f"-{old}", f"+{new}"]


def test_a_line_beside_a_comment_keeps_it():
    words = "a: one   # said before\nb:\n  other: '{n} x'\n  one: '{n} y'  # of one\n"
    made = with_texts(words, {"a": "eins", "b.one": "{n} z"}, language="en")
    assert made == words.replace("one  ", "eins ", 1).replace("{n} y", "{n} z")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "- a", "@x", "#1", "yes: no", "'", '"', "a # b", "null", "~", "ja\n\nnein", "é {n}"],
)
@pytest.mark.parametrize("like", ["word", "'word'", '"word"', ">-\n  word", "|-\n  word"])
def test_any_words_come_out_as_they_went_in(text: str, like: str):
    made = with_texts(f"a: {like}\nb: x # c\n", {"a": text}, language="en")
    assert yaml.safe_load(made) == {"a": text, "b": "x"}
    assert made.endswith("b: x # c\n")


def test_a_long_text_is_folded_and_reads_the_same():
    text = " ".join(["Ein langes Wort und noch eines,"] * 20) + "\n\nZwei."
    made = with_texts("a: >-\n  old\nb: x\n", {"a": text}, language="en")
    assert yaml.safe_load(made)["a"] == text
    assert max(map(len, made.splitlines())) < 130
