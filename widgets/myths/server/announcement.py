"""What whoever starts the server is told."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from myths import catalog
from myths.edition import shown
from myths.errors import ContentError
from myths.server.disk import is_remote
from myths.store import Store

log = logging.getLogger(__name__)

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
    "There are workshops for countries without support lines: {}. Put a file with lines into "
    "content/support, or open a workshop for another country."
)
_UNFINISHED = (
    "These modules are still being written, and nobody but you sees them: {}. Trainers show them "
    "to people at /staff/studio/new, once they are whole."
)
_POOLER = (
    "A pooler, such as PgBouncer, stands before the database. Unless it pools whole sessions, name "
    "the way past it in MYTHS_DB_DIRECT."
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


def warnings_of(store: Store, content: Path, draft: Path, *, is_offline: bool) -> tuple[str, ...]:
    """Return what is to be read of the store and of the `content` that participants see."""
    doubt, file = store.clock_doubt(), store.file
    copies = ", ".join(str(path) for path in store.copies())
    there, here = shown(content), shown(draft)
    unchecked = "\n".join(str(each.moved(there, here)) for each in catalog.check_support(content))
    unnamed = "\n".join(str(each.moved(there, here)) for each in catalog.check_organiser(content))
    served = {each.country for each in catalog.load(content).support}
    lost = {
        each.country
        for each in store.workshops()
        if each.state != "expired" and each.country not in served
    }
    drafts: tuple[str, ...] = ()
    with suppress(ContentError):  # a draft with faults is said to have them
        drafts = catalog.load(draft).series.drafts
    told = {
        str(doubt): doubt is not None,
        _OFFLINE: is_offline,
        _REMOTE: file is not None and is_remote(file),
        _POOLER: store.meets_pooler(),
        _COPIED.format(copies): bool(copies),
        f"{_SUPPORT}\n{unchecked}": bool(unchecked),
        _COUNTRY.format(", ".join(sorted(lost))): bool(lost),
        _UNFINISHED.format(", ".join(drafts)): bool(drafts),
        unnamed: bool(unnamed),
    }
    return tuple(warning for warning, applies in told.items() if applies)


def log_start(warnings: Iterable[str]) -> None:
    """Write to the log that the server listens, and what its operator is to know."""
    root = logging.getLogger()
    root.setLevel(min(root.level, logging.WARNING))
    log.info("the server listens")
    for warning in warnings:
        log.warning("%s", warning)
