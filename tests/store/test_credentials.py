from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from myths.errors import RecoveryError
from myths.store import credentials

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
recovery_codes = st.text(LETTERS, min_size=11, max_size=11).map(credentials.complete)
places = st.sampled_from([0, 1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 13])


@pytest.fixture(scope="module", autouse=True)
def quick_codes() -> None:
    """Here codes cost what they cost."""


def mistyped(code: str) -> bool:
    try:
        credentials.read_recovery_code(code)
    except RecoveryError as error:
        return error.reason in ("mistyped", "length")
    return False


def test_a_new_recovery_code_is_read_as_it_is_written():
    code = credentials.new_recovery_code()
    assert credentials.read_recovery_code(code) == code
    assert len(code) == 14
    assert code[4] == code[9] == "-"


@given(recovery_codes, st.data())
def test_a_recovery_code_is_understood_however_it_is_typed(code, data):
    def typed(letter: str) -> str:
        forms = {"0": "0Oo", "1": "1IiLl", "-": ["", "-", " ", "\u2013", " - "]}
        return data.draw(st.sampled_from(list(forms.get(letter, [letter, letter.lower()]))))

    assert credentials.read_recovery_code("  " + "".join(map(typed, code)) + "\n") == code


@given(recovery_codes, places, st.sampled_from(LETTERS))
def test_every_single_wrong_letter_is_noticed(code, place, letter):
    wrong = code[:place] + letter + code[place + 1 :]
    assert mistyped(wrong) == (wrong != code)


@given(recovery_codes, places, places)
def test_every_swap_of_two_letters_is_noticed(code, first, second):
    letters = list(code)
    letters[first], letters[second] = letters[second], letters[first]
    assert mistyped("".join(letters)) == ("".join(letters) != code)


@pytest.mark.parametrize("typed", ["", "K7QF", "UUUU-UUUU-UUUU", "K7QF-2MPX-9TRB-0", "🙂" * 12])
def test_what_is_no_code_at_all_is_called_mistyped(typed):
    assert mistyped(typed)


def test_the_same_code_has_another_hash_and_another_key_in_another_database():
    code = credentials.new_recovery_code()
    mark, key = credentials.stretch(code, "a")
    assert credentials.stretch(code, "a") == (mark, key)
    other_mark, other_key = credentials.stretch(code, "b")
    assert len({bytes.fromhex(mark), key, bytes.fromhex(other_mark), other_key}) == 4
    assert len(key) == 32


def test_codes_that_were_hashed_before_there_were_keys_are_still_found():
    code, salt = credentials.new_recovery_code(), "a"
    before = hashlib.scrypt(code.encode(), salt=salt.encode(), n=2**14, r=8, p=1, dklen=32).hex()
    assert credentials.stretch(code, salt)[0] == before


def test_codes_names_and_tokens_are_drawn_by_chance():
    makers = credentials.new_workshop_code, credentials.new_participant, credentials.new_token
    for make in makers:
        assert len({make() for _ in range(100)}) == 100
