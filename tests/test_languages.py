"""Every date and every direction of a text come from one place."""

from __future__ import annotations

from datetime import date

import pytest
from myths.languages import direction, language_name, long_date, numbers_of_form, preferred


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "28 November 2026"),
        ("de", "28. November 2026"),
        ("pt-BR", "28 de novembro de 2026"),
        ("tlh", "28 November 2026"),
    ],
)
def test_a_date_is_written_out_and_the_day_comes_first_in_english(language: str, words: str):
    assert long_date(date(2026, 11, 28), language) == words


@pytest.mark.parametrize("language", ["ar", "fa", "he", "ur", "ps", "ckb", "ar-EG"])
def test_text_that_runs_from_right_to_left_is_known(language: str):
    assert direction(language) == "rtl"


@pytest.mark.parametrize("language", ["en", "de", "uk", "xx", "no language"])
def test_all_other_text_runs_from_left_to_right(language: str):
    assert direction(language) == "ltr"


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("", "en"),
        ("de", "de"),
        ("de-AT, en;q=0.8", "de"),
        ("en;q=0.8, de;q=0.9", "de"),
        ("fr, de;q=0", "en"),
        ("pt-br", "pt-BR"),
        ("*", "en"),
        ("de;q=x, ;;, q=", "en"),
        ("x" * 5000 + ", de", "en"),
    ],
)
def test_the_language_is_the_one_that_a_browser_asks_for_first(accepted: str, chosen: str):
    assert preferred(accepted, ("en", "de", "pt-BR")) == chosen


def test_a_language_is_named_in_any_language_and_by_its_code_if_it_is_unknown():
    assert (language_name("de", "de"), language_name("de", "en")) == ("Deutsch", "German")
    assert language_name("no language", "en") == "no language"


def test_numbers_show_which_plural_form_is_meant():
    assert numbers_of_form("pl", "few").startswith("2, 3, 4")
    assert numbers_of_form("en", "one") == "1"
