"""An answer: one thing with one name from the phone to the table, and the one check of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, NamedTuple, TypedDict

from myths.errors import AnswerError
from myths.vocabulary import NUMERIC, Reader, Reason, ReceiptState

LONGEST = 10_000  # characters of any text; the content's own limit is lower
_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # a UUID as browsers write it
_LARGEST = 1e9
_MOST = 20  # versions that an answer may be written after
_LAST = 2**53  # whole numbers below it are the same in Python and in JavaScript


class AnswerContent(TypedDict):
    """What an answer says, as a page has it."""

    value: float | None
    text: str | None
    declined: bool
    reader: str | None


class AnswerMessage(AnswerContent):
    """An answer as a page sends it: `key` stays with it, `sent` is the page's time in ms.

    `after` are the keys of what it was written after: the version that the page showed ("" for
    none), and its own since then; None if it does not matter.
    """

    key: str
    sent: int
    after: list[str] | None


class ReceiptMessage(TypedDict):
    """What a page is told about the answer with this key."""

    key: str
    sent: int
    state: str
    message: str


_FIELDS = AnswerMessage.__required_keys__


@dataclass(frozen=True)
class Answer:
    """An answer; without value, text and declined it clears the one before it.

    `after` as in AnswerMessage; it says nothing of what was answered.
    """

    key: str
    value: float | None = None
    text: str | None = None
    declined: bool = False
    reader: str | None = None
    after: Collection[str] | None = field(default=None, compare=False, repr=False)

    @property
    def empty(self) -> bool:
        """Return whether it says nothing, and so clears what was said before."""
        return self.value is None and self.text is None and not self.declined

    @property
    def content(self) -> AnswerContent:
        """Return what it says, for a page."""
        return AnswerContent(
            value=self.value, text=self.text, declined=self.declined, reader=self.reader
        )

    @classmethod
    def read(cls, message: object) -> Answer:
        """Return what a page sent as it is, still to be checked; AnswerError if it is no answer."""
        if not isinstance(message, Mapping) or not _FIELDS.issuperset(message):
            raise _refused("it cannot be read", Reason.SHAPE)
        parts: dict[str, Any] = {"key": None, **message}
        parts.pop("sent", None)
        return cls(**parts)


class StandingAnswer(NamedTuple):
    """An answer as it stands, and to what: a module's item in a phase, of a kind, in its words."""

    module: str
    item: str
    phase: str
    kind: str
    wording: str
    answer: Answer

    @property
    def plain(self) -> list[Any]:
        """Its parts as JSON can hold them."""
        return [*self[:-1], asdict(self.answer)]

    @classmethod
    def read(cls, plain: Iterable[Any]) -> StandingAnswer:
        """Return what `plain` was made of."""
        *place, answer = plain
        return cls._make([*place, Answer(**answer)])


class NewerAnswerError(AnswerError):
    """A text was changed elsewhere meanwhile: `newer` is what stands now, None if it was cleared.

    Nothing is written. Its author is to choose between the two.
    """

    def __init__(self, newer: Answer | None = None) -> None:
        super().__init__(
            "This text was not saved, because it was changed in another tab or on another device "
            "meanwhile: load the page again to see what stands now.",
            reason=Reason.NEWER,
        )
        self.newer = newer


@dataclass(frozen=True, kw_only=True)
class AnswerRules:
    """What may answer a question.

    `values` are the whole numbers to choose from (None: any number); `limit` is the longest text
    in code points (0: no text); `readers` may be allowed to read a text.
    """

    values: Collection[int] | None = ()
    limit: int = 0
    readers: Collection[str] = Reader.words()
    declinable: bool = False

    @classmethod
    def widest(cls, kind: str) -> AnswerRules:
        """Return what may answer some question of a kind, whatever its words are."""
        if kind in NUMERIC:
            return cls(values=None, declinable=True)
        return cls(limit=LONGEST, declinable=True)

    @property
    def plain(self) -> dict[str, Any]:
        """Return the rules as JSON can hold them; `AnswerRules(**plain)` are the same."""
        values = None if self.values is None else sorted(self.values)
        return {
            "values": values,
            "limit": self.limit,
            "readers": list(self.readers),
            "declinable": self.declinable,
        }

    def check(self, answer: Answer) -> Answer:
        """Return the answer as it may be kept; AnswerError for one that no page of ours sends.

        What no database can hold is taken out of a text; one of spaces alone says nothing.
        """
        if not is_key(answer.key):
            raise _refused("its key is no UUID", Reason.KEY)
        if answer.after is not None and not _are_keys(answer.after):
            raise _refused("what it was written after is no list of keys", Reason.KEY)
        if answer.value is not None and not self._takes(answer.value):
            raise _refused("its value is no number that its question takes", Reason.VALUE)
        if type(answer.declined) is not bool or (answer.declined and not self.declinable):
            raise _refused("it cannot be declined", Reason.VALUE)
        text = None if answer.text is None else self._mended(answer.text)
        if answer.declined and (answer.value is not None or text):
            raise _refused("it is declined and answered at once", Reason.VALUE)
        reader = answer.reader if text else None
        if text and (not isinstance(reader, str) or reader not in self.readers):
            raise _refused("its reader is none of those to choose from", Reason.READER)
        return replace(answer, text=text, reader=reader)

    def _takes(self, value: object) -> bool:
        if self.values is not None:
            return type(value) is int and value in self.values
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return -_LARGEST <= value <= _LARGEST

    def _mended(self, text: object) -> str | None:
        if not isinstance(text, str):
            raise _refused("its text is no text", Reason.TEXT)
        if not self.limit:
            raise _refused("its question takes no text", Reason.TEXT)
        if len(text) > self.limit:
            fault = f"its text is longer than {self.limit} characters"
            raise _refused(fault, Reason.LONG, limit=self.limit)
        return storable(text)


def storable(text: str) -> str | None:
    """Return a text without what no database can hold; None for one of spaces alone."""
    whole = text.replace("\0", "").encode("utf-16", "surrogatepass")
    kept = whole.decode("utf-16", "replace")  # of half an emoji a question mark remains
    return kept if kept.strip() else None


def receipt(message: object, state: ReceiptState, words: str = "") -> ReceiptMessage:
    """Return the receipt for what a page sent, with its key and time as far as they can be read."""
    sent = message if isinstance(message, Mapping) else {}
    key, at = sent.get("key"), sent.get("sent")
    return ReceiptMessage(
        key=str(key) if is_key(key) else "",
        sent=at if type(at) is int and 0 <= at < _LAST else 0,
        state=state.value,
        message=words,
    )


def is_key(key: object) -> bool:
    """Return whether something is a key as pages make them: a UUID."""
    return isinstance(key, str) and _KEY.fullmatch(key) is not None


def _are_keys(keys: object) -> bool:
    if not isinstance(keys, list | tuple) or len(keys) > _MOST:
        return False
    return all(key == "" or is_key(key) for key in keys)


def _refused(fault: str, reason: Reason, **values: int) -> AnswerError:
    return AnswerError(
        f"This answer was not saved, because {fault}: load the page again, and if it happens "
        "again, tell the trainer.",
        reason=reason,
        **values,
    )
