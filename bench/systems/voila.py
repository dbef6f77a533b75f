"""Stock Voila, with plain ipywidgets."""

from __future__ import annotations

import json
import re
from pathlib import Path

from bench.systems.visitor import HttpVisitor

TITLE = "stock Voila"
PAGE = "/"
USABLE = "count('textarea') >= TEXTS"
_CONFIG = re.compile(r'id="jupyter-config-data"[^>]*>(.*?)</script>', re.DOTALL)


def command(python: Path, port: int, folder: Path) -> list[str]:  # noqa: ARG001
    """Start the server."""
    notebook = Path(__file__).parents[1] / "apps" / "voila_form.ipynb"
    return [str(python), "-m", "voila", str(notebook), "--no-browser", f"--port={port}"]


def prepare(folder: Path) -> str:  # noqa: ARG001
    """Nothing to know."""
    return ""


async def cookies(origin: str, known: str) -> dict[str, str]:  # noqa: ARG001
    """None."""
    return {}


class Visitor(HttpVisitor):
    """Reads the states of all widgets from the kernel, as the page does."""

    async def connect(self, page: str) -> None:
        """Open the kernel's WebSocket."""
        from myths.rehearsal import GuestWire

        found = _CONFIG.search(page)
        if not found:
            raise ValueError("the page came without a kernel")
        self.kernel = json.loads(found[1])["kernelId"]
        url = f"{self.origin}/api/kernels/{self.kernel}/channels"
        self.wire = await GuestWire.open(
            url, headers={"Cookie": self.cookie, "Origin": self.origin}
        )

    async def leave(self) -> None:
        """Send the beacon, which stock Voila refuses, and close."""
        await self.fetch(f"/voila/api/shutdown/{self.kernel}", "")
        self.wire.close()
