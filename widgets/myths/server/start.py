"""Starting the server, and telling the trainer where they are."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from traitlets.config import Config

from myths import catalog
from myths.edition import content_folder
from myths.errors import MythsError
from myths.server.app import WorkshopApp, environment
from myths.server.assets import Assets
from myths.server.capacity import Capacity, pages_for_files
from myths.server.context import ServerContext
from myths.server.rate_limit import RateLimiter
from myths.store import Store, open_store


def serve(
    *,
    db: str | None,
    content: Path | None = None,
    notebooks: Path,
    ip: str = "127.0.0.1",
    port: int = 8866,
    behind: str = "",
    exit_url: str = "https://www.wikipedia.org/",
    most_pages: int = 0,
    announce: Callable[[str, str, str], None],
) -> None:
    """Serve the participants' and the staff's pages until the process is ended.

    `announce` gets the address, the workshop's code and a staff key once the server listens.
    An open workshop is made when there is none. `behind`: the address of a proxy in front, of whose
    X-Forwarded-For the last entry is then believed. `most_pages` limits the pages that are open at
    once (0: as many as there is memory for).

    Raises StoreError when the store cannot be opened, ContentError when the content has faults,
    MythsError when `port` is taken (0 takes any free one) or an address is none.
    """
    for url in filter(None, (exit_url, behind)):
        parts = urlsplit(url)
        if parts.scheme not in ("https", "http") or not parts.hostname:
            raise MythsError(f"{url!r} is no address of a site: begin it with https://.")
    if urlsplit(behind).path.strip("/") or urlsplit(behind).query:
        raise MythsError(f"The pages cannot be below {behind!r}: give them a site of their own.")
    content = content_folder(content)
    _check(content, notebooks)
    store = open_store(db, create=True)
    store.erase_expired()  # as Pages does every hour
    port = _free(ip, port)
    code = _open_workshop(store)
    address = behind.rstrip("/") or f"http://{_reachable(ip)}:{port}"
    key = store.new_staff_key()
    pages = WorkshopApp(
        config=Config(
            {"Voila": {"ip": ip, "port": port, "port_retries": 0, "open_browser": False}}
        ),
        root_dir=str(notebooks.resolve()),
        log_level=logging.ERROR,
        context=ServerContext(
            store=store,
            library=catalog.Library(content),
            templates=environment(),
            assets=Assets.gather(),
            limiter=RateLimiter(),
            keys=RateLimiter(times=10, total=50),
            capacity=Capacity(most=most_pages or pages_for_files()),
            exit_url=exit_url,
            address=address,
            proxied=bool(behind),
        ),
        on_ready=lambda: announce(address, code, key),
    )
    with store.serving():
        pages.launch()


def _check(content: Path, notebooks: Path) -> None:
    """Raise a fault now, before the person who starts the server, and not before thirty later."""
    if not any(notebooks.glob("[0-9][0-9]_*.ipynb")):
        raise MythsError(
            f"There are no notebooks in {notebooks}: name the folder above `participants` "
            "with --notebooks."
        )
    faults = [fault for fault in catalog.check(content) if fault.severity == "error"]
    if faults:
        raise catalog.ContentProblemsError(faults)


def _open_workshop(store: Store) -> str:
    """Return the name of the newest workshop that people can join, made now if there is none."""
    for workshop in reversed(store.workshops()):
        if workshop.state == "open" and not workshop.rehearsal:
            return workshop.code
    return store.open_workshop().code


def _free(ip: str, port: int) -> int:
    """Find that `port` is free, or any free one for 0."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ip, port))
        except OSError as taken:
            raise MythsError(
                f"Port {port} on {ip} cannot be used ({taken.strerror}). "
                "Close the program that uses it, choose another with --port, or correct --ip."
            ) from taken
        chosen: int = probe.getsockname()[1]
        return chosen


def _reachable(ip: str) -> str:
    """Name an address that phones in the room can open."""
    if ip != "0.0.0.0":  # noqa: S104  compared, not bound
        return ip
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address; nothing is sent
        except OSError:
            return socket.gethostname()
        address: str = probe.getsockname()[0]
        return address
