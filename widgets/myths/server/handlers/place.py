"""Where somebody is in the series: their page tells when they come to a step."""

from __future__ import annotations

import asyncio
from weakref import WeakValueDictionary

from tornado.web import HTTPError

from myths.errors import RecoveryError
from myths.server.handlers.base import BaseHandler
from myths.vocabulary import is_name

_turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()  # by visit


class PlaceHandler(BaseHandler):
    """`/place`: keeps the page and the step that somebody came to, so that they can go on there.

    Of two requests of one visit the one that came first is kept first, or a quick walk through the
    steps would end at one that was only passed.
    """

    async def post(self) -> None:
        """Keep what the fields `page`, `step` and, at the last step of its page, `last` say."""
        async with _turns.setdefault(self.token, asyncio.Lock()):
            await self.keep()

    async def keep(self) -> None:
        """Keep it, unless the visit is over or there is no such place."""
        try:
            visitor = await self.visitor()
        except RecoveryError:
            visitor = None
        if visitor is None:
            raise HTTPError(403)
        page, step = (self.get_body_argument(name, "") for name in ("page", "step"))
        series = self.context.words(visitor.language).series
        if page not in series.walk(visitor.workshop.modules) or not is_name(step):
            raise HTTPError(400)
        last = self.get_body_argument("last", "") not in ("", "0", "false")
        await asyncio.to_thread(self.context.store.come_to, visitor, page, step=step, last=last)
        self.set_status(204)
