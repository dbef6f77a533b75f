"""The pages keep a date as they tell it: until today is until midnight where the workshop is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from myths import catalog
from myths.languages import long_date
from sqlalchemy import text

from tests.server.conftest import Running, Visitor, read

SAYS = catalog.load().ui.own


def far() -> tuple[str, str]:
    """Two zones on either side of the date line, an hour or more from midnight."""
    names = (
        ("Pacific/Kiritimati", "Pacific/Auckland", "Asia/Tokyo"),
        (
            "Pacific/Niue",
            "America/Anchorage",
            "America/New_York",
        ),
    )
    first, second = (
        next(name for name in side if 1 <= datetime.now(ZoneInfo(name)).hour < 23) for side in names
    )
    return first, second


@pytest.mark.parametrize("side", [0, 1])
def test_answers_can_be_erased_all_day_on_the_day_that_is_told(server: Running, side: int):
    place = far()[side]
    then = datetime.now(UTC) - timedelta(days=3)
    workshop = server.store.open_workshop(days=9, pool_days=3, zone=place, now=then)
    today = datetime.now(ZoneInfo(place)).date()
    assert workshop.pooling_date == today
    visitor = Visitor(server)
    visitor.join(workshop.code)
    page = read(visitor.get("/withdraw"))
    assert SAYS.until.format(date=long_date(today, "en")) in page
    assert SAYS.too_late not in page

    ended = {"at": int(workshop.local(datetime.now(UTC)).replace(hour=0, minute=0).timestamp())}
    with server.store.writing() as conn:  # the midnight before: as if it were tomorrow
        conn.execute(
            text("UPDATE workshops SET pooled_at = :at * 1000000 WHERE code = :code"),
            ended | {"code": workshop.code},
        )
    page = read(visitor.get("/withdraw"))
    assert SAYS.too_late in page
    assert SAYS.until.partition("{")[0] not in page
    visitor.http.close()
