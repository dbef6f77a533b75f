"""Checks what a page sends as an answer; a page can send anything."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import TypedDict

from myths.errors import AnswerError
from myths.vocabulary import Reason

FIELDS = frozenset({"key", "sent", "value", "text", "declined", "reader"})
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Answer(TypedDict):
    """An answer that passed the checks; all of value, text and declined empty means cleared."""

    key: str
    value: int | None
    text: str | None
    declined: bool
    reader: str | None


def envelope(answer: object) -> tuple[str, int]:
    """Return the key and the time of sending, as far as they can be read, for the receipt."""
    if not isinstance(answer, Mapping):
        return "", 0
    key, sent = answer.get("key"), answer.get("sent")
    if not isinstance(key, str) or not UUID.fullmatch(key):
        key = ""
    return key, sent if type(sent) is int and 0 <= sent < 2**53 else 0


def checked(
    answer: object,
    *,
    values: Collection[int] = (),
    declinable: bool = False,
    limit: int = 0,
    readers: Collection[str] = (),
) -> Answer:
    """Return the answer if it may be saved, else raise AnswerError.

    `values` are the numbers that may be chosen; `limit` is the longest text in code points (0: no
    text here); `readers` are the people a text may be shown to.
    """
    if not isinstance(answer, Mapping) or not FIELDS.issuperset(answer):
        raise AnswerError("The answer cannot be read.", reason=Reason.SHAPE)
    key = envelope(answer)[0]
    if not key:
        raise AnswerError("The answer has no key.", reason=Reason.KEY)
    value, declined = answer.get("value"), answer.get("declined", False)
    if type(declined) is not bool or (declined and (not declinable or value is not None)):
        raise AnswerError("This is none of the answers here.", reason=Reason.VALUE)
    if value is not None and (type(value) is not int or value not in values):
        raise AnswerError("This is none of the answers here.", reason=Reason.VALUE)
    text, reader = _text(answer.get("text"), limit), answer.get("reader")
    if text is None:
        reader = None
    elif not isinstance(reader, str) or reader not in readers:
        raise AnswerError("Nobody is named who may read the text.", reason=Reason.READER)
    return Answer(key=key, value=value, text=text, declined=declined, reader=reader)


def _text(text: object, limit: int) -> str | None:
    """Check a text; what no database takes (NUL, half characters) is mended."""
    if text is None:
        return None
    if not isinstance(text, str) or not limit:
        raise AnswerError("The question takes no such text.", reason=Reason.TEXT)
    if len(text) > limit:
        raise AnswerError(
            f"The text is longer than {limit} characters.", reason=Reason.LONG, limit=limit
        )
    mended = text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    return mended if mended.strip() else None
