"""Trainers open a workshop for another day, change it, open it again: by forms, with no script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from myths import catalog

from tests.server.conftest import Running, Visitor, read

SAYS = catalog.load().ui
STAFF, WORDS, JOIN = SAYS.staff, SAYS.workshop, SAYS.join
DAY = timedelta(days=1)
TUESDAY = {
    "joins_from": "2040-12-04T09:00",
    "joins_until": "2040-12-04T17:30",
    "zone": "Europe/Vienna",
}


@pytest.fixture
def trainer(server: Running) -> Iterator[Visitor]:
    with Visitor(server) as someone:
        someone.send("/staff/", do="enter", key=server.store.new_staff_key())
        yield someone


@pytest.fixture
def stranger(server: Running) -> Iterator[Visitor]:
    with Visitor(server) as someone:
        yield someone


def fields(page: str) -> dict[str, str]:
    """What a form shows in its fields, as a browser would send it."""
    kinds = '<input id="([a-z_]+)" name="[a-z_]+" type="[a-z-]+" autocomplete="off"'
    found = dict(re.findall(f'{kinds} value="([^"]*)"', page))
    for name, options in re.findall(r'(?s)<select id="([a-z_-]+)" name.*?>(.*?)</select>', page):
        chosen = re.findall(r'value="([^"]*)" selected', options)
        found[name] = chosen[0] if chosen else re.findall(r'value="([^"]*)"', options)[0]
    route = re.findall(r'name="route" value="([^"]+)" checked', page)
    return found | ({"route": route[0]} if route else {})


def opened(trainer: Visitor, **more: str) -> str:
    answer = trainer.send("/staff/", do="open", **more)
    assert answer.status_code == 303, read(answer)
    return answer.headers["Location"].rpartition("/")[2]


def test_the_form_as_it_stands_opens_a_workshop_now_for_one_day(server: Running, trainer: Visitor):
    code = opened(trainer, **fields(trainer.get("/staff/").text))
    made = server.store.workshop(code)
    assert made.joins_from == made.opened_at
    assert DAY <= made.joins_until - made.opened_at <= DAY + timedelta(minutes=1)
    assert (made.k, made.language, made.country) == (5, "en", "eu")


def test_a_workshop_is_opened_for_next_tuesday(server: Running, trainer: Visitor, stranger):
    dates = {"pooling_date": "2040-12-20", "erasing_date": "2041-02-01"}
    code = opened(trainer, **TUESDAY, **dates, k="8")
    made = server.store.workshop(code, joinable=False)
    assert made.joins_from == datetime(2040, 12, 4, 8, 0, tzinfo=UTC)
    assert (made.state, made.k, made.zone) == ("coming", 8, "Europe/Vienna")
    assert (made.pooling_date.isoformat(), made.erasing_date.isoformat()) == tuple(dates.values())
    page = read(trainer.get(f"/staff/{code}"))
    assert WORDS.opens.format(date="4 December 2040, 09:00 CET") in page
    assert WORDS.shown_of.format(k=8) in page
    early = stranger.get(f"/?w={code}")
    assert early.status_code == 200
    assert JOIN.early.format(date="4 December 2040, 09:00 CET", code=code) in read(early)
    assert JOIN.button not in read(early)
    assert JOIN.early_heading in read(stranger.join(code))
    assert server.store.joined()[code] == 0


def test_who_comes_too_early_is_no_guesser(server: Running, trainer: Visitor, stranger: Visitor):
    code = opened(trainer, **TUESDAY)
    for _ in range(70):
        assert stranger.get(f"/?w={code}").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"joins_from": "2040-12-04T18:00"}, WORDS.fault_hours),
        ({"joins_until": "soon"}, WORDS.fault_hours),
        ({"erasing_date": "2040-12-05"}, WORDS.fault_dates),
        ({"pooling_date": "2040-13-45"}, WORDS.fault_dates),
        ({"erasing_date": "9999-12-31"}, WORDS.fault_dates),
        ({"joins_from": "0001-01-01T00:00"}, WORDS.fault_hours),
        ({"pooling_date": "9999-12-31"}, WORDS.fault_dates),
        ({"k": "4"}, WORDS.fault_fewest.format(k=5)),
        ({"k": "many"}, WORDS.fault_fewest.format(k=5)),
        ({"zone": "Vienna"}, WORDS.fault_unfit),
        ({"zone": "../../etc"}, WORDS.fault_unfit),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_typed_is_lost(
    server: Running, trainer: Visitor, wrong: dict[str, str], told: str
):
    before = server.store.workshops()
    answer = trainer.send("/staff/", do="open", title="Łódź", **TUESDAY | wrong)
    assert (answer.status_code, told in read(answer)) == (400, True)
    assert answer.text.count('aria-invalid="true"') == 1
    assert fields(answer.text).items() >= {"title": "Łódź", **TUESDAY, **wrong}.items()
    assert server.store.workshops() == before


def test_all_of_it_is_changed_on_the_workshops_page(server: Running, trainer: Visitor):
    code = opened(trainer, **TUESDAY)
    shown = fields(trainer.get(f"/staff/{code}").text)
    assert shown.items() >= TUESDAY.items()
    changes = {
        "title": "Courts",
        "audience": "courts",
        "k": "6",
        "joins_from": "2040-12-11T09:00",
        "joins_until": "2040-12-12T12:00",
        "erasing_date": "2042-01-01",
    }
    answer = trainer.send(f"/staff/{code}", do="change", **shown | changes)
    assert answer.status_code == 303, read(answer)
    assert fields(trainer.get(f"/staff/{code}").text).items() >= changes.items()
    assert (
        server.store.workshop(code, joinable=False).modules == server.store.workshops()[-1].modules
    )


def test_another_way_brings_its_modules(server: Running, trainer: Visitor):
    code = opened(trainer, route="half-day")
    shown = fields(trainer.get(f"/staff/{code}").text)
    trainer.send(f"/staff/{code}", do="change", **shown | {"route": "ten-minutes"})
    found = server.store.workshop(code)
    assert (found.route, found.modules, found.short) == ("ten-minutes", ("risk",), True)


def test_a_form_that_is_kept_unchanged_changes_nothing(server: Running, trainer: Visitor, stranger):
    code = opened(trainer)
    stranger.join(code)
    before = server.store.workshop(code)
    shown = fields(trainer.get(f"/staff/{code}").text)
    assert trainer.send(f"/staff/{code}", do="change", **shown).status_code == 303
    assert server.store.workshop(code) == before


def test_what_people_were_told_stays_and_the_trainer_reads_why(
    server: Running, trainer: Visitor, stranger: Visitor
):
    code = opened(trainer)
    stranger.join(code)
    before = server.store.workshop(code)
    page = trainer.get(f"/staff/{code}")
    shown = fields(page.text)
    assert WORDS.promised in read(page)
    later, earlier = before.erasing_date + DAY, before.pooling_date - DAY
    for name, value, told in (
        ("erasing_date", later.isoformat(), WORDS.fault_erasing.partition("{")[0]),
        ("pooling_date", earlier.isoformat(), WORDS.fault_withdrawal.partition("{")[0]),
        ("joins_from", "2020-01-01T00:00", WORDS.fault_begun),
        ("zone", "Asia/Tokyo", WORDS.fault_zone),
    ):
        answer = trainer.send(f"/staff/{code}", do="change", **shown | {name: value})
        assert (answer.status_code, told.strip() in read(answer)) == (400, True), name
        assert WORDS.not_changed in read(answer)
        assert fields(answer.text)[name] == value
    assert server.store.workshop(code) == before


def test_dates_that_were_changed_while_somebody_read_them_are_read_again(
    server: Running, trainer: Visitor, stranger: Visitor
):
    code = opened(trainer)
    form = stranger.get(f"/?w={code}").text
    read_dates = re.search(r'name="dates" value="([^"]+)"', form)
    assert read_dates
    day = server.store.workshop(code).erasing_date + DAY
    server.store.change_workshop(code, erasing_date=day)
    told = {"code": code, "agree": "yes", "contributes": "yes"}
    answer = stranger.send("/", **told, dates=read_dates[1])
    assert (answer.status_code, JOIN.dates_changed in read(answer)) == (400, True)
    assert server.store.joined()[code] == 0
    again = re.search(r'name="dates" value="([^"]+)"', answer.text)
    assert again
    assert stranger.send("/", **told, dates=again[1]).status_code == 303
    assert server.store.joined()[code] == 1


def test_a_workshop_that_was_closed_by_mistake_is_opened_again(
    server: Running, trainer: Visitor, stranger: Visitor
):
    code = opened(trainer)
    trainer.send(f"/staff/{code}", do="close")
    assert WORDS.reopen_body in read(trainer.get(f"/staff/{code}"))
    assert trainer.send(f"/staff/{code}", do="reopen").status_code == 303
    assert server.store.workshop(code).state == "open"
    assert stranger.join(code).status_code == 200


def test_after_its_hours_the_page_says_how_to_open_it_again(server: Running, trainer: Visitor):
    code = server.store.open_workshop(now=datetime.now(UTC) - 3 * DAY).code
    assert WORDS.reopen_late in read(trainer.get(f"/staff/{code}"))
    trainer.send(f"/staff/{code}", do="reopen")
    assert server.store.workshop(code, joinable=False).state == "closed"
    shown = fields(trainer.get(f"/staff/{code}").text)
    until = f"{datetime.now(UTC).astimezone() + DAY:%Y-%m-%dT%H:%M}"
    trainer.send(f"/staff/{code}", do="change", **shown | {"joins_until": until})
    assert server.store.workshop(code).state == "open"


def test_the_hours_are_a_calendar_file_for_the_trainer_alone(
    server: Running, trainer: Visitor, stranger: Visitor
):
    code = opened(trainer, title="Łódź, courts", **TUESDAY)
    answer = trainer.get(f"/staff/{code}/calendar")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    made = server.store.workshop(code, joinable=False)
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (made.joins_from, made.joins_until)
    assert str(event["summary"]) == "Łódź, courts"
    assert stranger.get(f"/staff/{code}/calendar").status_code == 303
    assert trainer.get("/staff/NOSUCH/calendar").status_code == 404


def test_without_the_key_nobody_changes_or_opens_again(server: Running, stranger: Visitor):
    code = server.store.open_workshop().code
    server.store.close_workshop(code)
    before = server.store.workshops()
    for do in ("change", "reopen"):
        assert stranger.send(f"/staff/{code}", do=do, title="mine").status_code == 403
    assert server.store.workshops() == before
