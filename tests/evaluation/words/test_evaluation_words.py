"""One way in which a language reaches the evaluation's words, its numbers and its marks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from myths.errors import EvaluationError
from myths.evaluation.words import (
    LANGUAGES,
    SpokenText,
    evaluation_words,
    filled,
    joined,
    lines_of,
    parts_of,
    words,
    words_for,
)


def test_each_language_is_read_once_and_english_is_what_nobody_asks_for():
    assert {"en", "de"} <= set(LANGUAGES)
    assert words() is words("en")
    assert [words(language).language for language in LANGUAGES] == list(LANGUAGES)


@pytest.mark.parametrize(
    ("spoken", "language", "told"),
    [
        (["de", "de"], None, ("de", "")),
        (["de", "en"], None, ("en", "")),
        ([], None, ("en", "")),
        (["ar"], None, ("en", "ar")),
        (["de"], "en", ("en", "")),
        (["ar"], "de", ("de", "")),
    ],
)
def test_a_language_is_that_of_the_workshops_unless_somebody_chose_one(spoken, language, told):
    found, unspoken = words_for(spoken, language)
    assert (found.language, unspoken) == told


def test_a_language_without_words_is_refused_with_those_that_there_are():
    with pytest.raises(EvaluationError, match="no words in 'xx': choose from en, de"):
        words("xx")


def test_a_language_of_which_a_file_is_missing_is_refused_by_the_files_name(monkeypatch, tmp_path):
    here = Path(evaluation_words.__file__).parent
    for path in here.glob("*.de.yml"):
        if path.name != "tables.de.yml":
            (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(evaluation_words, "_HERE", tmp_path)
    monkeypatch.setattr(evaluation_words, "LANGUAGES", ("en",))
    with pytest.raises(EvaluationError, match=r"yet \(missing: tables\.de\.yml\): choose from en"):
        words("de")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("1,234", "0.050", "+0.3", "-0.3", "0.0", "2 November 2026", "German", "“so”")),
        ("de", ("1.234", "0,050", "+0,3", "-0,3", "0,0", "2. November 2026", "Deutsch", "„so“")),
    ],
)
def test_numbers_dates_names_and_quotations_are_written_as_the_language_does(language, told):
    says = words(language)
    assert told == (
        says.count(1234),
        says.decimal(0.05, places=3),
        says.signed(0.3),
        says.signed(-0.3),
        says.signed(-0.04),
        says.day(date(2026, 11, 2)),
        says.language_name("de"),
        says.quoted("so"),
    )


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [
        ("en", "1 person with both answers", "1,200 people with both answers"),
        ("de", "1 Person mit beiden Antworten", "1.200 Personen mit beiden Antworten"),
    ],
)
def test_words_that_go_with_a_number_have_its_form_and_write_it_as_the_language_does(
    language, one, many
):
    people = words(language).figures.people
    assert (people.of(1), people.of(1200)) == (one, many)


@given(st.floats(-9, 9), st.integers(1, 4))
def test_a_number_is_rounded_as_python_does_and_nothing_has_no_sign(value, places):
    rounded = f"{value:.{places}f}"
    wanted = rounded if float(rounded) else rounded.removeprefix("-")
    assert words().decimal(value, places=places) == wanted


def test_what_was_asked_in_another_language_stands_beside_its_meaning_and_is_marked():
    german = words("de")
    assert german.asked("Ist es so?", "de") == "Ist es so?"
    assert parts_of(german.asked("Is <it> so?", "en")) == (("Is <it> so?", "en"),)
    both = german.asked("Is <it> so?", "en", meaning="Ist es so?")
    assert both == "Ist es so? (auf Englisch gefragt: Is <it> so?)"
    marked = '<span lang="en" dir="auto">Is &lt;it&gt; so?</span>'
    assert SpokenText.__html__(both) == f"Ist es so? (auf Englisch gefragt: {marked})"


def test_marks_stay_where_texts_are_filled_in_joined_and_cut_into_lines():
    arabic = SpokenText(("نعم", "ar"))
    text = joined("\n", [filled("{n} of “{words}”", n=5, words=arabic), "plain", arabic])
    assert text == "5 of “نعم”\nplain\nنعم"
    assert [parts_of(line) for line in lines_of(text)] == [
        (("5", ""), (" of “", ""), ("نعم", "ar"), ("”", "")),
        (("plain", ""),),
        (("نعم", "ar"),),
    ]
