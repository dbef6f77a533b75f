"""Who can read a text is a promise about all its copies, and "only me" means nobody else."""

from __future__ import annotations

import re

import pytest
from myths.errors import AnswerError, StoreError
from myths.store import Store, encryption, open_store, schema
from myths.store.answers import place
from sqlalchemy import func, select, update

from tests.store.samples import FOREIGN_WORDS, given, written
from tests.store.texts import MINE, PLACE, dump, read, worded
from tests.store.traces import traces


@pytest.mark.parametrize("text", [MINE, *FOREIGN_WORDS, "x" * 2000])
def test_a_text_for_only_me_is_read_by_its_author_alone(store, visitor, text):
    store.save(visitor.participant, written(), given(text=text, reader="me"))
    assert read(store, visitor) == text
    assert text not in dump(store)
    assert store.latest(visitor.participant) == {}


def test_no_byte_of_it_is_in_the_files(url, store, visitor):
    store.save(visitor.participant, written(), given(text=MINE, reader="me"))
    assert traces(url, "Rumpelstilzchen") == 0
    store.save(visitor.participant, written("other"), given(text=MINE, reader="group"))
    assert traces(url, "Rumpelstilzchen") > 0  # it would be found


def test_a_text_without_a_reader_is_refused_so_that_nobody_guesses_who_may_read_it(store, visitor):
    with pytest.raises(AnswerError):
        store.save(visitor.participant, written(), given(text=MINE))
    assert worded(store) == []


def test_neither_codes_nor_cookies_nor_keys_are_in_the_files(url, store, joined, visitor):
    back = store.recover(joined.recovery)
    assert traces(url, joined.recovery, joined.token, back.token) == 0
    assert traces(url, visitor.participant) > 0  # it would be found
    kept = dump(store)
    assert repr(visitor.key)[2:-1] not in kept
    assert visitor.key.hex() not in kept
    for shown in (repr(joined), repr(visitor), repr(back)):
        assert joined.recovery not in shown
        assert back.token not in shown
        assert "key=" not in shown


def all_that_is_held(store: Store) -> set[bytes]:
    """Every value of the database as bytes, and the bytes that a hash in letters stands for."""
    held: set[bytes] = set()
    with store.reading() as conn:
        for table in schema.metadata.sorted_tables:
            for value in (each for row in conn.execute(select(table)) for each in row):
                held.add(value if isinstance(value, bytes) else str(value).encode())
    hashes = {value for value in held if re.fullmatch(rb"[0-9a-f]{64}", value)}
    assert len(hashes) == 2  # of the code and of the cookie
    return held | {bytes.fromhex(value.decode()) for value in hashes}


def test_nothing_that_the_database_holds_opens_a_key_or_a_text(store, visitor):
    store.save(visitor.participant, written(), given(text=MINE, reader="me"))
    with store.reading() as conn:
        wrapped = [*conn.scalars(select(schema.sessions.c.wrapped_key))]
        wrapped += conn.scalars(select(schema.participants.c.wrapped_key))
        sealed, key = conn.execute(select(schema.answers.c.sealed, schema.answers.c.key)).one()
    belongs = place(visitor.participant, *PLACE, key)
    held = all_that_is_held(store)
    tries = {value[:32].ljust(32, b"\0") for value in held}
    tries |= {encryption.key_of_token(value.decode("latin-1")) for value in held}
    for guess in tries:
        for each in wrapped:
            with pytest.raises(encryption.UnopenedText):
                encryption.unwrap(each, guess, visitor.participant)
        with pytest.raises(encryption.UnopenedText):
            encryption.unseal(sealed, guess, *belongs)
    assert encryption.unseal(sealed, visitor.key, *belongs) == MINE


def test_the_recovery_code_shows_it_in_another_browser(store, joined, visitor):
    store.save(visitor.participant, written(), given(text=MINE, reader="me"))
    elsewhere = store.visitor(store.recover(joined.recovery).token)
    assert elsewhere.key == visitor.key
    assert read(store, elsewhere) == MINE
    store.save(visitor.participant, written(), given(text="from there", reader="me"))
    assert read(store, visitor) == "from there"


def keys_of_browsers(store: Store) -> int:
    with store.reading() as conn:
        return conn.scalars(select(func.count(schema.sessions.c.wrapped_key))).one()


def test_who_leaves_takes_the_key_of_that_browser_away(store, joined):
    store.recover(joined.recovery)
    assert keys_of_browsers(store) == 2
    store.leave(joined.token)
    assert keys_of_browsers(store) == 1
    store.erase_participant(joined.participant)
    assert keys_of_browsers(store) == 0


def test_the_key_of_a_cookie_whose_time_is_over_goes_within_the_hour(store, joined, visitor):
    with store.writing() as conn:
        conn.execute(update(schema.sessions).values(expires_at=visitor.workshop.opened_at))
    store.erase_expired()
    assert keys_of_browsers(store) == 0


def test_a_text_that_somebody_moved_is_not_read_and_the_log_tells_no_words(store, visitor, caplog):
    for item in ("reason", "other"):
        store.save(visitor.participant, written(item), given(text=f"{MINE} {item}", reader="me"))
    with store.writing() as conn:
        sealed = conn.scalars(select(schema.answers.c.sealed)).all()
        conn.execute(update(schema.answers).values(sealed=sealed[0]))
    assert list(store.latest(visitor.participant, key=visitor.key)) == [PLACE]
    versions = store.answer_versions(visitor.participant, key=visitor.key)
    assert [each.opened for each in versions] == [True, False]
    assert "cannot be opened" in caplog.text
    assert MINE not in caplog.text


def test_a_damaged_key_is_told_with_the_remedy(store, joined):
    with store.writing() as conn:
        conn.execute(update(schema.sessions).values(wrapped_key=b"x" * 60))
        conn.execute(update(schema.participants).values(wrapped_key=b"x" * 60))
    for look_up, secret in ((store.visitor, joined.token), (store.recover, joined.recovery)):
        with pytest.raises(StoreError, match="backup"):
            look_up(secret)


def test_who_has_no_key_yet_keeps_no_text_for_only_me(store, visitor):
    with store.writing() as conn:
        conn.execute(update(schema.participants).values(public_key=None))
    with pytest.raises(AnswerError, match="recovery code"):
        store.save(visitor.participant, written(), given(text=MINE, reader="me"))
    assert worded(store) == []


def test_another_process_opens_it_with_the_key_alone(url, store, visitor):
    store.save(visitor.participant, written(), given(text=MINE, reader="me"))
    assert read(open_store(url), visitor) == MINE
