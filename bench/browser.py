"""What one visit is in a real browser: bytes and requests on the wire, and when it is usable."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, sync_playwright

from bench.counting import counted
from bench.serving import Server
from bench.systems import system

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FILES = {"Stylesheet", "Script", "Font", "Image"}
FINDING = Path(__file__).with_name("usable.js").read_text(encoding="utf-8")


def chromium() -> str | None:
    """Return the system's Chromium, if there is one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def visit(server: Server) -> dict[str, Any]:
    """Open the form three times: counted through a door, then cold, then warm on the clock.

    `bytes` are all that the server sent for a first visit, compressed and with all headers;
    `files` are the addresses of the page's files, for the visitors without a browser.
    """
    its = system(server.name)
    texts = sum(block["kind"] == "text" for block in _form(server))
    condition = FINDING.replace("CONDITION", its.USABLE.replace("TEXTS", str(texts)))
    crumbs = asyncio.run(its.cookies(server.origin, server.known))
    with sync_playwright() as playwright, counted(server.port) as door:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)

        def person(origin: str) -> BrowserContext:
            context = browser.new_context(viewport={"width": 390, "height": 844})
            context.add_cookies([{"name": k, "value": v, "url": origin} for k, v in crumbs.items()])
            return context

        asked: list[tuple[str, str]] = []
        _open(person(door.origin), door.origin + its.PAGE, condition, asked)
        size = door.received
        somebody = person(server.origin)
        cold = _open(somebody, server.origin + its.PAGE, condition)
        warm = _open(somebody, server.origin + its.PAGE, condition)
        browser.close()
    travelled = [(url, kind) for url, kind in asked if not url.startswith(("data:", "blob:"))]
    place = urlsplit(door.origin).netloc
    return {
        "bytes": size,
        "requests": len(travelled),
        "requests_elsewhere": sum(urlsplit(url).netloc != place for url, _ in travelled),
        "cold_seconds": cold,
        "warm_seconds": warm,
        "files": [
            url.removeprefix(door.origin)
            for url, kind in travelled
            if kind in FILES and url.startswith(door.origin)
        ],
    }


def _open(
    context: BrowserContext,
    url: str,
    condition: str,
    asked: list[tuple[str, str]] | None = None,
) -> float:
    """Open a page of its own; gives seconds until it was usable, and notes what it asked for."""
    page = context.new_page()
    if asked is not None:
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")

        def asks(told: dict[str, Any]) -> None:
            asked.append((told.get("request", told)["url"], told.get("type", "WebSocket")))

        wire.on("Network.requestWillBeSent", asks)
        wire.on("Network.webSocketCreated", asks)
    page.goto(url, wait_until="commit", timeout=120_000)
    milliseconds = page.wait_for_function(condition, polling="raf", timeout=120_000).json_value()
    page.wait_for_timeout(1000)  # what is still on its way belongs to the visit too
    page.close()
    return float(milliseconds) / 1000


def _form(server: Server) -> Any:
    return json.loads((server.folder / "form.json").read_text(encoding="utf-8"))
