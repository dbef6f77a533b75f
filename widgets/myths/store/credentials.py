"""The codes that people type, the secrets that browsers keep, and how both are hashed.

A recovery code has eleven random letters and a check letter by H. Michael Damm's method, which
catches every wrong letter and every swap. How and why: docs/decisions/0006-codes.md.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata

from myths.errors import RecoveryError
from myths.vocabulary import Reason

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TYPED = str.maketrans("OIL", "011")
_WORKSHOP = "BCDFGHJKMNPQRSTVWXZ"  # no vowels, so no words; no letter that looks like a digit
_LENGTH = 12


def new_workshop_code() -> str:
    """Draw six letters that are easy to read out and to type on a phone."""
    return "".join(secrets.choice(_WORKSHOP) for _ in range(6))


def new_participant() -> str:
    """Draw a participant's name in the data: "p" and ten letters that tell nothing."""
    return "p" + "".join(secrets.choice(_WORKSHOP) for _ in range(10)).lower()


def new_token() -> str:
    """Draw what a browser keeps in its cookie."""
    return secrets.token_urlsafe(32)


def new_recovery_code() -> str:
    """Draw a recovery code as people see it: K7QF-2MPX-9TRB."""
    return complete("".join(secrets.choice(_CROCKFORD) for _ in range(_LENGTH - 1)))


def complete(letters: str) -> str:
    """Add the check letter to eleven letters, and the dashes."""
    code = letters + _check_letter(letters)
    return "-".join(code[start : start + 4] for start in range(0, _LENGTH, 4))


def plain(typed: str) -> str:
    """Keep only letters and digits, as capitals: case, spaces and dashes do not matter."""
    letters = unicodedata.normalize("NFKC", typed).upper()
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum())


def read_recovery_code(typed: str) -> str:
    """Return the code that somebody typed in its one written form.

    Raises RecoveryError (reason "mistyped") when its length or its check letter is wrong.
    """
    letters = plain(typed).translate(_TYPED)
    known = len(letters) == _LENGTH and set(letters) <= set(_CROCKFORD)
    if not known or _check_letter(letters[:-1]) != letters[-1]:
        raise RecoveryError(
            "There is a typing error in this recovery code: compare its twelve letters and digits "
            "with the ones you wrote down.",
            reason=Reason.MISTYPED,
        )
    return complete(letters[:-1])


def stretch(code: str, salt: str) -> tuple[str, bytes]:
    """Make of a code as `read_recovery_code` writes it a hash to find it by, and a key (32 bytes).

    scrypt (RFC 7914), slow on purpose. Hash and key are two blocks of its output: neither tells the
    other.
    """
    made = hashlib.scrypt(code.encode(), salt=salt.encode(), n=2**14, r=8, p=1, dklen=64)
    return made[:32].hex(), made[32:]


def hash_token(token: str) -> str:
    """Hash a cookie's token; it is random and long, so a fast hash will do."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _check_letter(letters: str) -> str:
    total = 0
    for letter in letters:
        total = (total ^ _CROCKFORD.index(letter)) << 1
        if total & 32:
            total ^= 0b100101  # x^5 + x^2 + 1
    return _CROCKFORD[total]
