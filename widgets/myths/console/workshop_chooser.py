"""The form above the console in JupyterLab: a workshop is chosen, opened, or opened again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import traitlets

from myths.components import Component
from myths.console.workshop_choices import Sent, WorkshopChoices
from myths.console.workshop_form import WorkshopForm
from myths.errors import StoreError, WorkshopError
from myths.store import Store, local_zone
from myths.vocabulary import FEWEST, Reason


class WorkshopChooser(Component, component="workshop_chooser"):
    """The form at the workshop `code`, if there is one; `lead` is called with one that is chosen.

    Raises StoreError.
    """

    spoken = ()
    said = frozenset()

    form = traitlets.Dict().tag(markup=True)

    def __init__(
        self, store: Store, choices: WorkshopChoices, code: str, *, lead: Callable[[str], object]
    ) -> None:
        self._store, self._choices, self.code, self._lead = store, choices, code, lead
        self._ui = choices.words.ui
        super().__init__(words=self._ui.workshop, form=self._view())
        self.on_msg(lambda _widget, message, _buffers: self.hear(message))

    def hear(self, message: Mapping[str, Any]) -> None:
        """Do what a button says, and show what came of it."""
        sent: Sent = message.get("fields", {})
        try:
            if message.get("do") == "open":
                self._open(sent)
            elif message.get("do") == "reopen":
                self._store.reopen_workshop(self.code)
                self.form = self._view(told=self._ui.workshop.lead_opened.format(code=self.code))
            else:
                self._choose(sent.get("code", [""])[-1])
        except WorkshopError as refused:
            is_gone = message.get("do") != "open" or refused.reason == Reason.UNKNOWN
            told = self._ui.console.unknown if is_gone else self._ui.workshop.lead_not_opened
            self.form = self._view(sent, told=told, refused=None if is_gone else refused)
        except StoreError:
            self.form = self._view(sent, told=self._ui.console.away)

    def _open(self, sent: Sent) -> None:
        """Open a workshop and lead it. Raises WorkshopError and StoreError."""
        settings = self._choices.opening(sent)
        if settings is None:
            self.form = self._view(sent, told=self._ui.workshop.lead_not_opened)
            return
        code = self._store.open_workshop(**settings).code
        self._choose(code, told=self._ui.workshop.lead_opened.format(code=code))

    def _choose(self, code: str, *, told: str = "") -> None:
        """Lead a workshop. Raises WorkshopError (reason "unknown") and StoreError."""
        self._lead(code)
        self.code = code
        self.form = self._view(told=told)

    def _values(self) -> Mapping[str, Any]:
        """Return what the template is filled with, besides the words."""
        return {**super()._values(), "ui": self._ui, "named": self._choices.named}

    def _view(
        self, sent: Sent | None = None, *, told: str = "", refused: WorkshopError | None = None
    ) -> dict[str, Any]:
        """Return what the form shows: what was sent, if it was refused. Raises StoreError."""
        choices, staff = self._choices, self._ui.staff
        workshops = [each for each in self._store.workshops()[::-1] if each.state != "expired"]
        here = next((each for each in workshops if each.code == self.code), None)
        typed = choices.typed(sent or {"k": [str(FEWEST)], "zone": [local_zone()]})
        return {
            "workshops": {
                each.code: " · ".join(
                    [each.title or staff.workshop.format(code=each.code)]
                    + [each.code] * bool(each.title)
                    + [str(staff[f"state_{each.state}"])]
                    + [staff.rehearsal] * each.rehearsal
                )
                for each in workshops
            },
            "code": self.code,
            "can_reopen": bool(here and here.can_reopen),
            "is_unfolded": bool(sent) or not workshops,
            "rehearses": bool(sent and sent.get("rehearsal")),
            "told": told,
            "fields": choices.told(WorkshopForm(typed), refused),
            **choices.told_places(choices.places(sent or {})),
        }
