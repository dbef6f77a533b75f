"""One participant, who does over HTTP and WebSocket what a page's script does."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from random import uniform
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from tornado.httpclient import AsyncHTTPClient, HTTPError, HTTPResponse
from tornado.websocket import WebSocketError

from myths.answer import Answer
from myths.errors import MythsError
from myths.rehearsal.guest_browser import GuestBrowser, body
from myths.rehearsal.wire import LONGEST, GuestWire, WireError
from myths.vocabulary import page_path

PATIENCE = 6  # seconds, as in question.js
PAUSE = (3, 8)  # seconds, as in retry.js
_KERNEL = re.compile(r'id="kernel">(.*?)</script>')
_XSRF = re.compile(rb'name="_xsrf" value="([^"]+)"')
_CODE = re.compile(rb'id="recovery-code">([^<]+)<')
_VALUE = re.compile(r'<option value="([^"]+)"')
_FAULTS = (WireError, WebSocketError, HTTPError, OSError)


class GuestError(MythsError):
    """A simulated participant could not do what a participant must be able to do."""


@dataclass(frozen=True)
class Opened:
    """How a page came: seconds until its widgets were there, requests, bytes, and waits.

    The bytes are those of bodies and of the WebSocket, compressed as they travel; `waits` is how
    often the server had no room yet, and the page was loaded again as its own script does.
    """

    seconds: float
    requests: int
    bytes: int
    waits: int = 0


class Guest(GuestBrowser):
    """A participant: cookies, files already seen, and the page that is open.

    `patience` is how many seconds it waits for a receipt before it sends an answer again,
    `pause` within how many it loads a page again that a full server refused.
    """

    def __init__(self, origin: str, client: AsyncHTTPClient) -> None:
        super().__init__(origin, client)
        self.reopened = 0
        self.patience: float = PATIENCE
        self.pause: tuple[float, float] = PAUSE
        self._slug = self._kernel = self._xsrf = self._html = self._recovery = ""
        self._wire: GuestWire | None = None

    @property
    def states(self) -> Mapping[str, Mapping[str, Any]]:
        """The states of the widgets on the page, by id."""
        return self._wire.states if self._wire else {}

    @property
    def questions(self) -> Mapping[str, str]:
        """The ids of the questions' widgets by item, "module.item.phase"."""
        return self._wire.questions if self._wire else {}

    def offered(self, item: str) -> list[str]:
        """Return what can be chosen in answer to a question; nothing where one writes."""
        return re.findall(rf'type="radio" name="{self._name(item)}" value="([^"]+)"', self._shown)

    def readers(self, item: str) -> list[str]:
        """Return who can be chosen to read an answer in writing."""
        found = re.search(rf'(?s)name="reader:{self._name(item)}">(.*?)</select>', self._shown)
        return _VALUE.findall(found[1]) if found else []

    def is_first_try(self, item: str) -> bool:
        """Return whether it is a first try at a question of the page that is open."""
        return self._wire is not None and self._wire.is_first_try(item)

    @property
    def _shown(self) -> str:
        """The HTML of the page, and of the widgets that brought theirs over the wire."""
        return self._html + "".join(str(each.get("html", "")) for each in self.states.values())

    def _name(self, item: str) -> str:
        """Return the name of a question's fields: a first try has those of the last one."""
        return re.escape(str(self.states[self.questions[item]]["item"]))

    @property
    def page(self) -> str:
        """The slug of the page that was opened last."""
        return self._slug

    @property
    def room(self) -> Mapping[str, Any]:
        """Where the room is, if a trainer has begun to lead it."""
        return self._wire.room if self._wire else {}

    async def wait(self, seconds: float) -> None:
        """Wait so long, or until the room is moved."""
        if self._wire is None:
            await asyncio.sleep(seconds)
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wire.moved.wait(), seconds)
        self._wire.moved.clear()

    def voted(self, vote: Mapping[str, Any]) -> list[str]:
        """Return the questions of the open page that a room is asked in a vote."""
        names = [f"{vote['page']}.{item}.{vote['phase']}" for item in vote["items"]]
        return [item for item in names if item in self.questions and self.offered(item)]

    @property
    def joined(self) -> bool:
        """Return whether this guest has been let in."""
        return any(name.startswith("visit-") for name in self.cookies)

    async def join(self, code: str) -> None:
        """Agree and join with the workshop's code. Raises GuestError when that is refused."""
        try:
            form = await self.fetch(f"/?{urlencode({'w': code})}")
            xsrf = _XSRF.search(body(form))
            fields = {"_xsrf": xsrf[1].decode() if xsrf else "", "code": code, "agree": "yes"}
            fields["contributes"] = "yes"
            await self.fetch("/", fields)
        except _FAULTS as fault:
            raise GuestError(
                f"{self.origin} let nobody in with the code {code} ({fault}): "
                "see that `myths serve` runs there."
            ) from fault
        if not self.joined:
            raise GuestError(f"{self.origin} let nobody in with the code {code}: is it open?")

    async def open(self, slug: str) -> Opened:
        """Open the page of a module until its widgets are there; a page before it is left.

        Raises GuestError when it does not come.
        """
        await self.close(wait=False)
        path = page_path(slug)
        start, requests, size = time.perf_counter(), self.requests, self.bytes
        try:
            response, waits = await self._load(path)
            self._html = body(response).decode()
            found = _KERNEL.search(self._html)
            if not found:
                raise GuestError(f"{path} came without its widgets: see the server's log.")
            told = json.loads(found[1])
            self._slug, self._kernel, self._xsrf = slug, told["id"], told["xsrf"]
            await self.get_assets(path, response)
            self._wire = await self._connect()
        except _FAULTS as fault:
            raise GuestError(f"{path} did not come: {fault or type(fault).__name__}.") from fault
        seconds = time.perf_counter() - start
        return Opened(seconds, self.requests - requests, self.bytes - size, waits)

    async def answer(self, item: str, *, key: str = "", wait: float = 60, **content: Any) -> float:
        """Answer a question of the page; returns seconds until the store had it.

        `content` is value, text, reader, declined. Without a receipt it is sent again with the same
        key, and the page is opened again when its kernel is gone. Raises GuestError when it is
        refused, or not acknowledged within `wait` seconds.
        """
        answer = {"key": key or str(uuid4()), **Answer("").content, **content}
        start, tries = time.perf_counter(), 0
        while (passed := time.perf_counter() - start) < wait:
            tries += 1
            try:
                if self._wire is None or self._wire.cut.is_set():
                    await self._come_back()
                state = await self._send(item, answer | {"sent": int(time.time() * 1000)})
            except (*_FAULTS, GuestError):
                await asyncio.sleep(min(0.5, wait - passed))
                await self._probe(tries)
                continue
            if state in ("saved", "preview"):
                return time.perf_counter() - start
            if state == "refused":
                raise GuestError(f"The answer to {item} was refused.")
            await asyncio.sleep(1)
        raise GuestError(f"The answer to {item} was not acknowledged within {wait:.0f} seconds.")

    async def come_to(self, step: str) -> None:
        """Report a step of the page that one came to, as its script does, heard or not."""
        with suppress(*_FAULTS):
            place = {"_xsrf": self._xsrf, "page": self._slug, "step": step}
            await self.fetch("/place", place, counted=False)

    async def close(self, *, wait: bool = True) -> None:
        """Leave the page as a browser does: the beacon, then the socket.

        `wait` until the server has heard it; the kernel ends a moment later.
        """
        wire, self._wire = self._wire, None
        if wire is None:
            return
        beacon = asyncio.ensure_future(self._say_goodbye())
        wire.close()
        if wait:
            await beacon

    def sleep(self) -> None:
        """Be put away: the phone cuts its wire, and says nothing to the server."""
        if self._wire:
            self._wire.close()

    async def wake(self) -> None:
        """Be looked at again. Raises GuestError when the page does not come back."""
        try:
            await self._come_back()
        except _FAULTS as fault:
            raise GuestError(f"A phone that slept did not come back ({fault}).") from fault

    async def drop_out(self) -> None:
        """Leave with nothing but the recovery code, as it was shown first. Raises GuestError."""
        try:
            found = _CODE.search(body(await self.fetch("/code")))
        except _FAULTS as fault:
            raise GuestError(f"The recovery code did not come ({fault}).") from fault
        if found:
            self._recovery = found[1].decode()
        if not self._recovery:
            raise GuestError("The page with the recovery code shows none.")
        await self.close()
        self.cookies = {}

    async def come_back(self) -> None:
        """Come back on a device that knows nothing. Raises GuestError when that is refused."""
        try:
            xsrf = _XSRF.search(body(await self.fetch("/")))
            fields = {"_xsrf": xsrf[1].decode() if xsrf else "", "recovery": self._recovery}
            await self.fetch("/return", fields)
        except _FAULTS as fault:
            raise GuestError(f"A recovery code let nobody in ({fault}).") from fault
        if not self.joined:
            raise GuestError("A recovery code let nobody in.")

    async def _load(self, path: str) -> tuple[HTTPResponse, int]:
        """Get a page, again and again while the server is too busy for it, as in retry.js."""
        waits, end = 0, time.perf_counter() + LONGEST
        while (response := await self.fetch(path, refusals=True)).code == 503:
            if time.perf_counter() > end:
                break
            waits += 1
            await asyncio.sleep(uniform(*self.pause))  # noqa: S311  no secret
        if response.code >= 400:
            raise HTTPError(response.code, response=response)
        return response, waits

    async def _say_goodbye(self) -> None:
        with suppress(*_FAULTS):
            goodbye = {"_xsrf": self._xsrf}
            await self.fetch(f"/voila/api/shutdown/{self._kernel}", goodbye, counted=False)

    async def _send(self, item: str, answer: Mapping[str, Any]) -> str:
        if self._wire is None:
            raise WireError("there is no page")
        return await self._wire.answer(item, answer, wait=self.patience)

    async def _probe(self, tries: int) -> None:
        """After a silence, find out whether the wire is of use: its kernel may have ended."""
        with suppress(*_FAULTS):
            alive = await self.fetch(f"/kernels/{self._kernel}", refusals=True)
            if self._wire and (tries > 1 or alive.code != 204):
                self._wire.close()

    async def _come_back(self) -> None:
        """Connect again; when the kernel is gone, or is another one by now, load the page again."""
        alive = await self.fetch(f"/kernels/{self._kernel}", refusals=True)
        if alive.code == 204:
            self._wire = await self._connect()
            if self._wire.questions:
                return
        self._wire = None
        await self.open(self._slug)
        self.reopened += 1

    async def _connect(self) -> GuestWire:
        url = f"{self.origin}/api/kernels/{self._kernel}/channels"
        wire = await GuestWire.open(url, headers=self.headers())
        self.requests += 1
        self.bytes += wire.bytes
        return wire
