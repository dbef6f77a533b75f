"""What people were told before they joined a workshop, where two states of it come together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select, update

from myths.store.schema import workshops

_NAMED = ("code", "opened_at")  # what makes two rows the same workshop
_TOLD = ("pooled_at", "expires_at", "k")


def strictest(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Return of both what keeps the promises of both: erased earlier, shown of more people.

    Withdrawing lasts as long as in either, and no longer than the workshop.
    """
    expires = min(one["expires_at"], other["expires_at"])
    return {
        "expires_at": expires,
        "joins_until": min(one["joins_until"], expires),
        "pooled_at": min(max(one["pooled_at"], other["pooled_at"]), expires),
        "k": max(one["k"], other["k"]),
    }


def told(conn: Connection) -> list[dict[str, Any]]:
    """Return what people were told of each workshop."""
    columns = [workshops.c[name] for name in (*_NAMED, *_TOLD)]
    return [dict(row) for row in conn.execute(select(*columns)).mappings()]


def keep(conn: Connection, before: Iterable[Mapping[str, Any]]) -> None:
    """Keep what people were told of workshops that are there again, in an earlier state."""
    for each in before:
        row = (workshops.c.code == each["code"]) & (workshops.c.opened_at == each["opened_at"])
        now = conn.execute(select(workshops).where(row)).mappings().first()
        if now is not None:
            conn.execute(update(workshops).where(row).values(strictest(dict(now), each)))
