"""A door between browser and server that counts what comes through, compressed as it travels."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass


@dataclass
class Door:
    """`origin` is where the browser goes; `received` are the bytes that it got from the server."""

    origin: str = ""
    received: int = 0


@contextmanager
def counted(port: int) -> Iterator[Door]:
    """Open a door to a server on this machine; it is closed at the end."""
    door, loop, is_open = Door(), asyncio.new_event_loop(), threading.Event()

    async def run() -> None:
        async def enter(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            from_server, to_server = await asyncio.open_connection("127.0.0.1", port)
            await asyncio.gather(
                _pass(reader, to_server), _pass(from_server, writer, door), return_exceptions=True
            )

        listening = await asyncio.start_server(enter, "127.0.0.1", 0)
        door.origin = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
        is_open.set()
        with suppress(asyncio.CancelledError):
            await listening.serve_forever()

    running = loop.create_task(run())
    thread = threading.Thread(target=loop.run_until_complete, args=(running,))
    thread.start()
    is_open.wait()
    try:
        yield door
    finally:
        loop.call_soon_threadsafe(running.cancel)
        thread.join()


async def _pass(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, door: Door | None = None
) -> None:
    """Pass on all that comes, and the end of it."""
    try:
        while piece := await reader.read(2**16):
            if door:
                door.received += len(piece)
            writer.write(piece)
            await writer.drain()
    finally:
        writer.close()
