"""Panel, whose page pulls its document over a WebSocket.

Protocol: https://docs.bokeh.org/en/latest/docs/dev_guide/server.html
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from bench.systems.visitor import HttpVisitor

TITLE = "Panel"
PAGE = "/panel_form"
USABLE = "count('textarea') >= TEXTS"
_TOKEN = re.compile(r'"token":"([^"]+)"')


def command(python: Path, port: int, folder: Path) -> list[str]:  # noqa: ARG001
    """Start the server."""
    script = Path(__file__).parents[1] / "apps" / "panel_form.py"
    place = [f"--port={port}", "--address=127.0.0.1", "--allow-websocket-origin=*"]
    return [str(python), "-m", "panel", "serve", str(script), *place]


def prepare(folder: Path) -> str:  # noqa: ARG001
    """Nothing to know."""
    return ""


async def cookies(origin: str, known: str) -> dict[str, str]:  # noqa: ARG001
    """None."""
    return {}


class Visitor(HttpVisitor):
    """Pulls the document as bokehjs does."""

    page = PAGE

    async def connect(self, page: str) -> None:
        """Open the WebSocket and pull the document."""
        found = _TOKEN.search(page)
        if not found:
            raise ValueError("the page came without a token")
        request = HTTPRequest(f"{self.ws}{PAGE}/ws", headers={"Origin": self.origin})
        request.connect_timeout = request.request_timeout = 900
        self.socket = await websocket_connect(
            request,
            subprotocols=["bokeh", found[1]],
            compression_options={},
            max_message_size=2**28,
        )
        await self.hear("ACK")
        for part in ({"msgid": "1", "msgtype": "PULL-DOC-REQ"}, {}, {}):
            await self.socket.write_message(json.dumps(part))
        await self.hear("PULL-DOC-REPLY")

    async def hear(self, kind: str) -> None:
        """Read up to the content of a message of that kind."""
        while (header := json.loads(await self.read()))["msgtype"] != kind:
            await self.read(2 + 2 * header.get("num_buffers", 0))
        await self.read(2 + 2 * header.get("num_buffers", 0))

    async def read(self, parts: int = 1) -> str | bytes:
        """Read parts; gives the last one."""
        part: str | bytes | None = None
        for _ in range(parts):
            part = await self.socket.read_message()
        if part is None:
            raise ConnectionError("the WebSocket was closed")
        return part

    async def leave(self) -> None:
        """Close."""
        self.socket.close()
