"""The language in which somebody who has joined goes on."""

from __future__ import annotations

import asyncio

from myths.server.handlers.base import PageHandler


class LanguageHandler(PageHandler):
    """`/language`: keeps the language that somebody chose, and leads back to where they were."""

    async def post(self) -> None:
        """Keep what the field `language` says, if the workshop is offered in it."""
        visitor = await self.known()
        if visitor is None:
            return
        language = self.get_body_argument("language", "")
        if language in self.context.offered(visitor.workshop) and language != visitor.language:
            await asyncio.to_thread(self.context.store.speak, visitor, language)
        self.redirect(self.last_page(visitor), status=303)
