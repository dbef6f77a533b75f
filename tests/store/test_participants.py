from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from myths.errors import RecoveryError
from myths.store import Store, credentials, schema
from sqlalchemy import event, select, update

from tests.store.samples import asked, expire, given


@pytest.fixture
def joined(store, workshop):
    return store.join(workshop.code, language="de", consent="agreed")


def refusal(look_up, secret: str) -> str:
    with pytest.raises(RecoveryError) as caught:
        look_up(secret)
    return caught.value.reason


def test_who_joins_is_known_by_the_cookie_and_nobody_else_is(store, workshop, joined):
    visitor = store.visitor(joined.token)
    assert visitor.participant == joined.participant
    assert visitor.workshop == workshop
    assert visitor.language == "de"
    for token in ("", "x", joined.token[:-1], "\ud800\0"):
        assert refusal(store.visitor, token) == "nobody"


def test_everybody_gets_a_random_name_code_and_token_of_their_own(store, workshop, joined):
    other = store.join(workshop.code, language="de", consent="agreed")
    assert other.participant != joined.participant
    assert other.recovery != joined.recovery
    assert other.token != joined.token
    assert len(joined.participant) == 11
    assert joined.participant.startswith("p")


def test_neither_code_nor_token_is_in_the_database(store, joined):
    with store.reading() as conn:
        for table in schema.metadata.sorted_tables:
            kept = repr(conn.execute(select(table)).all())
            assert joined.token not in kept
            assert joined.recovery not in kept
            assert joined.recovery.replace("-", "") not in kept


def test_the_recovery_code_brings_one_back_to_ones_answers_on_another_device(store, joined):
    store.save(joined.participant, asked(), given(4))
    back = store.recover(joined.recovery.lower().replace("-", " "))
    assert back.participant == joined.participant
    assert back.recovery == joined.recovery
    assert back.token != joined.token
    for token in (back.token, joined.token):
        mine = store.latest(store.visitor(token).participant)
        assert mine["risk", "myth", "before"].value == 4


def test_a_recovery_code_with_a_typing_error_and_an_unknown_one_are_told_apart(store, joined):
    letter = "7" if joined.recovery[0] != "7" else "8"
    assert refusal(store.recover, letter + joined.recovery[1:]) == "mistyped"
    assert refusal(store.recover, credentials.complete("0" * 11)) == "nobody"


def test_who_leaves_is_forgotten_by_that_device_alone(store, joined):
    other = store.recover(joined.recovery)
    store.leave(joined.token)
    store.leave(joined.token)
    assert refusal(store.visitor, joined.token) == "nobody"
    assert store.visitor(other.token).participant == joined.participant


def test_a_cookie_is_good_for_fourteen_days(store, joined):
    with store.reading() as conn:
        until = conn.scalars(select(schema.sessions.c.expires_at)).one()
    assert abs(until - datetime.now(UTC) - timedelta(days=14)) < timedelta(minutes=1)
    with store.writing() as conn:
        conn.execute(update(schema.sessions).values(expires_at=datetime.now(UTC)))
    assert refusal(store.visitor, joined.token) == "away"
    assert store.visitor(store.recover(joined.recovery).token)


def test_a_closed_workshop_lets_people_back_and_an_expired_one_does_not(store, workshop, joined):
    store.close_workshop(workshop.code)
    assert store.visitor(store.recover(joined.recovery).token)
    expire(store, workshop)
    assert refusal(store.recover, joined.recovery) == "expired"
    assert refusal(store.visitor, joined.token) == "expired"


def test_who_is_behind_a_cookie_is_found_with_one_query(store: Store, joined):
    said = []
    event.listen(store.engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    store.visitor(joined.token)
    assert len([statement for statement in said if statement.startswith("SELECT")]) == 1
