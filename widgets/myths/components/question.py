"""What every question is: a component that takes an answer, has it saved, and gives a receipt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import traitlets

from myths.answer import Answer, AnswerRules, NewerAnswerError, receipt
from myths.catalog import ComponentWords
from myths.components.base import Component
from myths.errors import AnswerError, StoreError
from myths.vocabulary import ReceiptState

Save = Callable[[Answer], ReceiptState]


class Question(Component):
    """A question on a page.

    `answer` comes from the page, an `AnswerMessage`. It is checked by `rules`, handed to `save`,
    and `receipt` goes back, a `ReceiptMessage`.

    `save` returns saved or preview; it may raise NewerAnswerError (`known` becomes what stands
    now), AnswerError (refused; the message is told by its reason) or StoreError (failed).
    `item` names the question on its page, `known` is the answer so far (None: none), `owner` is a
    mark of the participant, so that on a shared phone an unsent answer of one person is never sent
    for the next; `wording` is a mark of the words, so that an unsent choice is never sent as one
    among other words.
    """

    spoken = ("question",)

    item = traitlets.Unicode().tag(sync=True)
    owner = traitlets.Unicode().tag(sync=True)
    wording = traitlets.Unicode().tag(sync=True)
    known = traitlets.Dict().tag(sync=True)
    answer = traitlets.Any({}).tag(sync=True, echo_update=False)
    receipt = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        *,
        words: ComponentWords,
        item: str,
        save: Save,
        rules: AnswerRules,
        known: Answer | None = None,
        owner: str = "",
        wording: str = "",
        **traits: object,
    ) -> None:
        self._save, self._rules = save, rules
        self._refused = words.question.refused
        super().__init__(
            words=words, item=item, owner=owner, wording=wording, known=_shown(known), **traits
        )

    def show(self, *, known: Answer | None, owner: str) -> None:
        """Show what is known of somebody who came after this question was made."""
        self.owner, self.known = owner, _shown(known)

    def accepted(self, answer: Answer) -> None:
        """Do what an answer leads to on the page, apart from being saved."""

    @traitlets.observe("answer")
    def _answered(self, change: Mapping[str, Any]) -> None:
        message, words = change["new"], ""
        if message == {}:
            return
        try:
            answer = self._rules.check(Answer.read(message))
            self.accepted(answer)
            state = self._save(answer)
        except NewerAnswerError as error:
            state = ReceiptState.NEWER
            words = self._refused.of(error)
            self.known, self.answer = _shown(error.newer), {}
        except AnswerError as error:
            state = ReceiptState.REFUSED
            words = self._refused.of(error)
            self.answer = {}
        except StoreError:  # the store has logged why; the page says that it will try again
            state = ReceiptState.FAILED
        self.receipt = dict(receipt(message, state, words))


def _shown(known: Answer | None) -> dict[str, Any]:
    return {**known.content, "key": known.key} if known else {}
