"""The addresses of a page's kernel: whether it lives, its two ways to the page, its end.

Only the visit that opened the page comes through to its kernel. For everybody else there is none.
"""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import suppress
from typing import Any

from tornado.iostream import StreamBufferFullError
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from myths.errors import StoreError
from myths.server.handlers.base import BaseHandler
from myths.server.handlers.headers import HEADERS
from myths.server.kernel_link import PACE, KernelLink, LinkError, Wired, without_buffers
from myths.store import visit_of

log = logging.getLogger(__name__)

_UNREAD = 4 * 2**20  # bytes that may wait for a page that does not read; all widgets have 0.1 MB
_SESSION = 100  # letters of the name by which a page comes back to its link
_HEARD = 20  # seconds that a page waits for something to come; proxies allow 30 and more
_PASSED = 20  # seconds in which the kernel takes what a page sends
_EXTENSIONS, _DEFLATE = "Sec-WebSocket-Extensions", "permessage-deflate"
# as if the browser had asked for it: what one message was compressed with is not kept for the next,
# which would be 0.15 MB for each page
_FORGETFUL = f"{_DEFLATE}; server_no_context_takeover; client_no_context_takeover"


class KernelHandler(BaseHandler):
    """What the addresses of a kernel share: who may come in."""

    def check_owner(self, kernel_id: str) -> None:
        """Raise the same error for a kernel that is not there and for one of another visit."""
        if not self.open_pages.belongs(kernel_id, visit_of(self.token)):
            raise HTTPError(404)

    async def check_visit(self, kernel_id: str) -> None:
        """Like `check_owner`, and see that the visit was not ended by another program."""
        self.check_owner(kernel_id)
        visit = visit_of(self.token)
        with suppress(StoreError):  # a store that is away turns nobody out
            if not await asyncio.to_thread(self.context.store.lasting_visits, {visit}):
                raise HTTPError(404)


class KernelStateHandler(KernelHandler):
    """`/kernels/<id>`: does that kernel still live? A refused WebSocket does not tell."""

    def get(self, kernel_id: str) -> None:
        """Answer 204, or 404."""
        self.check_owner(kernel_id)
        self.set_status(204)
        self.finish()


class KernelModelHandler(KernelHandler):
    """`/api/kernels/<id>`: Voila's front end asks for its kernel before it connects."""

    def get(self, kernel_id: str) -> None:
        """Describe the kernel as Jupyter does."""
        self.check_owner(kernel_id)
        self.finish(self.settings["kernel_manager"].kernel_model(kernel_id))


class KernelSocketHandler(KernelHandler, WebSocketHandler):
    """`/api/kernels/<id>/channels`: the WebSocket of a page."""

    ping_interval = ping_timeout = 30  # seconds, of Tornado's pings

    async def get(self, kernel_id: str) -> None:
        """Admit the page of the kernel's own visit (Tornado's hook)."""
        await self.check_visit(kernel_id)
        for name in HEADERS:  # a socket is no page that they would protect
            self.clear_header(name)
        if _DEFLATE in self.request.headers.get(_EXTENSIONS, ""):
            self.request.headers[_EXTENSIONS] = _FORGETFUL
        await super().get(kernel_id)

    def get_compression_options(self) -> dict[str, Any]:
        """Compress with little memory: most messages are short (Tornado's hook)."""
        return {"compression_level": 6, "mem_level": 5}

    async def open(self, kernel_id: str) -> None:
        """Connect the page to its kernel (Tornado's hook)."""
        self.ws_connection.stream.max_write_buffer_size = _UNREAD  # type: ignore[union-attr]
        self.set_nodelay(True)  # or a receipt waits 40 ms for more to come
        self.link: KernelLink | None = None
        session = self.get_query_argument("session_id", "")[:_SESSION]
        try:
            link = self.open_pages.link(kernel_id, session)
            await link.wait_open()
        except LinkError:  # the kernel ended in the meantime
            self.close()
        else:
            self.link = link
            link.attach(self.pass_on, self.close, self.token)

    async def on_message(self, message: Wired) -> None:
        """Pass a message on, and take the next one a moment later (Tornado's hook)."""
        if self.link is None:
            return
        try:
            await self.link.send(message, self.token)
        except LinkError as fault:
            log.warning("a page is cut off: %s", fault)
            self.close(1003)
        await asyncio.sleep(PACE)

    def pass_on(self, message: Wired) -> None:
        """Send the page a message; one that does not read is cut off, or it fills the memory."""
        try:
            self.write_message(message, binary=isinstance(message, bytes))
        except StreamBufferFullError:
            self.ws_connection.stream.close()  # type: ignore[union-attr]
        except WebSocketClosedError:
            self.leave()

    def on_close(self) -> None:
        """Leave the link to the page that comes back (Tornado's hook)."""
        self.leave()

    def leave(self) -> None:
        """Hear no more."""
        if self.link:
            self.link.detach(self.pass_on)
            self.link = None


class KernelMessagesHandler(KernelHandler):
    """`/kernels/<id>/messages`: what a page sends and hears where WebSockets are forbidden.

    The request is {"session": its name, "messages": [those that it sends], "after": the number of
    the last one that it heard}; with `after` it waits for the next ones. The answer is a list of
    [number, message].
    """

    async def post(self, kernel_id: str) -> None:
        """Pass on what the page sends, and answer with what there is for it."""
        session, messages, after = self.read()
        if after == 0:  # as the page connects
            await self.check_visit(kernel_id)
        elif after:
            self.check_owner(kernel_id)
        elif not self.open_pages.takes_from(kernel_id, visit_of(self.token)):
            raise HTTPError(404)
        heard: list[tuple[int, Wired]] = []
        try:
            link = self.open_pages.link(kernel_id, session)
            async with asyncio.timeout(_PASSED):
                await link.wait_open()
                await link.send_all(messages, self.token)
            if after is not None:
                heard = await link.wait(after, self.token, seconds=_HEARD)
        except TimeoutError as fault:
            raise HTTPError(503, "the kernel is busy") from fault
        except LinkError as fault:
            raise HTTPError(400, "%s", fault) from fault
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps([(number, without_buffers(each)) for number, each in heard]))

    def read(self) -> tuple[str, list[str], int | None]:
        """Read the request. Raises HTTPError for one that is none."""
        try:
            told = json.loads(self.request.body)
            session, messages, after = told["session"], told.get("messages", []), told.get("after")
            fits = isinstance(session, str) and isinstance(messages, list)
            if not fits or not all(isinstance(each, str) for each in messages):
                raise TypeError("its parts are of another kind")
            return session[:_SESSION], messages, None if after is None else max(0, int(after))
        except (
            ValueError,
            TypeError,
            KeyError,
            AttributeError,
            OverflowError,
            RecursionError,
        ) as fault:
            raise HTTPError(400, "no request of a page") from fault


class KernelShutdownHandler(KernelHandler):
    """`/voila/api/shutdown/<id>`: a page says that it is gone, and soon its kernel ends.

    Browsers send it as a beacon, without a usable `Origin`: the form's secret tells who asks.
    """

    def post(self, kernel_id: str) -> None:
        """End the kernel once what was sent as the page went has arrived."""
        self.check_owner(kernel_id)
        self.open_pages.end_pages([kernel_id])
        self.set_status(204)
        self.finish()
