"""Starting the server, and telling the trainer where they are."""

from __future__ import annotations

import atexit
import glob
import logging
import os
import shutil
import socket
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import psutil
from jupyter_core.paths import jupyter_runtime_dir
from traitlets.config import Config

from myths import catalog
from myths.edition import CONTENT_VARIABLE, content_folder
from myths.errors import MythsError
from myths.pages import SECONDS
from myths.server.addresses import NetworkAddress, addresses
from myths.server.app import WorkshopApp, environment
from myths.server.assets import Assets
from myths.server.capacity import Capacity, connections_for, most_files, pages_for, return_memory
from myths.server.context import ServerContext
from myths.server.disk import is_remote
from myths.server.join_address import JoinAddress
from myths.server.made_up_crowd import MadeUpCrowds
from myths.server.rate_limit import Quota, RateLimiter
from myths.store import Store, Workshop, open_store

_NOWHERE = NetworkAddress("127.0.0.1")
_REMOTE = (
    "The database is on a network drive, where answers can be lost: choose a place on a disk of "
    "this computer, with --db."
)
_COPIED = "The database was brought up to date. What it was before is kept for a week, in {}."
_SUPPORT = (
    "Some support lines are not checked. Participants do not see these, and read that they can ask "
    "you: have your own list at hand."
)
_COUNTRY = (
    "There are no support lines for the country of these workshops: {}. Put a file with lines into "
    "content/support, or open a workshop for another country."
)
_OFFLINE = "This computer is in no network now, so phones cannot open this link."


@dataclass(frozen=True)
class Announcement:
    """What whoever starts the server is told once it listens.

    `address` is where people go, with the workshop's `code`; its dates are those of the time
    `zone`. If it opens later, `opens` says when, by the clocks there. `others` {address: network
    interface} are further ones that may lead here. `key` opens the trainers' pages. `warnings` are
    to be read.
    """

    address: str
    code: str
    zone: str
    key: str
    others: dict[str, str]
    warnings: tuple[str, ...]
    opens: datetime | None = None


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
    seconds: float = SECONDS,
    announce: Callable[[Announcement], None],
) -> None:
    """Serve the participants' and the staff's pages until the process is ended.

    `announce` is called once the server listens. An open workshop is made when there is none.
    `behind`: the address of a proxy in front, of whose X-Forwarded-For the last entry is then
    believed. `most_pages` limits the pages that are open at once (0: as many as there is memory
    for); the cells of a page may take `seconds`.

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
    found = [] if behind else addresses(ip)
    first, *others = [f"http://{each.ip}:{port}" for each in found or [_NOWHERE]]
    workshop = _open_workshop(store)
    told = Announcement(
        address=behind.rstrip("/") or first,
        code=workshop.code,
        zone=workshop.zone,
        key=store.new_staff_key(),
        others=dict(zip(others, (each.interface for each in found[1:]), strict=True)),
        warnings=_warnings(store, content, is_offline=not (behind or found)),
        opens=workshop.local(workshop.joins_from) if workshop.state == "coming" else None,
    )
    copies, files = _copies_folder(), most_files()
    joining = JoinAddress(store, ip=ip, port=port)
    crowds = MadeUpCrowds(
        address=joining.own,
        settings={"MYTHS_DB": store.address, CONTENT_VARIABLE: str(content)},
    )
    pages = WorkshopApp(
        config=Config(
            {"Voila": {"ip": ip, "port": port, "port_retries": 0, "open_browser": False}}
        ),
        root_dir=str(notebooks.resolve()),
        log_level=logging.ERROR,
        context=ServerContext(
            store=store,
            tag=store.tag(),
            library=catalog.Library(content, under=copies),
            copies=copies,
            templates=environment(),
            assets=Assets.gather(),
            limiter=RateLimiter(common=Quota(600, 20)),  # workshop codes are short
            recoveries=RateLimiter(),
            keys=RateLimiter(times=10),
            tests=RateLimiter(times=200),
            capacity=Capacity(most=most_pages or pages_for(files)),
            exit_url=exit_url,
            address=told.address,
            joining=joining,
            crowds=crowds,
            proxied=bool(behind),
            seconds=seconds,
        ),
        most_connections=connections_for(files),
        on_ready=lambda: announce(told),
    )
    return_memory()
    atexit.register(crowds.stop)
    with store.serving():
        pages.launch()


def _warnings(store: Store, content: Path, *, is_offline: bool) -> tuple[str, ...]:
    doubt, file = store.clock_doubt(), store.file
    copies = ", ".join(str(path) for path in store.copies())
    unchecked = "\n".join(map(str, catalog.check_support(content)))
    unnamed = "\n".join(map(str, catalog.check_organiser(content)))
    served = {each.country for each in catalog.load(content).support}
    lost = {
        f"{each.code} ({each.country})"
        for each in store.workshops()
        if each.state != "expired" and each.country not in served
    }
    told = {
        str(doubt): doubt is not None,
        _OFFLINE: is_offline,
        _REMOTE: file is not None and is_remote(file),
        _COPIED.format(copies): bool(copies),
        f"{_SUPPORT}\n{unchecked}": bool(unchecked),
        _COUNTRY.format(", ".join(sorted(lost))): bool(lost),
        unnamed: bool(unnamed),
    }
    return tuple(warning for warning, applies in told.items() if applies)


def _copies_folder() -> Path:
    """Make this server's folder for copies, and remove those of servers that were killed.

    It is where this account's servers keep what only they need; nothing cleans up there meanwhile.
    """
    runtime, ours = _runtime_folder(), f"myths-{socket.gethostname()}-"
    folder = runtime / f"{ours}{os.getpid()}"
    for each in runtime.glob(f"{glob.escape(ours)}*"):
        number = each.name.removeprefix(ours)
        if each == folder or not (number.isdigit() and psutil.pid_exists(int(number))):
            shutil.rmtree(each, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _runtime_folder() -> Path:
    """Return the folder of this account's servers, or a new one if it has no home to write to."""
    folder = Path(jupyter_runtime_dir())
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="myths-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        os.environ["JUPYTER_RUNTIME_DIR"] = str(folder)  # for Jupyter, and its kernels
    return folder


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


def _open_workshop(store: Store) -> Workshop:
    """Return the newest workshop that people can join, else the next one; made now if none is."""
    real = [each for each in store.workshops() if not each.rehearsal]
    for workshop in reversed(real):
        if workshop.state == "open":
            return workshop
    coming = [each for each in real if each.state == "coming"]
    return min(coming, key=lambda each: each.joins_from) if coming else store.open_workshop()


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
