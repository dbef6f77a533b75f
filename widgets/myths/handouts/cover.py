"""The cover of somebody's sheets: what happens with them, the choices, and a strip to keep."""

from __future__ import annotations

import hashlib
from typing import Any

from myths.catalog import Catalog
from myths.handouts.prose import nodes
from myths.languages import long_date
from myths.store import Workshop
from myths.vocabulary import SeriesPage


class PaperCover:
    """The page on top of the sheets of one person, in the words of a workshop.

    Its strip bears the recovery code, which stands nowhere else: whoever types the sheets in never
    sees it.
    """

    def __init__(self, catalog: Catalog, workshop: Workshop) -> None:
        self._catalog, self._workshop = catalog, workshop

    def content(self) -> dict[str, Any]:
        """Return all that the template needs, but for number and code."""
        ui, start = self._catalog.ui, self._catalog.page(SeriesPage.START)
        until, erased = (
            long_date(day, self._catalog.language)
            for day in (self._workshop.pooling_date, self._workshop.erasing_date)
        )
        organiser = self._catalog.organiser
        who = (organiser.name, organiser.contact)
        told = ui.privacy.responsible.format(name=who[0], contact=who[1])
        return {
            "words": {
                **ui.handout.flat(),
                "cover_use": ui.handout.cover_use.format(date=until),
                "agree": f"{start.agree} {ui.handout.may_be_typed}",
                "consent": ui.join.contributes,
                "consent_options": [ui.join.contributes_yes, ui.join.contributes_no],
                "consent_hint": ui.handout.cover_consent,
                "dates": ui.join.dates.format(until=until, erased=erased),
                "responsible": told if organiser.is_known else ui.privacy.ask,
                "recovery": ui.code.heading,
                "address": ui.date.address,
            },
            "text": nodes(start.section("consent").text),
        }

    @property
    def consent(self) -> str:
        """The name of the exact words that somebody agrees to: all of this page."""
        return hashlib.sha256(repr(self.content()).encode()).hexdigest()[:12]
