"""Codes as phones, keyboards and clipboards give them."""

# ruff: noqa: RUF001  letters that look alike are what is tried here

from __future__ import annotations

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from myths.errors import RecoveryError, WorkshopError
from myths.store import credentials
from myths.store.typed_code import plain

RECOVERY = "WB9B-T4DA-EM70"  # its check letter is right

AS_TYPED = {
    "small": "wb9bt4daem70",
    "with spaces": " WB9B T4DA EM70 ",
    "in pairs": "WB 9B T4 DA EM 70",
    "digits of Arabic": "WB٩B-T٤DA-EM٧٠",
    "digits of Persian": "WB۹B-T۴DA-EM۷۰",
    "digits of Hindi": "WB९B-T४DA-EM७०",
    "full width": "ＷＢ９Ｂ－Ｔ４ＤＡ－ＥＭ７０",
    "bold": "𝐖𝐁𝟗𝐁-𝐓𝟒𝐃𝐀-𝐄𝐌𝟕𝟎",
    "Cyrillic capitals": "WВ9В-Т4DА-ЕМ7О",
    "Greek capitals": "WΒ9Β-Τ4DΑ-ΕΜ7Ο",
    "Cyrillic small": "wв9в-т4dа-ем7о",
    "accents": "ẂB9B-T4DÁ-ÉM70",
    "en dashes": "WB9B–T4DA–EM70",
    "minus": "WB9B−T4DA−EM70",
    "other dashes": "WB9B‑T4DA—EM70",
    "Japanese": "WB9BーT4DAーEM70",
    "dots": "WB9B.T4DA·EM70.",
    "zero width": "WB9B\u200b-T4DA\u2060-EM70\ufeff",
    "from right to left": "\u200fWB9B-T4DA-EM70\u202c",
    "soft hyphens": "WB9B\u00adT4DA\u00adEM70",
    "no-break spaces": "WB9B\u00a0T4DA\u202fEM70",
    "keycaps": "WB9\ufe0f\u20e3B-T4\ufe0f\u20e3DA-EM70",
    "letter O": "WB9B-T4DA-EM7O",
    "label": "Recovery code: WB9B-T4DA-EM70",
    "label and spaces": "Recovery code: WB9B T4DA EM70",
    "label and pairs": "Recovery code: WB 9B T4 DA EM 70",
    "page": "Your recovery code\nWB9B-T4DA-EM70\nWrite this code down",
    "sentence": "Hello, my code is WB9B-T4DA-EM70. Thank you!",
    "sentence and spaces": "my code is WB9B T4DA EM70 thanks",
    "quoted": "“WB9B-T4DA-EM70”",
    "twice": "WB9B-T4DA-EM70 WB9B-T4DA-EM70",
}


@pytest.mark.parametrize("typed", AS_TYPED.values(), ids=AS_TYPED)
def test_a_recovery_code_is_found_in_what_people_type_and_paste(typed: str):
    assert credentials.read_recovery_code(typed) == RECOVERY


@pytest.mark.parametrize("letter", ["Д", "ν", "μ", "η", "υ", "ل"])
def test_a_letter_that_looks_like_none_or_like_two_makes_it_no_code(letter: str):
    assert plain("W" + letter) not in ("W", "WN", "WV", "WM", "WU", "WH", "WY", "W0")
    for typed in (letter + "WB9BT4DAEM70", letter + "B9B-T4DA-EM70"):
        with pytest.raises(RecoveryError):
            credentials.read_recovery_code(typed)


def test_a_text_with_two_codes_is_not_guessed_at():
    other = credentials.complete("0" * 11)
    with pytest.raises(RecoveryError) as refused:
        credentials.read_recovery_code(f"{RECOVERY} or {other}")
    assert refused.value.reason == "mistyped"


@pytest.mark.parametrize("typed", ["", "WB9B", RECOVERY + "0", f"{RECOVERY}-{RECOVERY[:-1]}0"])
def test_a_wrong_length_says_which_is_right(typed: str):
    with pytest.raises(RecoveryError) as refused:
        credentials.read_recovery_code(typed)
    assert refused.value.reason == "length"
    assert refused.value.values == {"right": 12, "typed": len(plain(typed))}


@pytest.mark.parametrize(
    "typed",
    [
        "bcdfgh",
        "BCD FGH",
        "B-C-D-F-G-H",
        "ＢＣＤＦＧＨ",
        "ВCDFGН",
        "BCDFGH.",
        "(BCDFGH)",
        "Workshop code: BCDFGH",
        "Code: BCD FGH",
        "the code is bcdfgh, I think",
        "http://192.168.1.20:8866/?w=BCDFGH",
        "https://workshop.example.org/?next=%2Fm%2Frisk&w=bcdfgh#start",
        "Please join: https://workshop.example.org/?w=BCD%20FGH thanks",
        "http://127.0.0.1:8866/staff/BCDFGH",
        "\u2066BCDFGH\u2069",
    ],
)
def test_a_workshop_code_is_found_in_what_people_type_and_paste(store, typed: str):
    store.open_workshop(code="BCDFGH")
    store.open_workshop(code="BCDFGJ")
    assert store.workshop(typed).code == "BCDFGH"


def test_a_code_that_a_trainer_chose_is_found_too(store):
    store.open_workshop(code="Trial 1")
    for typed in ("trial-1", "TRİAL1", "Code: TRIAL1", "http://localhost/?w=TRIAL1", "trial١"):
        assert store.workshop(typed).code == "TRIAL1"


def test_what_could_mean_two_workshops_means_none(store):
    for code in ("BCDFGH", "BCDFGJ", "CODEBCDFGH"):
        store.open_workshop(code=code)
    for typed in ("BCDFGH BCDFGJ", "code BCDFGH", "BCDFGH: BCDFGJ", "/?w=BCDFGH /?w=BCDFGJ"):
        with pytest.raises(WorkshopError) as refused:
            store.close_workshop(typed)
        assert refused.value.reason == "unknown"


@pytest.mark.parametrize("code", ["ДОМ12", "abc", "A" * 13, "код дома"])
def test_a_chosen_code_has_letters_that_every_keyboard_has(store, code: str):
    with pytest.raises(WorkshopError, match="A to Z") as refused:
        store.open_workshop(code=code)
    assert refused.value.reason == "unfit"


def test_the_length_is_told_only_if_all_codes_have_the_same(store):
    for expected, code in ((6, "BCDFGH"), (6, "LONGER1"), (None, "LONGEST1")):
        with pytest.raises(WorkshopError) as refused:
            store.workshop("ABC 12")
        assert refused.value.values.get("right") == expected
        store.open_workshop(code=code)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_code_or_refused(typed: str):
    assert "\n" not in plain(typed)
    assert plain(plain(typed)) == plain(typed)
    with suppress(RecoveryError):
        assert len(credentials.read_recovery_code(typed)) == 14


@pytest.mark.parametrize(
    ("keyboard", "letters", "latin"),
    [
        ("GREEK", "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
        ("CYRILLIC", "АВЕЅІЈКМНОРСТУХ", "ABESIJKMHOPCTYX"),
    ],
)
def test_capitals_of_other_keyboards_are_read_as_what_they_look_like(keyboard, letters, latin):
    assert all(unicodedata.name(letter).startswith(keyboard) for letter in letters)
    assert plain(letters) == latin
