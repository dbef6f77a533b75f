"""What there must be before a server listens: checked content, a store, a place to listen at."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from myths import catalog
from myths.edition import content_folder
from myths.errors import MythsError
from myths.server.addresses import NetworkAddress, addresses
from myths.server.announcement import Announcement, log_start, warnings_of
from myths.store import Store, Workshop, open_store
from myths.studio import Publication

_NOWHERE = NetworkAddress("127.0.0.1")


@dataclass(frozen=True)
class Preparation:
    """What was found to be in order.

    People reach `port` by `address`, and perhaps by `others` {address: network interface}; it is
    also where a proxy in front leads. `warnings` are what whoever starts the server is to read.
    """

    content: Path
    publication: Publication | None
    store: Store
    port: int
    address: str
    others: dict[str, str]
    warnings: tuple[str, ...]

    def announcement(self) -> Announcement:
        """Gather what a person is told, with a new staff key; opens a workshop if there is none."""
        workshop = _open_workshop(self.store)
        return Announcement(
            address=self.address,
            code=workshop.code,
            zone=workshop.zone,
            key=self.store.new_staff_key(),
            others=self.others,
            warnings=self.warnings,
            opens=workshop.local(workshop.joins_from) if workshop.state == "coming" else None,
        )

    def telling(
        self, announce: Callable[[Announcement], None] | None, *, is_worker: bool = False
    ) -> Callable[[], None]:
        """Return what says that the server listens: to a person (`announce`), else to the log.

        A worker warns of nothing, since the one who started it does.
        """
        if announce:
            return partial(announce, self.announcement())
        return partial(log_start, () if is_worker else self.warnings)


def prepare(
    *,
    db: str | None,
    content: Path | None,
    notebooks: Path,
    published: Path | None,
    ip: str,
    port: int,
    behind: str,
    exit_url: str,
    seconds: float,
    is_taken: bool = False,
    pooled: bool = True,
) -> Preparation:
    """Find what `serve` needs, as it has it; `is_taken`: the port is a balancer's already.

    Raises what `serve` does.
    """
    for url in filter(None, (exit_url, behind)):
        parts = urlsplit(url)
        if parts.scheme not in ("https", "http") or not parts.hostname:
            raise MythsError(f"{url!r} is no address of a site: begin it with https://.")
    if urlsplit(behind).path.strip("/") or urlsplit(behind).query:
        raise MythsError(f"The pages cannot be below {behind!r}: give them a site of their own.")
    content = content_folder(content)
    publication = Publication.of(content, notebooks, published, seconds=seconds)
    notes = _check(content, notebooks, publication)
    served = publication.served_content if publication else content
    store = open_store(db, create=True, pooled=pooled)
    store.erase_expired()  # as Pages does every hour
    port = port if is_taken else free_port(ip, port)
    found = [] if behind else addresses(ip)
    first, *others = [f"http://{each.ip}:{port}" for each in found or [_NOWHERE]]
    return Preparation(
        content=content,
        publication=publication,
        store=store,
        port=port,
        address=behind.rstrip("/") or first,
        others=dict(zip(others, (each.interface for each in found[1:]), strict=True)),
        warnings=(
            *notes,
            *warnings_of(store, served, content, is_offline=not (behind or found)),
        ),
    )


def _check(content: Path, notebooks: Path, publication: Publication | None) -> list[str]:
    """Return what is to be said of what is served.

    Raises a fault now, before the person who starts the server, and not before thirty later.
    """
    if not any(notebooks.glob("[0-9][0-9]_*.ipynb")):
        raise MythsError(
            f"There are no notebooks in {notebooks}: name the folder above `participants` "
            "with --notebooks."
        )
    if publication:
        return publication.open()
    if faults := catalog.faults(content):
        raise catalog.ContentProblemsError(faults)
    return []


def _open_workshop(store: Store) -> Workshop:
    """Return the newest workshop that people can join, else the next one; made now if none is."""
    real = [each for each in store.workshops() if not each.rehearsal]
    for workshop in reversed(real):
        if workshop.state == "open":
            return workshop
    coming = [each for each in real if each.state == "coming"]
    return min(coming, key=lambda each: each.joins_from) if coming else store.open_workshop()


def free_port(ip: str, port: int, *, option: str = "") -> int:
    """Find that `port` is free, or any free one for 0; `option` begins what it was told by.

    Raises MythsError.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ip, port))
        except OSError as taken:
            raise MythsError(
                f"Port {port} on {ip} cannot be used ({taken.strerror}). "
                f"Close the program that uses it, choose another with --{option}port, or correct "
                f"--{option}ip."
            ) from taken
        chosen: int = probe.getsockname()[1]
        return chosen
