"""A question to recall a fact: a first try is kept, people talk, and feedback comes when asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import traitlets

from myths.answer import Answer, AnswerRules, NewerAnswerError
from myths.catalog import ComponentWords
from myths.components.markup import markup
from myths.components.question import Question, Save, shown
from myths.vocabulary import ReceiptState

Judge = Callable[[int], Mapping[str, Any]]


class Recall(Question, component="recall"):
    """Radios, a button that keeps the first try, and one that shows the feedback.

    `options` are {value: int, label: str}. What is chosen is the last try, saved like any answer;
    the first one is a second question on the same radios, with traits that begin with `first_`:
    it is called `first_item`, `keep` saves it, and once kept it stays. The page asks for feedback
    by `wish`, {value, sent}. `judge` takes a value and returns {"right": bool, "feedback": safe
    HTML}; only what was asked for is ever judged, so the page never holds the key. Where no script
    runs, whoever saved an answer has asked: `tell_kept` puts the feedback to it into `kept`.
    """

    said = Question.said | {"choose", "decline", "kept", "late"}

    question = traitlets.Unicode().tag(markup=True)
    options: traitlets.List[Any] = traitlets.List().tag(markup=True)
    kept = traitlets.Unicode().tag(markup=True)
    first_item = traitlets.Unicode().tag(sync=True)
    first_known = traitlets.Dict().tag(sync=True)
    first_answer = traitlets.Any({}).tag(sync=True, echo_update=False)
    first_receipt = traitlets.Dict().tag(sync=True)
    wish = traitlets.Any({}).tag(sync=True, echo_update=False)
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
        first_item: str,
        keep: Save,
        known: Answer | None = None,
        first: Answer | None = None,
        owner: str = "",
        wording: str = "",
    ) -> None:
        self._choices = frozenset(int(option["value"]) for option in options)
        self._judge, self._keep = judge, keep
        super().__init__(
            words=words,
            item=item,
            save=save,
            rules=AnswerRules(values=self._choices),
            known=known,
            owner=owner,
            wording=wording,
            question=question,
            options=[{"value": option["value"], "label": option["label"]} for option in options],
            first_item=first_item,
            first_known=shown(first),
        )

    def show_first(self, first: Answer | None) -> None:
        """Show which try was kept."""
        self.first_known = shown(first)

    def tell_kept(self) -> None:
        """Show in a page without scripts what is to be said of the answer that was kept."""
        value, first = self.known.get("value"), self.first_known.get("value")
        is_kept = value is not None and value in self._choices and first is not None
        self.kept = self._told(value)["html"] if is_kept else ""

    @traitlets.observe("first_answer")
    def _kept(self, change: Mapping[str, Any]) -> None:
        if change["new"] != {}:
            self._take(change["new"], self._keep_once, part="first_")

    def _keep_once(self, answer: Answer) -> ReceiptState:
        """Keep a first try, unless one was kept in another tab or on another device."""
        try:
            return self._keep(answer)
        except NewerAnswerError:
            return ReceiptState.SAVED

    @traitlets.observe("wish")
    def _wished(self, change: Mapping[str, Any]) -> None:
        """Judge what the page asks about; `sent` comes back, so that no reply is like another."""
        wish = change["new"] if isinstance(change["new"], Mapping) else {}
        value, sent = wish.get("value"), wish.get("sent")
        if type(value) is not int or value not in self._choices:
            self.feedback = {}
            return
        self.feedback = self._told(value) | {"sent": sent if type(sent) is int else 0}

    def _told(self, value: Any) -> dict[str, Any]:
        verdict = self._judge(int(value))
        right = bool(verdict["right"])
        html = markup("feedback", self._spoken, right=right, feedback=verdict["feedback"] or "")
        return {"value": value, "right": right, "html": html}
