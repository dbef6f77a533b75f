"""A question answered in writing, by somebody who also says who may read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import traitlets

from myths.answer import Answer, AnswerRules
from myths.catalog import ComponentWords
from myths.components.question import Question, Save
from myths.vocabulary import Reader


class Reflection(Question, component="reflection"):
    """A text box.

    `limit` is the longest text in code points. `readers` are some of me, group, evaluation, the
    first one chosen at the start; whom the author chose before stays among them. ValueError if one
    is unknown.
    """

    said = Question.said | {
        *("left", "over", "too_long", "personal", "your_answer"),
        *("other", "other_cleared", "keep_mine", "take_other", "keep_both"),
    }

    label = traitlets.Unicode().tag(markup=True)
    hint = traitlets.Unicode().tag(markup=True)
    limit = traitlets.Int(2000).tag(sync=True)
    readers: traitlets.List[Any] = traitlets.List().tag(markup=True)

    def __init__(
        self,
        label: str,
        *,
        words: ComponentWords,
        item: str,
        save: Save,
        known: Answer | None = None,
        owner: str = "",
        wording: str = "",
        hint: str = "",
        limit: int = 2000,
        readers: Sequence[str] = Reader.words(),
    ) -> None:
        if not readers or not set(readers) <= set(Reader.words()):
            raise ValueError(f"readers must be some of {', '.join(Reader)}")
        self._offered = readers
        offered = self._with_earlier(known)
        super().__init__(
            words=words,
            item=item,
            save=save,
            rules=AnswerRules(limit=limit, readers=offered),
            known=known,
            owner=owner,
            wording=wording,
            label=label,
            hint=hint,
            limit=limit,
            readers=offered,
        )

    def show(self, *, known: Answer | None, owner: str) -> None:
        """Show what is known of somebody who came after this question was made."""
        offered = self._with_earlier(known)
        self._rules, self.readers = replace(self._rules, readers=offered), offered
        super().show(known=known, owner=owner)

    def _with_earlier(self, known: Answer | None) -> list[str]:
        earlier = [known.reader] if known and known.reader else []
        return list(dict.fromkeys([*self._offered, *earlier]))
