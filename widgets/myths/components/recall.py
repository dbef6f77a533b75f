"""A question to recall a fact, with feedback once an option was chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import traitlets

from myths.answer import Answer, AnswerRules
from myths.catalog import ComponentWords
from myths.components.question import Question, Save

Judge = Callable[[int], Mapping[str, Any]]


class Recall(Question, component="recall"):
    """Radios with feedback.

    `options` are {value: int, label: str}. `judge` takes a value and returns {"right": bool,
    "feedback": safe HTML}; only what was chosen is ever judged, so the page never holds the key.
    """

    question = traitlets.Unicode().tag(sync=True)
    options: traitlets.List[Any] = traitlets.List().tag(sync=True)
    feedback = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        question: str,
        options: Sequence[Mapping[str, Any]],
        *,
        judge: Judge,
        words: ComponentWords,
        item: str,
        save: Save,
        known: Answer | None = None,
        owner: str = "",
        wording: str = "",
    ) -> None:
        self._values = frozenset(int(option["value"]) for option in options)
        self._judge = judge
        super().__init__(
            words=words,
            item=item,
            save=save,
            rules=AnswerRules(values=self._values),
            known=known,
            owner=owner,
            wording=wording,
            question=question,
            options=[{"value": option["value"], "label": option["label"]} for option in options],
            feedback=self._judged(known),
        )

    def show(self, *, known: Answer | None, owner: str) -> None:
        """Show what is known of somebody who came after this question was made."""
        super().show(known=known, owner=owner)
        self.feedback = self._judged(known)

    def accepted(self, answer: Answer) -> None:
        """Show the feedback to what was chosen."""
        self.feedback = self._judged(answer)

    def _judged(self, answer: Answer | None) -> dict[str, Any]:
        value = answer.value if answer else None
        if value is None or value not in self._values:
            return {}
        verdict = self._judge(int(value))
        return {
            "value": int(value),
            "right": bool(verdict["right"]),
            "html": str(verdict["feedback"] or ""),
        }
