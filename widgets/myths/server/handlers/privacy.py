"""All about people's answers, for whoever wants to read it: before joining or inside."""

from __future__ import annotations

from urllib.parse import urlencode

from myths.errors import RecoveryError
from myths.server.handlers.base import LONGEST, PageHandler
from myths.vocabulary import SeriesPage


class PrivacyHandler(PageHandler):
    """`/privacy`: what is stored, who reads it, until when, and who is responsible."""

    async def get(self) -> None:
        """Show it; whoever is in reads the dates, and `?w=` is the code with which to go on."""
        try:
            visitor = await self.visitor()
        except RecoveryError:
            visitor = None
        self.inside = visitor is not None
        words = self.context.words(self.language)
        start = words.page(SeriesPage.START)
        code = self.get_query_argument("w", "")[:LONGEST]
        asked = {"w": code, "language": self.asked_language}
        joining = f"/?{urlencode({name: told for name, told in asked.items() if told})}"
        self.show(
            "privacy.html",
            sections=start.privacy,
            other=words.other_language(start.language),
            organiser=words.organiser,
            workshop=visitor and visitor.workshop,
            back=self.last_page(visitor) if visitor else joining,
            long_date=self.long_date,
        )
