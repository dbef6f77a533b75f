"""The lock of the texts for "only me"."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from myths.store import credentials, encryption
from myths.store.encryption import UnopenedText

PLACE = ("pabc", "risk", "reason", "before", "key")
PUBLIC, PRIVATE = encryption.new_pair()


@given(st.text().map(lambda text: text.encode("utf-8", "replace").decode()))
def test_a_text_comes_back_letter_by_letter(text):
    assert encryption.unseal(encryption.seal(text, PUBLIC, *PLACE), PRIVATE, *PLACE) == text


def test_the_same_text_is_never_sealed_to_the_same_bytes():
    assert len({encryption.seal("I see it like this.", PUBLIC, *PLACE) for _ in range(50)}) == 50


def test_another_key_opens_nothing():
    sealed = encryption.seal("mine", PUBLIC, *PLACE)
    with pytest.raises(UnopenedText):
        encryption.unseal(sealed, encryption.new_pair()[1], *PLACE)


@pytest.mark.parametrize("moved", range(len(PLACE)))
def test_a_text_that_was_moved_to_another_place_does_not_open_there(moved):
    sealed = encryption.seal("mine", PUBLIC, *PLACE)
    elsewhere = [*PLACE]
    elsewhere[moved] += "x"
    with pytest.raises(UnopenedText):
        encryption.unseal(sealed, PRIVATE, *elsewhere)


@pytest.mark.parametrize("at", [0, 31, 32, 40, -1])
def test_a_changed_byte_is_noticed_in_a_text_and_in_a_wrapped_key(at):
    def changed(locked: bytes) -> bytes:
        other = bytearray(locked)
        other[at] ^= 1
        return bytes(other)

    with pytest.raises(UnopenedText):
        encryption.unseal(changed(encryption.seal("mine", PUBLIC, *PLACE)), PRIVATE, *PLACE)
    with pytest.raises(UnopenedText):
        encryption.unwrap(changed(encryption.wrap(PRIVATE, b"k" * 32, "pabc")), b"k" * 32, "pabc")


@pytest.mark.parametrize("locked", [b"", b"x", b"x" * 11, b"x" * 60])
def test_what_was_never_locked_is_not_opened(locked):
    with pytest.raises(UnopenedText):
        encryption.unseal(locked, PRIVATE, *PLACE)
    with pytest.raises(UnopenedText):
        encryption.unwrap(locked, b"k" * 32, "pabc")


def test_the_key_is_opened_by_the_code_and_by_the_token_and_by_nothing_else():
    token = credentials.new_token()
    mark, code_key = credentials.stretch(credentials.new_recovery_code(), "salt")
    token_key = encryption.key_of_token(token)
    for key in (code_key, token_key):
        wrapped = encryption.wrap(PRIVATE, key, "pabc")
        assert encryption.unwrap(wrapped, key, "pabc") == PRIVATE
        hashes = bytes.fromhex(mark), bytes.fromhex(credentials.hash_token(token))
        for other in (*hashes, encryption.key_of_token(credentials.new_token())):
            with pytest.raises(UnopenedText):
                encryption.unwrap(wrapped, other, "pabc")
        with pytest.raises(UnopenedText):
            encryption.unwrap(wrapped, key, "pxyz")
