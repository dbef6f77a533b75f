"""The codes that people type, the secrets that browsers keep, and how both are hashed.

A recovery code has eleven random letters and a check letter by H. Michael Damm's method, which
catches every wrong letter and every swap. How and why: docs/decisions/0006-codes.md.
"""

from __future__ import annotations

import hashlib
import secrets

from myths.errors import RecoveryError, WorkshopError
from myths.store.typed_code import phrases, plain
from myths.vocabulary import Reason

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TYPED = str.maketrans("OIL", "011")
_WORKSHOP = "BCDFGHJKMNPQRSTVWXZ"  # no vowels, so no words; no letter that looks like a digit
_LENGTH = 12
_SET_LENGTH = 5  # of the number on sheets of paper: short, for it is typed often and opens nothing
WORKSHOP_LENGTH = 6  # of those that are drawn
COST = 2**14  # of scrypt, in work and in memory: 16 MiB with the block size below


def new_workshop_code() -> str:
    """Draw six letters that are easy to read out and to type on a phone."""
    return "".join(secrets.choice(_WORKSHOP) for _ in range(WORKSHOP_LENGTH))


def new_participant() -> str:
    """Draw a participant's name in the data: "p" and ten letters that tell nothing."""
    return "p" + "".join(secrets.choice(_WORKSHOP) for _ in range(10)).lower()


def new_token() -> str:
    """Draw what a browser keeps in its cookie."""
    return secrets.token_urlsafe(32)


def new_recovery_code() -> str:
    """Draw a recovery code as people see it: K7QF-2MPX-9TRB."""
    return complete("".join(secrets.choice(_CROCKFORD) for _ in range(_LENGTH - 1)))


def new_set_number() -> str:
    """Draw the number of somebody's sheets, as it is printed on them: K7QF2."""
    letters = "".join(secrets.choice(_CROCKFORD) for _ in range(_SET_LENGTH - 1))
    return letters + _check_letter(letters)


def read_set_number(typed: str) -> str:
    """Return the number of sheets that somebody typed in its one written form.

    Raises RecoveryError: reason "length" or "mistyped".
    """
    number = plain(typed).translate(_TYPED)
    if len(number) != _SET_LENGTH:
        raise RecoveryError(
            f"The number of a sheet has {_SET_LENGTH} letters and digits, and these are "
            f"{len(number)}: compare them with the ones on the sheet.",
            reason=Reason.LENGTH,
            right=_SET_LENGTH,
            typed=len(number),
        )
    if not set(number) <= set(_CROCKFORD) or _check_letter(number[:-1]) != number[-1]:
        raise RecoveryError(
            "There is a typing error in this number: compare it with the one on the sheet.",
            reason=Reason.MISTYPED,
        )
    return number


def complete(letters: str) -> str:
    """Add the check letter to eleven letters, and the dashes."""
    code = letters + _check_letter(letters)
    return "-".join(code[start : start + 4] for start in range(0, _LENGTH, 4))


def chosen_code(typed: str) -> str:
    """Return the workshop code that a trainer chose. Raises WorkshopError (reason "unfit")."""
    chosen = plain(typed)
    if not (chosen.isascii() and 4 <= len(chosen) <= 12):
        raise WorkshopError(
            f"{typed!r} cannot be a workshop's code: choose 4 to 12 letters (A to Z) and digits, "
            "or none to get a new one.",
            reason=Reason.UNFIT,
        )
    return chosen


def workshop_codes(typed: str) -> set[str]:
    """Return the workshop codes that somebody may have meant: all of it, or a part that stands out.

    That is what stands after a colon or another mark, or the one word that was drawn as a code.
    """
    found = phrases(typed)
    drawn = {word for words in found for word in words if _is_drawn(word)}
    parts = drawn | set(map("".join, found[-1:])) if len(drawn) < 2 else set()
    return {plain(typed)} | parts


def read_recovery_code(typed: str) -> str:
    """Return the code that somebody typed in its one written form.

    It may stand in a link or a sentence. Raises RecoveryError: reason "length", or "mistyped" when
    the check letter is wrong, or when it could be one of two.
    """
    whole, found = plain(typed), phrases(typed)
    parts = {whole, *map("".join, found), *(word for words in found for word in words)}
    parts |= {
        "".join(words[start : start + 3])  # as it is written, with spaces
        for words in found
        for start in range(len(words) - 2)
        if {len(word) for word in words[start : start + 3]} == {4}
    }
    fitting = {code for part in parts if _fits(code := part.translate(_TYPED))}
    if len(fitting) == 1:
        return complete(fitting.pop()[:-1])
    if len(whole) != _LENGTH and not fitting:
        raise RecoveryError(
            f"A code like this has {_LENGTH} letters and digits, and these are {len(whole)}: "
            "compare them with the ones you wrote down.",
            reason=Reason.LENGTH,
            right=_LENGTH,
            typed=len(whole),
        )
    raise RecoveryError(
        "There is a typing error in this recovery code: compare its twelve letters and digits "
        "with the ones you wrote down.",
        reason=Reason.MISTYPED,
    )


def stretch(code: str, salt: str) -> tuple[str, bytes]:
    """Make of a code as `read_recovery_code` writes it a hash to find it by, and a key (32 bytes).

    scrypt (RFC 7914), slow on purpose. Hash and key are two blocks of its output: neither tells the
    other.
    """
    made = hashlib.scrypt(code.encode(), salt=salt.encode(), n=COST, r=8, p=1, dklen=64)
    return made[:32].hex(), made[32:]


def hash_token(token: str) -> str:
    """Hash a cookie's token; it is random and long, so a fast hash will do."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _is_drawn(word: str) -> bool:
    return len(word) == WORKSHOP_LENGTH and set(word) <= set(_WORKSHOP)


def _fits(code: str) -> bool:
    known = len(code) == _LENGTH and set(code) <= set(_CROCKFORD)
    return known and _check_letter(code[:-1]) == code[-1]


def _check_letter(letters: str) -> str:
    total = 0
    for letter in letters:
        total = (total ^ _CROCKFORD.index(letter)) << 1
        if total & 32:
            total ^= 0b100101  # x^5 + x^2 + 1
    return _CROCKFORD[total]
