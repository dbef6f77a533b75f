"""Who can read a text is a promise about all its copies, and "only me" means nobody else."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from time import sleep

import myths
import pytest
from myths.errors import AnswerError, StoreError
from myths.store import Joined, QuestionKey, Store, Visitor, encryption, open_store, schema
from myths.store.answers import place
from sqlalchemy import event, func, select, update

from tests.store.samples import FOREIGN_WORDS, asked, given, written
from tests.store.traces import traces

MINE = "Rumpelstilzchen ist mein Name"
PLACE = ("risk", "reason", "before")


@pytest.fixture
def joined(store: Store, workshop) -> Joined:
    return store.join(workshop.code, language="en", consent="agreed")


@pytest.fixture
def visitor(store: Store, joined: Joined) -> Visitor:
    return store.visitor(joined.token)


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


def shown(store) -> str:
    """All tables of a snapshot."""
    with store.snapshot(rehearsal=True) as tables:
        frames = [*tables.pieces(), tables.answers(), tables.history(), tables.participants()]
        frames.append(tables.questions())
        return "".join(frame.to_csv() for frame in frames) + str(tables.workshops())


READS = {  # what gives somebody's words to somebody else, and is to be told about them
    "answers": lambda store, _: store.answers(history=True, rehearsal=True),
    "snapshot": lambda store, _: shown(store),
    "joined": lambda store, _: store.joined(),
    "participants": lambda store, _: store.participants(rehearsal=True),
    "questions": lambda store, _: store.questions(),
    "workshops": lambda store, _: store.workshops(),
    "workshop": lambda store, visitor: store.workshop(visitor.workshop.code),
    "erasings": lambda store, _: store.erasings(),
    "batches": lambda store, visitor: store.batches(
        visitor.workshop.code, QuestionKey(*PLACE), rule=lambda *_: None
    ),
    "latest": lambda store, visitor: store.latest(visitor.participant).get(PLACE),
}
OWN = {
    "answer_versions",
    "visitor",
    "join",
    "recover",
}  # for the person alone: behind a code or a key
COPIES = {"backup", "merge"}  # the whole store, sealed as it is
WRITES = {
    *("open_workshop", "close_workshop", "leave", "save", "erase_answer"),
    *("erase_participant", "erase_workshop", "erase_expired"),
}
PLUMBING = {
    *("reading", "writing", "outside", "empty_log", "serving", "warm_up"),
    *("new_staff_key", "let_staff_in", "is_staff", "let_staff_out", "revoke_staff"),
    *("place", "address", "engine"),
}


def test_every_door_of_the_store_is_known_here():
    doors = {name for name in dir(Store) if not name.startswith("_")}
    assert doors | {"place", "address", "engine"} == (
        READS.keys() | OWN | WRITES | COPIES | PLUMBING
    )


@pytest.mark.parametrize("name", READS)
def test_no_reading_function_gives_words_that_are_not_for_its_reader(store, visitor, name):
    who = visitor.participant
    store.save(who, written(), given(text=f"{MINE} earlier", reader="evaluation"))
    store.save(who, written(), given(text=MINE, reader="me"))
    store.save(who, written("else"), given(text=f"{MINE} group", reader="group"))
    store.save(who, written("back"), given(text=f"{MINE} back", reader="evaluation"))
    store.save(who, written("back"), given())
    found = READS[name](store, visitor)
    told = found.to_csv() if hasattr(found, "to_csv") else repr(found)
    assert "Rumpelstilzchen" not in told


def test_neither_the_evaluation_nor_anybody_else_gets_it(store, workshop, visitor):
    store.save(visitor.participant, written(), given(text=MINE, reader="me"))
    for table in (
        store.answers(),
        store.answers(history=True),
        myths.wide(store.address),
        store.questions(),
    ):
        assert MINE not in table.to_csv()
        assert "sealed" not in table.columns
    other = store.visitor(store.join(workshop.code, language="en", consent="").token)
    assert store.latest(visitor.participant, key=other.key) == {}


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


@pytest.mark.parametrize("reader", ["group", "evaluation"])
def test_a_text_that_is_taken_back_is_gone_in_all_its_versions(url, store, visitor, reader):
    person = visitor.participant
    for text in (MINE, MINE + "!", MINE + "?"):
        store.save(person, written(), given(text=text, reader=reader))
    store.save(person, written("other"), given(text="kept", reader=reader))
    store.save(person, written(), given(text=MINE, reader="me"))
    assert worded(store)[:3] == [(reader, None, False)] * 3  # that there were versions stays known
    assert worded(store)[3:] == [(reader, "kept", False), ("me", None, True)]
    if url.startswith("postgresql"):
        store.erase_expired()  # as a server does every hour
    assert traces(url, "Rumpelstilzchen") == 0
    assert read(store, visitor) == MINE


def test_a_text_that_is_opened_to_others_is_a_new_answer_in_plain(store, visitor):
    store.save(visitor.participant, written(), given(text=MINE, reader="me"))
    store.save(visitor.participant, written(), given(text=MINE, reader="evaluation"))
    assert worded(store) == [("me", None, False), ("evaluation", MINE, False)]
    assert list(store.answers()["text"]) == [MINE]
    assert read(store, visitor) == MINE


@pytest.mark.parametrize("later", [{}, {"declined": True}, {"text": "new", "reader": "group"}])
@pytest.mark.parametrize("reader", ["me", "group", "evaluation"])
def test_only_the_latest_version_of_a_text_keeps_its_words(store, visitor, reader, later):
    store.save(visitor.participant, written(), given(text=MINE, reader=reader))
    store.save(visitor.participant, written(wording="f" * 12), given(**later))
    assert worded(store)[0] == (reader, None, False)
    assert len(worded(store)) == 2
    assert MINE not in dump(store)


def test_other_texts_and_earlier_ratings_stay_as_they_are(store, workshop, visitor):
    other = store.join(workshop.code, language="en", consent="").participant
    store.save(other, written(), given(text="theirs", reader="group"))
    store.save(visitor.participant, written(phase="after"), given(text="later", reader="group"))
    store.save(visitor.participant, written(module="harm"), given(text="harm", reader="group"))
    for value in (1, 2):
        store.save(visitor.participant, asked(), given(value))
    store.save(visitor.participant, written(), given(text="mine", reader="me"))
    assert [text for _, text, _ in worded(store) if text] == ["theirs", "later", "harm"]
    assert list(store.answers(history=True)["value"].dropna()) == [1, 2]


def test_of_versions_that_come_at_once_one_keeps_its_words(store, visitor):
    def save(reader: str) -> None:
        store.save(visitor.participant, written(), given(text=MINE, reader=reader))

    def linger(_conn, _cursor, statement, *_):
        if statement.startswith("UPDATE answers"):
            sleep(0.05)  # so that the others come before this one is done

    event.listen(store.engine, "after_cursor_execute", linger)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(save, ["me", "group", "evaluation", "me"]))
    rows = worded(store)
    assert [bool(text or sealed) for _, text, sealed in rows] == [False, False, False, True]


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
