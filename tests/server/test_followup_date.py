"""The day of the follow-up is told where people look for it, and the calendar tells nobody why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import icalendar
import pytest
from myths import catalog
from myths.languages import long_date

from tests.server.conftest import Running, Visitor, read, recovery_code
from tests.server.test_coming_back import place

SAYS = catalog.load().ui
SUBJECT = re.compile(
    r"myth|violen|perpetrator|programme|partner|survivor|victim|women|abuse|workshop|safe|https?:|@",
    re.IGNORECASE,
)


@pytest.fixture
def late(server: Running) -> Iterator[Visitor]:
    """Somebody of a workshop of months ago."""
    with Visitor(server.earlier_workshop()) as someone:
        someone.join()
        yield someone


@pytest.fixture
def today(visitor: Visitor) -> Visitor:
    """Somebody of a workshop of today."""
    visitor.join()
    return visitor


def day(server: Running) -> date:
    """When the follow-up of the server's workshop is."""
    return server.store.workshop(server.code).followup_date


def test_the_date_is_told_with_the_day_from_which_the_questions_are_asked(today: Visitor):
    page = today.get("/date")
    assert SAYS.date.when.format(date=long_date(day(today.server), "en")) in read(page)
    opens = today.server.store.workshop(today.server.code).followup_opens
    assert SAYS.date.early.format(date=long_date(opens, "en")) in read(page)
    assert "/m/followup" not in page.text


def test_on_the_first_day_nobody_is_asked_what_became_of_three_months(today: Visitor):
    assert place(today.get("/m/followup")) == "/date"
    for path in ("/", "/withdraw"):
        page = today.get(path).text
        assert 'href="/date"' in page
        assert "/m/followup" not in page


def test_in_its_time_every_way_leads_to_the_questions(late: Visitor):
    for path in ("/", "/withdraw", "/date"):
        assert 'href="/m/followup"' in late.get(path).text
    assert SAYS.date.open in read(late.get("/date"))
    late.send("/code", do="new")
    code = recovery_code(late.get("/code"))
    assert place(late.send("/return", recovery=code)) == "/m/followup"
    assert place(late.send("/return", recovery=code, next="/withdraw")) == "/withdraw"


def test_a_rehearsal_shows_the_questions_at_any_time(server: Running):
    with Visitor(server) as trainer:
        trainer.join(server.store.open_workshop(rehearsal=True).code)
        assert trainer.get("/m/followup").status_code == 200


def test_the_calendar_has_the_day_and_neutral_words_and_nothing_else(today: Visitor):
    code = recovery_code(today.get("/code"))
    answer = today.get("/date.ics")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="date.ics"'
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert event.decoded("DTSTART") == day(today.server)
    assert str(event["SUMMARY"]) == SAYS.date.title
    assert str(event["CLASS"]) == "PRIVATE"
    assert set(event) == {"UID", "DTSTAMP", "SUMMARY", "DTSTART", "CLASS", "TRANSP"}
    assert not SUBJECT.search(answer.text)
    secrets = [code, code.replace("-", ""), today.server.code, today.token]
    assert not any(each.casefold() in answer.text.casefold() for each in secrets)
    assert "127.0.0.1" not in answer.text


def test_the_calendars_of_two_people_are_the_same(today: Visitor, server: Running):
    with Visitor(server) as other:
        other.join()
        assert other.get("/date.ics").content == today.get("/date.ics").content


def test_the_card_is_neutral_too_and_holds_no_code(today: Visitor):
    code = recovery_code(today.get("/code"))
    page = today.get("/date").text
    card = page.partition("myths-printed")[2].partition("</div>")[0]
    assert long_date(day(today.server), "en") in card
    assert not SUBJECT.search(re.sub(r"https?://[\d.:/]+", "", card))
    assert code not in page


@pytest.mark.parametrize("path", ["/date", "/date.ics"])
def test_a_stranger_learns_no_date(visitor: Visitor, path: str):
    assert place(visitor.get(path)).startswith("/?next=")


def test_the_trainer_reads_the_date_to_the_room(server: Running):
    with Visitor(server) as trainer:
        trainer.send("/staff/", do="enter", key=server.store.new_staff_key())
        page = read(trainer.get(f"/staff/{server.code}"))
    assert long_date(day(server), "en") in page
