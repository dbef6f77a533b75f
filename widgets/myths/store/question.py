"""What is asked: a question as it was put, and the check that its name can be kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from myths.answer import Answer, AnswerRules
from myths.errors import AnswerError
from myths.vocabulary import Kind, Phase, Reason

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


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


def checked(asked: AskedQuestion, answer: Answer) -> Answer:
    """Return the answer as it can be kept; AnswerError for what no page of ours sends."""
    if fault := _fault(asked):
        raise AnswerError(
            f"This answer was not saved, because {fault}: load the page again, and if it happens "
            "again, tell the trainer.",
            reason=Reason.SHAPE,
        )
    return AnswerRules.widest(asked.kind).check(answer)


def _fault(asked: AskedQuestion) -> str | None:
    if not (_NAME.fullmatch(asked.module) and _NAME.fullmatch(asked.item)):
        return "its module or item has no proper name"
    if asked.phase not in Phase.words():
        return f"its phase is none of {', '.join(Phase)}"
    if asked.kind not in Kind.words():
        return f"its kind is none of {', '.join(Kind)}"
    if not (1 <= len(asked.language) <= 16 and 1 <= len(asked.wording) <= 64):
        return "its language or wording is missing or too long"
    return None
