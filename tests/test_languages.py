"""Every date and every direction of a text come from one place."""

from __future__ import annotations

from datetime import date

import pytest
from myths.languages import direction, long_date


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
