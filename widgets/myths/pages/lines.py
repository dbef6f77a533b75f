"""What the server and a page's kernel write to each other over their wire: JSON, a line each.

The server passes on what a page said, with the number of the page's link. The kernel answers with
lines that begin with whom they are for, and with DONE once it has dealt with a message: it takes
them one after the other, so the server knows which one that was.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from jupyter_client.session import json_packer

ALL = 0  # for every link of a page
DONE = b"done"
KEPT = b"kept "  # begins what a page said if the server has saved the answer in it
INFO = "comm_info"  # by which a page asks what widgets there are


def said(link: int, message: Mapping[str, Any]) -> bytes:
    """Write what a page said. Raises ValueError or RecursionError if that cannot be written."""
    told = [message[name] for name in ("header", "metadata", "content")]
    return json.dumps([link, *told]).encode() + b"\n"


def read_said(line: bytes) -> tuple[int, dict[str, Any]]:
    """Read what a page said, as a message of Jupyter's, and by which link."""
    link, header, metadata, content = json.loads(line)
    parts = {"header": header, "metadata": metadata, "content": content}
    return link, {**parts, "parent_header": {}, "buffers": []}


def answer(
    link: int,
    kind: str,
    content: Mapping[str, Any],
    *,
    metadata: Mapping[str, Any] | None = None,
    to: str = "",
) -> bytes:
    """Write what a page is to hear; `to` is the id of the message that it answers."""
    message = {
        "channel": "shell" if to else "iopub",
        "header": {"msg_type": kind},
        "parent_header": {"msg_id": to} if to else {},
        "metadata": metadata or {},
        "content": content,
    }
    return b"%d %s\n" % (link, json_packer(message))


def read_answer(line: bytes) -> tuple[int, str]:
    """Read for which link a line is, and the message in it as a page takes it."""
    link, _, message = line.partition(b" ")
    return int(link), message.decode(errors="replace")


def comm_info(link: int, message: Mapping[str, Any], comms: Mapping[str, str]) -> bytes:
    """Answer what widgets there are; `comms` has the targets by the comms' ids."""
    wanted = message["content"].get("target_name")
    found = {
        name: {"target_name": target} for name, target in comms.items() if wanted in (None, target)
    }
    content = {"status": "ok", "comms": found}
    return answer(link, f"{INFO}_reply", content, to=message["header"]["msg_id"])


class LineReader:
    """Cuts what comes over a wire into lines."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Take what came, and yield the lines that are complete."""
        *lines, rest = data.split(b"\n")
        for line in lines:
            yield b"".join((*self._pieces, line))
            self._pieces.clear()
        if rest:
            self._pieces.append(rest)
