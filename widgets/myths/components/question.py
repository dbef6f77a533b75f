"""What every question is: a component that takes an answer, has it saved, and gives a receipt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import traitlets

from myths.components.base import Component, Words
from myths.components.envelope import Answer, envelope
from myths.errors import AnswerError, StoreError

Save = Callable[[Answer], Mapping[str, Any]]


class Question(Component):
    """A question on a page.

    `answer` comes from the page: {key, sent, value, text, declined, reader}. It is checked, handed
    to `save`, and `receipt` goes back: {key, sent, state, message}; state is saved, preview,
    refused (never try again) or failed (try again with the same key).

    `save` gets an `Answer` and returns {"state": "saved" | "preview", "message"?: str}; it may
    raise AnswerError (refused; the message is told by its reason) or StoreError (failed).
    `item` names the question on its page, `given` is the answer known so far (None: none),
    `owner` is a mark of the participant, so that on a shared phone an unsent answer of one person
    is never sent for the next.
    """

    item = traitlets.Unicode().tag(sync=True)
    owner = traitlets.Unicode().tag(sync=True)
    given = traitlets.Dict().tag(sync=True)
    answer = traitlets.Any({}).tag(sync=True, echo_update=False)
    receipt = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        *,
        words: Words,
        item: str,
        save: Save,
        given: Mapping[str, Any] | None = None,
        owner: str = "",
        **traits: object,
    ) -> None:
        self._save = save
        super().__init__(words=words, item=item, owner=owner, given=dict(given or {}), **traits)

    def show(self, *, given: Mapping[str, Any] | None, owner: str) -> None:
        """Show what is known of somebody who came after this question was made."""
        self.owner, self.given = owner, dict(given or {})

    def checked(self, answer: object) -> Answer:
        """Return the answer if it may be saved, else raise AnswerError."""
        raise NotImplementedError

    def accepted(self, answer: Answer) -> None:
        """Do what an answer leads to on the page, apart from being saved."""

    @traitlets.observe("answer")
    def _answered(self, change: Mapping[str, Any]) -> None:
        sent = change["new"]
        if sent == {}:
            return
        try:
            answer = self.checked(sent)
            self.accepted(answer)
            outcome = self._save(answer)
            state, message = outcome["state"], outcome.get("message", "")
        except AnswerError as error:
            state = "refused"
            message = self.say[f"refuse_{error.reason}"].format(**error.values)
            self.answer = {}
        except StoreError:  # the store has logged why; the page says that it will try again
            state, message = "failed", ""
        key, at = envelope(sent)
        self.receipt = {"key": key, "sent": at, "state": state, "message": message}
