"""The fixed words, each list once: stored, exported and sent exactly as they stand here."""

from __future__ import annotations

from enum import StrEnum


class Vocabulary(StrEnum):
    """A closed list of words."""

    @classmethod
    def words(cls) -> tuple[str, ...]:
        """Return the words as plain strings, in their order."""
        return tuple(each.value for each in cls)


class Reason(Vocabulary):
    """Why a workshop, a code or an answer is refused; content/ui has the words for the pages."""

    UNKNOWN = "unknown"  # no workshop has the code
    CLOSED = "closed"  # nobody can join the workshop any more
    EXPIRED = "expired"  # the workshop's time is over
    TAKEN = "taken"  # something else has the code or key already
    UNFIT = "unfit"  # a workshop cannot be opened like this
    MISTYPED = "mistyped"
    NOBODY = "nobody"  # the code or cookie leads to no participant
    ERASED = "erased"  # the participant's answers were erased
    AWAY = "away"  # the cookie is too old
    SHAPE = "shape"  # the answer cannot be read
    KEY = "key"
    VALUE = "value"
    TEXT = "text"
    LONG = "long"
    READER = "reader"
    LOCKED = "locked"  # there is no key to encrypt the text with
