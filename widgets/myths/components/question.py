"""What every question is: a component that takes an answer, has it saved, and gives a receipt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import traitlets

from myths.answer import Answer, AnswerRules, NewerAnswerError, receipt
from myths.catalog import ComponentWords
from myths.components.base import Component, delivery
from myths.components.markup import AnswerPlaces
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
    said = frozenset({"saving", "saved", "waiting", "preview"})

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
        self._save, self._rules, self._known = save, rules, known
        self._refused = words.question.refused
        super().__init__(
            words=words, item=item, owner=owner, wording=wording, known=shown(known), **traits
        )

    def show(self, *, known: Answer | None, owner: str) -> None:
        """Show what is known of somebody who came after this question was made."""
        self._known, self.owner, self.known = known, owner, shown(known)

    @property
    def rules(self) -> AnswerRules:
        """What may answer it."""
        return self._rules

    def _values(self) -> Mapping[str, Any]:
        place = AnswerPlaces(self.item, self._known, delivery.mark)
        return {"item": self.item, "place": place, **super()._values()}

    @traitlets.observe("answer")
    def _answered(self, change: Mapping[str, Any]) -> None:
        if change["new"] != {}:
            self._take(change["new"], self._save)

    def _take(self, message: object, save: Save, *, part: str = "") -> None:
        """Have what a page sent saved, and give the receipt; `part` begins the traits' names."""
        words = ""
        try:
            answer = self._rules.check(Answer.read(message))
            state = save(answer)
        except NewerAnswerError as error:
            state = ReceiptState.NEWER
            words = self._refused.of(error)
            if getattr(self, f"{part}known") == shown(error.newer):
                self.send_state(f"{part}known")  # known since its kernel woke, but not to the page
            self.set_trait(f"{part}known", shown(error.newer))
            self.set_trait(f"{part}answer", {})
        except AnswerError as error:
            state = ReceiptState.REFUSED
            words = self._refused.of(error)
            self.set_trait(f"{part}answer", {})
        except StoreError:  # the store has logged why; the page says that it will try again
            state = ReceiptState.FAILED
        self.set_trait(f"{part}receipt", dict(receipt(message, state, words)))


def shown(known: Answer | None) -> dict[str, Any]:
    """Return an answer as a page has it."""
    return {**known.content, "key": known.key} if known else {}
