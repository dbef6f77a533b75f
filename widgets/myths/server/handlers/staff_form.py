"""The form of a workshop on the staff pages: what was sent, and what can be chosen."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from myths.console import ModulePlaces, WorkshopChoices, WorkshopForm
from myths.errors import WorkshopError
from myths.server.handlers.staff import StaffHandler


class StaffFormHandler(StaffHandler):
    """A page with the form of a workshop, a new one or one that is changed."""

    @property
    def choices(self) -> WorkshopChoices:
        """What can be chosen, in the words of this page."""
        words, context = self.context.words(self.language), self.context
        return WorkshopChoices(words, context.speakable, context.ticked())

    @property
    def sent(self) -> dict[str, list[str]]:
        """What the fields of the form sent, by their names."""
        return {name: self.get_body_arguments(name) for name in self.request.body_arguments}

    def typed(self, shown: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
        """Read the fields of a workshop; who sends no such field leaves it as it is."""
        return self.choices.typed(self.sent, shown)

    def told_form(self, form: WorkshopForm, refused: WorkshopError | None) -> dict[str, Any]:
        """Gather what the fields of a workshop show, and what is wrong with one of them."""
        return self.choices.told(form, refused)

    def fault(self, refused: WorkshopError) -> str:
        """Return why a workshop cannot be like that, in words."""
        return self.choices.fault(refused)

    def places(self) -> ModulePlaces:
        """Read the place that the form gives to each module."""
        return self.choices.places(self.sent)

    def told_places(self, places: ModulePlaces, fault: str = "") -> dict[str, Any]:
        """Gather what the form for the modules' places shows, and what is wrong with them."""
        return self.choices.told_places(places, fault)
