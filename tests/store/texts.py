"""A text that somebody wrote, and all that can be read of it in a store."""

from __future__ import annotations

from myths.store import Store, Visitor, schema
from sqlalchemy import select

MINE = "Rumpelstilzchen ist mein Name"
PLACE = ("risk", "reason", "before")


def read(store: Store, visitor: Visitor) -> str | None:
    found = store.latest(visitor.participant, key=visitor.key).get(PLACE)
    return found.text if found else None


def dump(store: Store) -> str:
    with store.reading() as conn:
        return "\n".join(
            repr(conn.execute(select(table)).all()) for table in schema.metadata.sorted_tables
        )


def worded(store: Store) -> list[tuple[str, str | None, bool]]:
    """Reader, open text, and whether there is a sealed one, of each version, in order."""
    said = schema.answers
    with store.reading() as conn:
        rows = conn.execute(
            select(said.c.reader, said.c.text, said.c.sealed.is_not(None)).order_by(said.c.seq)
        )
        return [tuple(row) for row in rows]
