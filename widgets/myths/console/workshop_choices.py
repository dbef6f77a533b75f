"""What a trainer can choose for a workshop, in words, and why something cannot be."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from myths import languages
from myths.catalog import Catalog
from myths.console.module_places import ModulePlaces
from myths.console.workshop_form import FIELDS, TYPED, WorkshopForm
from myths.errors import WorkshopError
from myths.vocabulary import FEWEST, Audience, Reason

Sent = Mapping[str, Sequence[str]]  # what the fields of a form sent, by their names


@dataclass(frozen=True)
class WorkshopChoices:
    """The choices in the language of `words`.

    `speakable` are the languages that can be ticked, and `ticked` those that are by themselves.
    """

    words: Catalog
    speakable: tuple[str, ...]
    ticked: tuple[str, ...]

    def typed(self, sent: Sent, shown: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
        """Read the fields of a workshop; what nobody could choose is what was shown, or the first.

        Who sends no such field leaves it as it is.
        """
        found = {
            name: sent.get(name, [shown.get(name, "")])[-1][:200].strip()
            for name in TYPED
            if name != "languages"
        }
        for name, known in self._choices(shown).items():
            if found[name] not in known and found[name] != shown.get(name):
                found[name] = shown.get(name, next(iter(known)))
        found["languages"] = shown.get("languages", " ".join(self.ticked))
        if "languages" in sent:
            ticked = {*sent["languages"], found["language"]}
            found["languages"] = " ".join(code for code in self.speakable if code in ticked)
        return found

    def opening(self, sent: Sent) -> dict[str, Any] | None:
        """Return the settings of a new workshop, as the store takes them.

        None if two modules have one place. Raises WorkshopError for what cannot be read.
        """
        form, places = WorkshopForm(self.typed(sent)), self.places(sent)
        if any(places.shared()):
            return None
        route = self.words.routes[form.typed["route"]]
        modules = places.modules or route.modules
        more = {"short": route.short, "rehearsal": "yes" in sent.get("rehearsal", ())}
        return {**form.settings(), "modules": modules, **more}

    def told(self, form: WorkshopForm, refused: WorkshopError | None) -> dict[str, Any]:
        """Gather what the fields of a workshop show, and what is wrong with one of them."""
        choices = self._choices(form.shown)
        return {
            "typed": form.typed,
            "is_open": bool(form.shown),
            "at": FIELDS.get(refused.reason, "zone") if refused else "",
            "fault": self.fault(refused) if refused else "",
            "least": FEWEST,
            "audiences": choices["audience"],
            "routes": choices["route"],
            "countries": choices["country"],
            "languages": choices["language"],
            "ticks": self._ticks(form.typed["languages"].split()),
        }

    def fault(self, refused: WorkshopError) -> str:
        """Return why a workshop cannot be like that, in words."""
        ui, values = self.words.ui, refused.values
        day = ""
        if "day" in values:
            day = languages.long_date(date.fromisoformat(str(values["day"])), self.words.language)
        if refused.reason == Reason.WITHDRAWAL:
            return ui.workshop.fault_withdrawal.format(date=day)
        if refused.reason == Reason.ERASING:
            return ui.workshop.fault_erasing.format(date=day)
        if refused.reason == Reason.FEWEST:
            return ui.workshop.fault_fewest.format(k=values.get("k", FEWEST))
        return str(ui.workshop[f"fault_{refused.reason}"])

    def places(self, sent: Sent) -> ModulePlaces:
        """Read the place that the form gives to each module."""
        modules = self.words.series.modules
        return ModulePlaces.typed({slug: sent.get(f"place-{slug}", [""])[-1] for slug in modules})

    def told_places(self, places: ModulePlaces, fault: str = "") -> dict[str, Any]:
        """Gather what the form for the modules' places shows, and what is wrong with them."""
        doubled: tuple[str, ...] = ()
        for place, doubled in places.shared():
            fault = self.words.ui.staff.same_place.format(place=place, modules=self.named(doubled))
            break
        titles = {slug: self.words.module(slug).title for slug in self.words.series.modules}
        told = {"titles": titles, "given": places.places, "doubled": doubled}
        return told | {"places_fault": fault}

    def named(self, modules: Collection[str]) -> str:
        """Name modules by their titles."""
        return ", ".join(self.words.module(slug).title for slug in modules)

    def _choices(self, shown: Mapping[str, str]) -> dict[str, dict[str, Any]]:
        """Name what can be chosen for a workshop, by field; what was shown among it."""
        words = self.words
        local = languages.locale(words.language)
        countries = [each.country for each in words.support]
        audience = {name: words.ui.audience[name] for name in Audience.words()}
        return {
            "audience": audience,
            "route": dict(words.routes),
            "country": _with(
                {code: local.territories.get(code.upper(), code) for code in countries},
                shown.get("country"),
            ),
            "language": _with(
                {code: words.language_name(code) for code in words.series.languages},
                shown.get("language"),
            ),
        }

    def _ticks(self, ticked: Collection[str]) -> list[dict[str, Any]]:
        """Gather the languages that can be ticked; nothing where there is one language only."""
        return [
            {
                "code": code,
                "name": self.words.language_name(code),
                "is_draft": not self.words.series.is_reviewed(code),
                "ticked": code in ticked,
            }
            for code in (self.speakable if len(self.speakable) > 1 else ())
        ]


def _with(known: dict[str, str], shown: str | None) -> dict[str, str]:
    """Return what can be chosen, with what was shown, which may be gone from the content."""
    return known if shown is None or shown in known else {**known, shown: shown}
