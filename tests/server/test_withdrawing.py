"""A participant erases all that they said, and only they, and only after saying so twice."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from myths.store import Asked, Given

from tests.server.conftest import Running, Visitor

ASKED = Asked("risk", "myth", "before", "rating", "en", "0" * 12, {"question": "?"})


@pytest.fixture
def room(server: Running) -> Running:
    return server.another_workshop()


def answered(room: Running) -> Visitor:
    """Somebody who has joined and given one answer."""
    visitor = Visitor(room)
    visitor.join()
    person = room.store.visitor(visitor.http.cookies["visit"]).participant
    given = Given(key=str(uuid.uuid4()), value=3, text=None, declined=False, reader=None)
    room.store.save(person, ASKED, given)
    return visitor


def test_everything_is_erased_and_the_browser_forgets(room: Running):
    first, second = answered(room), answered(room)
    page = first.send("/withdraw", sure="yes")
    assert "Your answers are erased" in page.text
    assert "visit" not in first.http.cookies
    assert len(room.store.answers(workshop=room.code)) == 1
    assert len(room.store.participants(workshop=room.code)) == 1
    assert "Your answers are erased" not in second.http.get(room.url("/")).text


def test_without_the_tick_nothing_is_erased(room: Running):
    visitor = answered(room)
    page = visitor.send("/withdraw")
    assert page.status_code == 400
    assert "Nothing was erased" in page.text
    assert len(room.store.answers(workshop=room.code)) == 1


def test_after_the_pooling_date_it_is_told_that_it_is_too_late(server: Running):
    then = datetime.now(UTC) - timedelta(days=2)
    late = server.store.open_workshop(now=then, days=30, pool_days=1)
    visitor = Visitor(server)
    visitor.join(late.code)
    assert "pooling date is over" in visitor.http.get(server.url("/withdraw")).text
    assert visitor.send("/withdraw", sure="yes").status_code == 400
    assert len(server.store.participants(workshop=late.code)) == 1


def test_who_has_not_joined_is_led_to_the_first_page(room: Running):
    visitor = Visitor(room)
    reply = visitor.http.get(room.url("/withdraw"), follow_redirects=False)
    assert reply.status_code == 303
    assert reply.headers["location"] == "/"
