"""What is asked and what is said to it, and the check that refuses what no page of ours sends."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from myths.errors import AnswerError
from myths.vocabulary import NUMERIC, Kind, Phase, Reader, Reason

LONGEST = 10_000  # letters; the content's own limit is lower
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_LARGEST = 1e9


@dataclass(frozen=True)
class AskedQuestion:
    """A question as it was put: `words` has question, options, keyed, correct (JSON)."""

    module: str
    item: str
    phase: str
    kind: str
    language: str
    wording: str
    words: Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """An answer as the page sends it; without value, text and declined it clears the answer."""

    key: str
    value: float | None = None
    text: str | None = None
    declined: bool = False
    reader: str | None = None

    @property
    def empty(self) -> bool:
        """Return whether it says nothing, and so clears what was said before."""
        return self.value is None and self.text is None and not self.declined


def checked(asked: AskedQuestion, given: Answer) -> Answer:
    """Refuse what no page of ours sends, and leave out of a text what no database can hold."""
    fault = _fault_in_question(asked) or _fault_in_answer(given) or _misfit(asked, given)
    if fault:
        raise AnswerError(
            f"This answer was not saved, because {fault}: load the page again, and if it happens "
            "again, tell the trainer.",
            reason=Reason.SHAPE,
        )
    text = _storable(given.text)
    return replace(given, text=text, reader=(given.reader or Reader.ME) if text else None)


def _fault_in_question(asked: AskedQuestion) -> str | None:
    if not (_NAME.fullmatch(asked.module) and _NAME.fullmatch(asked.item)):
        return "its module or item has no proper name"
    if asked.phase not in Phase.words():
        return f"its phase is none of {', '.join(Phase)}"
    if asked.kind not in Kind.words():
        return f"its kind is none of {', '.join(Kind)}"
    if not (1 <= len(asked.language) <= 16 and 1 <= len(asked.wording) <= 64):
        return "its language or wording is missing or too long"
    return None


def _fault_in_answer(given: Answer) -> str | None:
    if not _is_uuid(given.key):
        return "its key is no UUID"
    if given.value is not None and not _is_number(given.value):
        return "its value is no number that can be kept"
    if given.text is not None and not isinstance(given.text, str):
        return "its text is no text"
    if len(given.text or "") > LONGEST:
        return f"its text is longer than {LONGEST} letters"
    if given.reader not in (None, *Reader):
        return f"its reader is none of {', '.join(Reader)}"
    return None


def _misfit(asked: AskedQuestion, given: Answer) -> str | None:
    if given.value is not None and asked.kind not in NUMERIC:
        return "a number answers a question that asks for words"
    if given.text and asked.kind in NUMERIC:
        return "words answer a question that asks for a number"
    if given.declined and (given.value is not None or given.text):
        return "it is declined and answered at once"
    return None


def _is_uuid(key: object) -> bool:
    """Accept only the written form that browsers give: 36 characters, small letters."""
    try:
        return isinstance(key, str) and str(uuid.UUID(key)) == key
    except ValueError:
        return False


def _is_number(value: object) -> bool:
    """Accept what is finite and not a truth value."""
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and -_LARGEST <= value <= _LARGEST
    )


def _storable(text: str | None) -> str | None:
    """Mend what a typing person cannot see: NUL goes, half an emoji becomes a question mark.

    Spaces alone say nothing: None.
    """
    mended = (text or "").replace("\0", "").encode("utf-16", "surrogatepass")
    kept = mended.decode("utf-16", "replace")
    return kept if kept.strip() else None
