"""A sheet of paper as short fields that are quick to type, and what of them cannot be saved.

Texts are typed in only where their author ticked that the evaluation may read them: no field and no
forged one takes a text for anybody else.
"""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from string import ascii_uppercase

from myths.answer import Answer, AnswerRules
from myths.errors import AnswerError
from myths.handouts import SheetQuestion
from myths.session import asked
from myths.store import Store, TypedAnswers
from myths.vocabulary import RATED, WRITTEN, Mode, Reader, Reason

DECLINED = "-"
_DASHES = str.maketrans("\u2010\u2011\u2013\u2014\u2212", DECLINED * 5)
_NOTHING = Answer("")


@dataclass(frozen=True)
class PaperField:
    """A question of a sheet: what stands of it, and what was typed for it.

    It is `closed` if its author has answered or erased it themselves since. `longest` is how many
    characters a text can have.
    """

    question: SheetQuestion
    stands: Answer
    closed: bool
    longest: int
    sent: str | None = None

    @property
    def name(self) -> str:
        """The name of the field, that of its question's answers."""
        return self.question.name

    @property
    def is_text(self) -> bool:
        """Return whether it takes words of people's own."""
        return self.question.item.kind in WRITTEN

    @property
    def codes(self) -> dict[str, int]:
        """What is typed for each option: the number of a point, or the letter on the sheet."""
        options = self.question.item.options
        if self.question.item.kind in RATED:
            return {str(each.value): each.value for each in options}
        return {letter: each.value for letter, each in zip(ascii_uppercase, options, strict=False)}

    @property
    def labels(self) -> dict[str, str]:
        """What each code means, as it stands on the sheet."""
        options = self.question.item.options
        return {code: each.label for code, each in zip(self.codes, options, strict=True)}

    @property
    def rules(self) -> AnswerRules:
        """What may answer it: as on the page, but that a text has one reader."""
        item = self.question.item
        if self.is_text:
            return AnswerRules(limit=self.longest, readers=(Reader.EVALUATION,))
        values = frozenset(each.value for each in item.options)
        return AnswerRules(values=values, declinable=item.kind in RATED)

    @property
    def shown(self) -> str:
        """What stands in the field: what was typed, else what is kept."""
        if self.sent is not None:
            return self.sent
        if self.stands.declined:
            return DECLINED
        known = {float(value): code for code, value in self.codes.items()}
        value = self.stands.value
        return self.stands.text or (known.get(value, "") if value is not None else "")

    @cached_property
    def fault(self) -> AnswerError | None:
        """Why what was typed is no answer; None if it is one, or nothing."""
        try:
            self.rules.check(self._read())
        except AnswerError as error:
            return error
        return None

    @property
    def change(self) -> Answer | None:
        """The answer to be saved; None where nothing was typed that is not kept already."""
        if self.sent is None or self.closed:
            return None
        new = self.rules.check(self._read())
        return None if new.content == self.stands.content else new

    def _read(self) -> Answer:
        key, typed = str(uuid.uuid4()), self.sent or ""
        if self.is_text:
            text = typed.replace("\r\n", "\n").replace("\r", "\n").strip() or None
            return Answer(key, text=text, reader=Reader.EVALUATION if text else None)
        code = unicodedata.normalize("NFKC", typed).strip().upper().translate(_DASHES)
        if code == DECLINED:
            return Answer(key, declined=True)
        if code and code not in self.codes:
            raise AnswerError(f"{typed!r} is no answer here.", reason=Reason.VALUE)
        return Answer(key, value=self.codes[code] if code else None)


class PaperForm:
    """All fields of a sheet, in its order; `sent` is what a form says in them."""

    def __init__(
        self,
        questions: Iterable[SheetQuestion],
        typed: TypedAnswers,
        *,
        longest: int,
        sent: Mapping[str, str] | None = None,
    ) -> None:
        self.fields = [
            PaperField(
                each,
                typed.answers.get(_cell(each), _NOTHING),
                _cell(each) in typed.closed,
                longest,
                None if sent is None else sent.get(each.name, ""),
            )
            for each in questions
        ]

    @property
    def faults(self) -> list[PaperField]:
        """The fields with something that cannot be saved."""
        return [each for each in self.fields if each.fault and not each.closed]

    @property
    def parts(self) -> list[tuple[str, list[PaperField]]]:
        """The headings of the sheet, each with its fields."""
        parts: list[tuple[str, list[PaperField]]] = []
        for each in self.fields:
            if not parts or parts[-1][0] != each.question.heading:
                parts.append((each.question.heading, []))
            parts[-1][1].append(each)
        return parts

    def save(self, store: Store, participant: str) -> None:
        """Save what was typed and is not kept already. Raises what `Store.save` does."""
        for each, answer in self._changes():
            store.save(
                participant, asked(each.question.item, each.question.phase), answer, mode=Mode.PAPER
            )

    def _changes(self) -> Iterator[tuple[PaperField, Answer]]:
        for each in self.fields:
            if answer := each.change:
                yield each, answer


def _cell(question: SheetQuestion) -> tuple[str, str, str]:
    return question.item.module, question.item.id, str(question.phase)
