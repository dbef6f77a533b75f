"""Every date and every direction of a text come from one place."""

from __future__ import annotations

from datetime import date

import pytest
from myths.languages import (
    all_languages,
    countries,
    country_name,
    direction,
    full,
    language_name,
    long_date,
    numbers_of_form,
    preferred,
)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "28 November 2026"),
        ("de", "28. November 2026"),
        ("pt-BR", "28 de novembro de 2026"),
        ("en-simple", "28 November 2026"),
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


@pytest.mark.parametrize(
    ("accepted", "offered", "chosen"),
    [
        ("en-GB, en;q=0.9", ("de", "en-simple", "en"), "en"),
        ("en-GB", ("de", "en-simple"), "en-simple"),
        ("en-simple", ("en", "en-simple"), "en-simple"),
        ("pt-BR", ("en", "pt", "pt-BR"), "pt-BR"),
        ("de, en", ("en", "en-simple"), "en"),
    ],
)
def test_an_easy_form_is_for_who_asks_for_it_or_has_no_other_form_of_their_language(
    accepted: str, offered: tuple[str, ...], chosen: str
):
    assert preferred(accepted, offered) == chosen


def test_an_easy_form_belongs_to_its_language():
    assert [full(code) for code in ("en-simple", "pt-BR-simple", "pt-BR")] == [
        "en",
        "pt-BR",
        "pt-BR",
    ]


def test_a_language_is_named_in_any_language_and_by_its_code_if_it_is_unknown():
    easy = "Easy {language}"
    assert [language_name("de", code, easy=easy) for code in ("de", "en")] == ["Deutsch", "German"]
    assert language_name("no language", "en", easy=easy) == "no language"
    assert language_name("en-simple", "en", easy=easy) == "Easy English"
    assert language_name("en-simple", "de", easy="Einfaches {language}") == "Einfaches Englisch"


def test_numbers_show_which_plural_form_is_meant():
    assert numbers_of_form("pl", "few").startswith("2, 3, 4")
    assert numbers_of_form("en", "one") == "1"


@pytest.mark.parametrize("language", ["en", "de", "tlh"])
def test_each_country_has_a_name(language: str):
    known = countries(language)
    assert {"at", "de", "gb", "xk"} <= known.keys()
    assert all(known[code] == country_name(code, language) != "" for code in known)
    assert "eu" not in known


def test_a_letter_with_an_accent_stands_where_it_would_without():
    names = [*countries("de").values()]
    assert names[:4] == ["Afghanistan", "Ägypten", "Ålandinseln", "Albanien"]


def test_each_language_has_a_name_in_another_one():
    known = all_languages("de")
    assert known["fr"] == "Französisch"
    assert all(len(code) <= 3 and name != code for code, name in known.items())
