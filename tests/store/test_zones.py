"""What is said about a date is what is done, where the workshop is, also when clocks change."""

# ruff: noqa: E501  a table

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from myths.errors import WorkshopError
from myths.store import Workshop, open_store, schema, zones
from sqlalchemy import text, update

from tests.store.stores import at_version

MOMENT = timedelta(microseconds=1)
# where, when it is opened there, then: the last day to withdraw and the day of erasing as they are
# told, and when each really is over or begins (UTC)
SAID_AND_DONE = [
    ("UTC", "2026-11-05 10:00", "2026-12-05", "2026-12-06T00:00", "2027-05-04", "2027-05-04T00:00"),
    # the day there is another one than in UTC
    ("Europe/Vienna", "2026-11-05 00:30", "2026-12-05", "2026-12-05T23:00", "2027-05-04", "2027-05-03T22:00"),
    ("Pacific/Auckland", "2026-11-05 09:00", "2026-12-05", "2026-12-05T11:00", "2027-05-04", "2027-05-03T12:00"),
    ("America/New_York", "2026-11-05 22:00", "2026-12-05", "2026-12-06T05:00", "2027-05-04", "2027-05-04T04:00"),
    # over the night in which clocks go back, or forward
    ("Europe/Vienna", "2026-10-24 14:00", "2026-11-23", "2026-11-23T23:00", "2027-04-22", "2027-04-21T22:00"),
    ("Europe/Vienna", "2027-03-27 14:00", "2027-04-26", "2027-04-26T22:00", "2027-09-23", "2027-09-22T22:00"),
    # a day that has no midnight: in Cairo the clocks go forward then
    ("Africa/Cairo", "2026-03-25 12:00", "2026-04-24", "2026-04-24T21:00", "2026-09-21", "2026-09-20T21:00"),
]  # fmt: skip


def opened(store, place: str, at: str, **options) -> Workshop:
    moment = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(place)).astimezone(UTC)
    return store.open_workshop(zone=place, now=moment, **options)


@pytest.mark.parametrize(("place", "at", "until", "over", "on", "begins"), SAID_AND_DONE)
def test_until_a_day_includes_it_and_on_a_day_is_from_its_first_moment(
    store, place, at, until, over, on, begins
):
    made = opened(store, place, at)
    assert store.workshop(made.code, joinable=False) == made
    assert (str(made.opening_date), str(made.pooling_date), str(made.erasing_date)) == (
        at[:10],
        until,
        on,
    )
    assert made.pooled_at == datetime.fromisoformat(over).replace(tzinfo=UTC)
    assert made.expires_at == datetime.fromisoformat(begins).replace(tzinfo=UTC)
    assert made.local(made.pooled_at - MOMENT).date() == made.pooling_date
    assert made.local(made.pooled_at).date() > made.pooling_date
    assert made.local(made.expires_at - MOMENT).date() < made.erasing_date


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-11-05 10:00:00", "2026-11-06 10:00"),
        ("2026-11-05 10:00:01", "2026-11-06 10:01"),
        ("2026-10-24 14:00:00", "2026-10-25 14:00"),  # 25 hours later
        ("2027-03-27 14:00:00", "2027-03-28 14:00"),  # 23 hours later
        ("2027-03-27 02:30:00", "2027-03-28 03:30"),  # there is no half past two that night
    ],
)
def test_people_can_join_until_the_minute_that_is_told(store, at: str, said: str):
    made = opened(store, "Europe/Vienna", at)
    assert f"{made.local(made.joins_until):%Y-%m-%d %H:%M:%S}" == f"{said}:00"


def test_nothing_lasts_longer_than_everything(store):
    made = opened(store, "Europe/Vienna", "2026-11-05 10:00", days=1, pool_days=1, keep_days=1)
    assert made.joins_until == made.pooled_at == made.expires_at
    assert (made.pooling_date, made.erasing_date) == (date(2026, 11, 5), date(2026, 11, 6))


def test_who_may_withdraw_until_today_may_do_so_all_day(store):
    made = opened(store, "Europe/Vienna", "2026-11-05 10:00", pool_days=0)
    assert made.pooling_date == date(2026, 11, 5)
    assert made.pooled_at == datetime(2026, 11, 5, 23, tzinfo=UTC)


def test_from_the_first_moment_of_the_date_of_erasing_everything_is_erased(store):
    """Whatever the hour is by other clocks: a server looks every hour."""
    over, later = (store.open_workshop(code=code) for code in ("OVER", "LATER"))
    now = datetime.now(UTC)
    for workshop, moment in ((over, now), (later, now + timedelta(minutes=5))):
        of = schema.workshops.c.code == workshop.code
        with store.writing() as conn:
            conn.execute(update(schema.workshops).where(of).values(expires_at=moment))
    store.erase_expired()
    assert [each.code for each in store.workshops()] == ["LATER"]


def test_a_workshop_is_where_its_computer_is_unless_somebody_says_otherwise(store, monkeypatch):
    monkeypatch.setenv("TZ", "America/New_York")
    assert store.open_workshop().zone == "America/New_York"
    monkeypatch.setenv("TZ", "Nowhere/Land")
    assert zones.local_zone() == "UTC"
    assert store.open_workshop(zone="Europe/Lisbon").zone == "Europe/Lisbon"


@pytest.mark.parametrize("zone", ["Vienna", "../UTC", "Europe", "Europe/Nowhere", "\0"])
def test_a_zone_that_is_none_is_refused(store, zone: str):
    with pytest.raises(WorkshopError, match="Europe/Vienna") as refused:
        store.open_workshop(zone=zone)
    assert refused.value.reason == "unfit"
    assert store.workshops() == []


def test_in_an_older_store_the_pooling_date_ends_with_its_day(tmp_path):
    url = f"sqlite:///{tmp_path}/room.sqlite"
    noon, day = 12 * 3600 * 10**6, 24 * 3600 * 10**6
    with at_version("0004", url) as conn:
        row = (
            "INSERT INTO workshops VALUES ({}, 'ROOM{}', '', 'en', 'eu', false, 1, 2, {}, {}, NULL)"
        )
        for number, (pooled, gone) in enumerate(((50_000, 50_009), (50_000, 50_000))):
            conn.execute(text(row.format(number, number, pooled * day + noon, gone * day + noon)))
    later, same = open_store(url, create=True).workshops()
    assert later.zone == same.zone == "UTC"
    told = datetime.fromtimestamp(50_000 * 86_400, UTC)
    assert later.pooling_date == told.date()
    assert later.pooled_at == told + timedelta(days=1)
    assert same.pooled_at == same.expires_at
    assert later.erasing_date == told.date() + timedelta(days=9)
