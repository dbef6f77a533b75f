"""Texts for "only me": sealed for their author, and opened with the author's key alone.

Everybody who joins gets an X25519 key pair. With the public key, which stands in the store, each
text is sealed as it is saved: HPKE (RFC 9180) with X25519, HKDF-SHA256 and ChaCha20-Poly1305. What
the text belongs to (author, question, answer) goes into the seal, so a text that was moved to
another place does not open there. The private key stands in the store only wrapped
(ChaCha20-Poly1305): once with a key that scrypt makes of the recovery code (`credentials.stretch`),
and once for each browser that is in, with a key that HKDF makes of the cookie's token. Of code and
token the store has only hashes. So neither the database nor a backup nor the log opens a text: it
takes the recovery code, or a cookie that is still good.

What it cannot do: as long as its author has a page open, the key is in the memory of that page's
kernel, so whoever can change the program, or a notebook that it runs, could make it keep key or
text. Who wrote when, to which question and how much, stays visible. How long guessing takes:
docs/decisions/0005-only-me.md.
"""

from __future__ import annotations

import json
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_NONCE = 12  # bytes


class UnopenedText(Exception):  # noqa: N818  not told: `own_answers` and `participants` say what it means
    """A key does not fit, or what it should open was changed."""


def new_pair() -> tuple[bytes, bytes]:
    """Draw a key pair: the public and the private key, 32 bytes each."""
    private = X25519PrivateKey.generate()
    return private.public_key().public_bytes_raw(), private.private_bytes_raw()


def seal(text: str, public: bytes, *belongs: str) -> bytes:
    """Seal a text with its author's public key, for the place that it belongs to."""
    key = X25519PublicKey.from_public_bytes(public)
    return _SUITE.encrypt(text.encode(), key, info=_place(belongs))


def unseal(sealed: bytes, private: bytes, *belongs: str) -> str:
    """Open a text with its author's private key. Raises UnopenedText."""
    key = X25519PrivateKey.from_private_bytes(private)
    try:
        return _SUITE.decrypt(sealed, key, info=_place(belongs)).decode()
    except InvalidTag:
        raise UnopenedText from None


def wrap(private: bytes, key: bytes, owner: str) -> bytes:
    """Lock the private key of `owner` with another key (32 bytes)."""
    nonce = os.urandom(_NONCE)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, private, owner.encode())


def unwrap(wrapped: bytes, key: bytes, owner: str) -> bytes:
    """Return the private key of `owner` that `wrap` locked. Raises UnopenedText."""
    nonce, locked = wrapped[:_NONCE], wrapped[_NONCE:]
    try:
        return ChaCha20Poly1305(key).decrypt(nonce, locked, owner.encode())
    except (InvalidTag, ValueError):
        raise UnopenedText from None


def key_of_token(token: str) -> bytes:
    """Make the key (32 bytes) that a browser's token stands for; its hash tells nothing of it."""
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"myths: a visit's key")
    return made.derive(token.encode(errors="replace"))


def _place(belongs: tuple[str, ...]) -> bytes:
    """Write down what a text belongs to, in a form that no other place has."""
    return json.dumps(["myths: only me", *belongs]).encode()
