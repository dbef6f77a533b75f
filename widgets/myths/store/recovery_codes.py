"""Recovery codes while somebody is in: shown until they are kept, and renewed.

A code that was drawn stays readable for its own visit, sealed with a key that only the cookie
makes (as the author's key is), until its owner says that it is kept, or for half a day. The hash of
a code that was renewed stays as long as its owner: so whoever types it is told, and whoever is
erased stays erased when a backup from before the renewal comes back.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import insert, select, update

from myths.store import credentials, encryption
from myths.store.database import Database
from myths.store.participants import code_place, gone, readable, visitor
from myths.store.salts import salt
from myths.store.schema import participants, replaced, sessions

_NOTHING = {"code": None, "code_until": None}


def unkept_code(database: Database, token: str) -> str:
    """Return the recovery code that a visit's owner has yet to keep; empty without one."""
    mine = sessions.c.token == credentials.hash_token(token)
    query = select(sessions.c.code, participants.c.name).join_from(sessions, participants)
    with database.reading() as conn:
        row = conn.execute(query.where(mine, sessions.c.code_until > datetime.now(UTC))).first()
    if row is None or row.code is None:
        return ""
    try:
        key = encryption.key_of_token(token)
        return encryption.unwrap(row.code, key, code_place(row.name)).decode()
    except encryption.UnopenedText:
        return ""  # damaged: a new one can be made


def keep_code(database: Database, token: str) -> None:
    """Forget the code that was shown: its owner has kept it."""
    with database.writing() as conn:
        conn.execute(
            update(sessions)
            .where(sessions.c.token == credentials.hash_token(token))
            .values(**_NOTHING)
        )


def renew_code(database: Database, token: str) -> str:
    """Make a new recovery code for whoever is in; the one before opens nothing from now on.

    Raises RecoveryError as `visitor` does. It takes about 50 ms on purpose.
    """
    who = visitor(database, token)
    code = credentials.new_recovery_code()
    with database.reading() as conn:
        mark, code_key = credentials.stretch(code, salt(conn))
    them = participants.c.name == who.participant
    query = select(participants.c.id, participants.c.recovery).where(them).with_for_update()
    with database.writing() as conn:
        row = conn.execute(query).first()
        if row is None:
            raise gone(conn, who.visit)
        conn.execute(insert(replaced).values(mark=row.recovery, participant=row.id))
        wrapped = encryption.wrap(who.key, code_key, who.participant)
        conn.execute(update(participants).where(them).values(recovery=mark, wrapped_key=wrapped))
        theirs = update(sessions).where(sessions.c.participant == row.id)
        conn.execute(theirs.values(**_NOTHING))
        shown = readable(code, token, who.participant)
        conn.execute(theirs.where(sessions.c.token == who.visit).values(**shown))
    return code
