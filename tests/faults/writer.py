"""Somebody who answers again and again, as a page does it: with the same key until it is saved."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import websocket

from tests.server.conftest import Running, Visitor
from tests.server.wire import Wire, key

PATIENCE = 3.0  # seconds without a receipt before an answer is sent again; a page waits longer
TEXT, RATING = "risk.reason.before", "risk.myth.before"
TROUBLE = (httpx.HTTPError, OSError, websocket.WebSocketException, AssertionError)
Connect = Callable[..., websocket.WebSocket]
EMPTY = {"value": None, "text": None, "declined": False, "reader": None}


class GoneError(ConnectionError):
    """The kernel of this page has died: the page is to be loaded again."""


class Page(Wire):
    """A page that hears when its kernel has died, and reads the receipt it waits for."""

    def __init__(
        self,
        visitor: Visitor,
        slug: str = "risk",
        *,
        patience: float = PATIENCE,
        connect: Connect = websocket.create_connection,
    ) -> None:
        super().__init__(visitor, slug, patience=10, connect=connect)
        self._patience = patience
        self._socket.settimeout(patience)

    def hear(self, wanted: Any) -> list[dict[str, Any]]:
        def alive(message: dict[str, Any]) -> bool:
            if message["content"].get("execution_state") in ("dead", "restarting"):
                raise GoneError
            return bool(wanted(message))

        return super().hear(alive)

    def answer(self, question: str, answer: Any) -> dict[str, Any]:
        widget, found = self.questions[question], {}

        def receipt(message: dict[str, Any]) -> bool:
            content = message["content"]
            if message["header"]["msg_type"] == "comm_msg" and content["comm_id"] == widget:
                found.update(content["data"].get("state", {}).get("receipt", {}))
            return found.get("key") == answer["key"]

        data = {"method": "update", "state": {"answer": answer}, "buffer_paths": []}
        self.send("comm_msg", {"comm_id": widget, "data": data})
        self.hear(receipt)
        return found

    def given(self, question: str) -> object:
        """What the page shows as the answer when it is loaded."""
        given = self.states[self.questions[question]]["known"]
        return given.get("text") or given.get("value")

    def leave(self) -> None:
        """Go without waiting, as a browser's beacon does."""
        self.close()
        try:
            form = {"_xsrf": self._xsrf}
            self.visitor.http.post(f"/voila/api/shutdown/{self.kernel}", data=form, timeout=0.3)
        except httpx.HTTPError:
            pass


@dataclass
class Writer:
    """A participant at a page, in a thread of their own.

    `said` is every answer by key, `acknowledged` the keys with a receipt "saved", in order;
    `unlike` tells of pages that came back with another answer than the last one.
    """

    server: Running
    name: str = "writer"
    pause: float = 0.02
    connect: Connect = websocket.create_connection
    said: dict[str, tuple[str, object]] = field(default_factory=dict)
    acknowledged: list[str] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    unlike: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    page: Page | None = None

    def __post_init__(self) -> None:
        self._ending = threading.Event()
        self.reload = threading.Event()  # somebody reloads the page
        self._pending: tuple[str, dict[str, Any]] | None = None
        self._silent = 0
        self._chance = random.Random(self.name)  # noqa: S311
        self.visitor = Visitor(self.server)
        assert self.visitor.join().status_code == 200
        token = self.visitor.token
        self.participant = self.server.store.visitor(token).participant
        self._thread = threading.Thread(target=self._write, name=self.name, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Begin no other answer."""
        self._ending.set()

    def finish(self, *, seconds: float = 60) -> None:
        """Wait until the last answer is saved, then close the page."""
        self.end()
        self._thread.join(seconds)
        assert not self._thread.is_alive(), f"{self.name} was not done: {self.troubles[-5:]}"
        if self.page:
            self.page.leave()
        self.visitor.http.close()

    def _write(self) -> None:
        while self._pending or not self._ending.is_set():
            try:
                self._step()
            except websocket.WebSocketTimeoutException as silence:
                self._silent += 1
                self._note(silence)
                if self._silent > 1:
                    self._reload()
            except TROUBLE as trouble:
                self._note(trouble)
                self._reload()
            if self._ending.wait(self.pause * self._chance.random()):
                time.sleep(0.02)

    def _step(self) -> None:
        if self.reload.is_set():
            self.reload.clear()
            self._reload()
        if not self.page:
            self.page = Page(self.visitor, connect=self.connect)
            self._compare(self.page)
        self._pending = self._pending or self._next()
        question, answer = self._pending
        receipt = self.page.answer(question, answer | {"sent": time.monotonic_ns() // 1000})
        if receipt["state"] == "saved":
            self.acknowledged.append(answer["key"])
            self._pending, self._silent = None, 0
        elif receipt["state"] == "refused":
            self.refused.append(receipt)
            self._pending = None
        else:
            time.sleep(0.2)

    def _next(self) -> tuple[str, dict[str, Any]]:
        """Make up another answer; a text is like no other."""
        answer: dict[str, Any] = {**EMPTY, "key": key()}
        if self._chance.random() < 0.3:
            question, said = RATING, self._chance.randint(1, 5)
            answer |= {"value": said}
        else:
            question, said = TEXT, f"{self.name}, sentence {len(self.said)}: «ja» 🙂"
            answer |= {"text": said, "reader": "evaluation"}
        self.said[answer["key"]] = (question, said)
        return question, answer

    def _compare(self, page: Page) -> None:
        """See that the page shows the last answers, or the one of which no receipt came."""
        for question in (TEXT, RATING):
            saved = [self.said[each][1] for each in self.acknowledged]
            mine = [said for said in saved if isinstance(said, str) == (question == TEXT)]
            expected = {mine[-1] if mine else None}
            if self._pending and self._pending[0] == question:
                expected.add(self.said[self._pending[1]["key"]][1])
            if page.given(question) not in expected:
                self.unlike.append(f"{page.given(question)!r} is none of {expected!r}")

    def _note(self, trouble: Exception) -> None:
        self.troubles.append(f"{type(trouble).__name__}: {trouble}"[:200])

    def _reload(self) -> None:
        self._silent = 0
        if self.page:
            page, self.page = self.page, None
            page.leave()
        time.sleep(0.1 + 0.2 * self._chance.random())
