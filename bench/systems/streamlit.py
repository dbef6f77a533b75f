"""Streamlit, whose page asks over a WebSocket for its script to be run."""

from __future__ import annotations

from pathlib import Path

from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from bench.systems.visitor import HttpVisitor

TITLE = "Streamlit"
PAGE = "/"
USABLE = "count('textarea') >= TEXTS"


def command(python: Path, port: int, folder: Path) -> list[str]:  # noqa: ARG001
    """Start the server."""
    script = Path(__file__).parents[1] / "apps" / "streamlit_form.py"
    options = ["--server.headless=true", "--browser.gatherUsageStats=false"]
    place = [f"--server.port={port}", "--server.address=127.0.0.1"]
    return [str(python), "-m", "streamlit", "run", str(script), *options, *place]


def prepare(folder: Path) -> str:  # noqa: ARG001
    """Nothing to know."""
    return ""


async def cookies(origin: str, known: str) -> dict[str, str]:  # noqa: ARG001
    """None."""
    return {}


class Visitor(HttpVisitor):
    """Has the script run; needs Streamlit's own message classes, so its own Python."""

    async def prepare(self) -> None:
        """Load the classes."""
        from streamlit.proto.BackMsg_pb2 import BackMsg
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        self.back, self.forward = BackMsg, ForwardMsg

    async def connect(self, page: str) -> None:  # noqa: ARG002
        """Open the WebSocket and wait until the script has run."""
        request = HTTPRequest(f"{self.ws}/_stcore/stream", headers={"Origin": self.origin})
        request.connect_timeout = request.request_timeout = 900
        self.socket = await websocket_connect(
            request, subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN"], compression_options={}
        )
        ask = self.back()
        ask.rerun_script.query_string = ""
        await self.socket.write_message(ask.SerializeToString(), binary=True)
        texts = 0
        while raw := await self.socket.read_message():
            message = self.forward.FromString(raw)
            texts += message.delta.new_element.WhichOneof("type") == "text_area"
            if message.WhichOneof("type") == "script_finished" and texts:
                return
        raise ConnectionError("the WebSocket was closed")

    async def leave(self) -> None:
        """Close."""
        self.socket.close()
