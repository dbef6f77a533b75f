"""The coding desk in JupyterLab: one text at a time, its codes, its passages, its memo.

It lives here and not among the components, since no participant's page may ever load it. Texts and
codes travel in messages and are no state of the widget, so that JupyterLab saves none of them in a
notebook.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import traitlets
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from myths.components import Component
from myths.errors import CodingError
from myths.evaluation.coding.coder import Coder
from myths.evaluation.coding.step_error import StepError
from myths.evaluation.coding.texts import FreeText
from myths.evaluation.words import EvaluationWords
from myths.vocabulary import SheetRole

_ENOUGH = 60  # characters of a passage that are told


Step = Literal[
    "hello",
    "toggle",
    "passage",
    "remove",
    "none",
    "confirm",
    "memo",
    "undo",
    "redo",
    "go",
    "filter",
    "finish",
    "reopen",
]


class _Message(BaseModel):
    """What the page sends: a step, and what it is about; `text` is a place in the order."""

    model_config = ConfigDict(extra="forbid", strict=True)

    step: str = Field(max_length=64)
    do: Step
    text: int = 0
    code: str = ""
    start: int = 0
    end: int = 0
    memo: str = ""
    by: int = 0
    words: str = ""
    show: Literal["all", "undecided", "older"] = "all"
    question: str = ""


@dataclass(frozen=True)
class Filter:
    """Which texts to show: with all of these words, of this question, with this code."""

    words: str = ""
    show: str = "all"
    question: str = ""
    code: str = ""


class CodingDesk(Component, component="desk"):
    """The desk of one coder, in the language of its `words`.

    The page sends messages {step, do, …}; each is done by the coder, and the whole view goes back
    as a message: {step, state: saved | refused, said, …}. `said` is a sentence for the coder.
    """

    spoken = ()  # all of its words

    language: traitlets.Unicode[str, str | bytes] = traitlets.Unicode().tag(sync=True)
    codes: traitlets.List[Any] = traitlets.List().tag(sync=True)
    role: traitlets.Unicode[str, str | bytes] = traitlets.Unicode().tag(sync=True)
    questions: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def __init__(self, coder: Coder, words: EvaluationWords) -> None:
        self._coder = coder
        self._texts = coder.texts
        self._filter = Filter()
        self._place = next((n for n, t in enumerate(self._texts) if not self._decided(t)), 0)
        self._says = words.desk
        super().__init__(
            words=words.desk,
            language=words.language,
            role=str(coder.sheet.role),
            codes=[
                code.model_dump(include={"id", "version", "name", "definition"})
                | {"include": list(code.include), "exclude": list(code.exclude)}
                for code in coder.book.current.values()
            ],
            questions=sorted({_question(text) for text in self._texts}),
        )
        self.on_msg(lambda _widget, message, _buffers: self.send(self.heard(message)))

    def heard(self, message: object) -> dict[str, Any]:
        """Do what the page asks for, and give the view to show then."""
        step, state = "", "refused"
        others: Mapping[str, list[str]] = {}
        try:
            asked = _Message.model_validate(message)
            step = asked.step
            said = self._do(asked)
            others = self._others()
            state = "saved"
        except ValidationError:
            said = self._says.unknown
        except StepError as fault:
            said = fault.told(self._says)
        except CodingError as fault:
            said = str(fault)
        given = [{"coder": name, "codes": codes} for name, codes in others.items()]
        return self._view() | {"step": step, "state": state, "said": said, "others": given}

    def _do(self, asked: _Message) -> str:
        if asked.do == "hello":
            return ""
        if asked.do == "go":
            return self._go(asked.by)
        if asked.do == "filter":
            return self._sift(Filter(asked.words, asked.show, asked.question, asked.code))
        if asked.do in ("undo", "redo"):
            return self._turn(asked.do)
        if asked.do == "finish":
            self._coder.finish()
            coder = self._coder.sheet.role == SheetRole.CODER
            return self._says.finished_said if coder else self._says.finished
        if asked.do == "reopen":
            self._coder.reopen()
            return self._says.reopened
        if not 0 <= asked.text < len(self._texts):
            raise CodingError(self._says.no_texts)
        return self._decide(asked, self._texts[asked.text].id)

    def _decide(self, asked: _Message, text: str) -> str:
        coder, code, words, says = self._coder, asked.code, "", self._says
        match asked.do:
            case "toggle":
                said = says.gave if coder.toggle(text, code) else says.took
            case "passage":
                words = coder.passage(text, code, asked.start, asked.end)
                said = says.marked
            case "remove":
                coder.remove(text, code, asked.start, asked.end)
                said = says.took
            case "none":
                said = says.none_said if coder.none(text) else says.none_unsaid
            case "confirm":
                coder.confirm(text)
                said = says.confirmed
            case _:
                coder.memo(text, asked.memo)
                said = says.memo_kept
        known = coder.book.current.get(code)
        short = words if len(words) <= _ENOUGH else f"{words[:_ENOUGH]}…"
        return said.format(name=known.name if known else code, words=short)

    def _turn(self, do: Literal["undo", "redo"]) -> str:
        text = self._coder.undo() if do == "undo" else self._coder.redo()
        if text is None:
            return self._says.nothing_undone if do == "undo" else self._says.nothing_redone
        self._place = next(n for n, each in enumerate(self._texts) if each.id == text)
        return self._says.undone if do == "undo" else self._says.redone

    def _go(self, by: int) -> str:
        ahead = range(self._place + 1, len(self._texts))
        places = ahead if by > 0 else range(self._place - 1, -1, -1)
        for place in places:
            if self._fits(self._texts[place]):
                self._place = place
                return ""
        return self._says.no_more

    def _sift(self, wanted: Filter) -> str:
        self._filter = wanted
        found = [place for place, text in enumerate(self._texts) if self._fits(text)]
        if not found:
            return self._says.no_match
        if self._place not in found:
            self._place = found[0]
        return ""

    def _fits(self, text: FreeText) -> bool:
        wanted, entry = self._filter, self._coder.entry(text.id)
        given = {mark.code for mark in entry.codes} if entry else set()
        return (
            (not wanted.question or _question(text) == wanted.question)
            and (not wanted.code or wanted.code in given)
            and (wanted.show != "undecided" or not self._decided(text))
            and (wanted.show != "older" or self._coder.is_older(text.id))
            and all(word in text.words.casefold() for word in wanted.words.casefold().split())
        )

    def _others(self) -> Mapping[str, list[str]]:
        return self._coder.others(self._texts[self._place].id) if self._texts else {}

    def _decided(self, text: FreeText) -> bool:
        entry = self._coder.entry(text.id)
        return entry is not None and entry.decided

    def _view(self) -> dict[str, Any]:
        coder = self._coder
        view: dict[str, Any] = {
            "place": self._place,
            "count": len(self._texts),
            "decided": len(self._texts) - coder.undecided(),
            "shown": sum(map(self._fits, self._texts)),
            "undo": coder.can_undo,
            "redo": coder.can_redo,
            "finished": coder.is_finished(),
            "stands": bool(self._texts) and coder.stands(self._texts[self._place].id),
            "filter": vars(self._filter),
        }
        if self._texts:
            text = self._texts[self._place]
            entry = coder.entry(text.id)
            view |= {
                "question": text.question,
                "part": _question(text),
                "language": text.language,
                "text": text.words,
                "marks": [m.model_dump() for m in entry.codes] if entry else [],
                "none": bool(entry and entry.none),
                "memo": entry.memo if entry else "",
                "older": coder.is_older(text.id),
            }
        return view


def _question(text: FreeText) -> str:
    return f"{text.module} · {text.item}"
