"""A workshop is opened for another day, changed and reopened; what people were told still holds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from myths.errors import WorkshopError
from myths.store import Store, Workshop

from tests.store.samples import asked, days_ago, expire, given
from tests.store.stores import join, new

TUESDAY = datetime(2040, 12, 4, 9, 0)
EVENING = datetime(2040, 12, 4, 17, 30)
DAY = timedelta(days=1)


def tuesday(store: Store, **more) -> Workshop:
    hours = {"joins_from": TUESDAY, "joins_until": EVENING, "zone": "Europe/Vienna"}
    return store.open_workshop(**hours | more)


def refusal(store: Store, code: str, **changes) -> str:
    """Why a change is refused, which then has changed nothing."""
    before = store.workshops()
    with pytest.raises(WorkshopError) as caught:
        store.change_workshop(code, **changes)
    assert "\n" not in str(caught.value)
    assert store.workshops() == before
    return caught.value.reason


def test_a_workshop_is_opened_for_another_day_by_the_clocks_of_its_place(store):
    made = tuesday(store)
    assert store.workshops() == [made]
    assert made.joins_from == datetime(2040, 12, 4, 8, 0, tzinfo=UTC)
    assert made.local(made.joins_until).replace(tzinfo=None) == EVENING
    assert made.opening_date == TUESDAY.date()
    assert made.pooling_date - made.opening_date == 30 * DAY
    assert made.erasing_date - made.opening_date == 180 * DAY
    assert made.followup_date - made.opening_date == timedelta(weeks=13)


def test_before_its_hour_nobody_joins_and_at_its_hour_everybody(store):
    soon = store.open_workshop(joins_from=datetime.now(UTC) + DAY)
    assert soon.state == "coming"
    with pytest.raises(WorkshopError, match="opens on") as caught:
        join(store, soon.code)
    assert caught.value.reason == "unopened"
    store.change_workshop(soon.code, joins_from=days_ago(0.1))
    assert store.workshop(soon.code).state == "open"
    assert join(store, soon.code)


def test_its_dates_can_be_chosen(store):
    dates = {"pooling_date": date(2040, 12, 20), "erasing_date": date(2041, 1, 5)}
    made = tuesday(store, **dates)
    assert (made.pooling_date, made.erasing_date) == tuple(dates.values())


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"joins_until": TUESDAY}, "hours"),
        ({"joins_until": TUESDAY - DAY}, "hours"),
        ({"joins_until": TUESDAY + 400 * DAY}, "hours"),
        ({"pooling_date": date(2042, 1, 1)}, "dates"),
        ({"erasing_date": date(2040, 12, 10)}, "dates"),
        ({"erasing_date": date(2099, 1, 1)}, "dates"),
        ({"erasing_date": date(1999, 1, 1)}, "dates"),
        ({"k": 4}, "fewest"),
        ({"k": -5}, "fewest"),
        ({"k": 101}, "fewest"),
        ({"zone": "Mars/Base"}, "unfit"),
        ({"audience": "spies"}, "unfit"),
        ({"modules": ["risk", "risk"]}, "unfit"),
        ({"route": "Half day"}, "unfit"),
    ],
)
def test_what_does_not_fit_is_refused_at_the_opening_and_later(store, wrong, reason):
    with pytest.raises(WorkshopError) as caught:
        tuesday(store, **wrong)
    assert caught.value.reason == reason
    assert store.workshops() == []
    assert refusal(store, tuesday(store).code, **wrong) == reason


def test_all_of_it_can_be_changed_while_nobody_has_joined(store):
    made = tuesday(store, k=9)
    changes = {
        "title": "Łódź",
        "language": "pl",
        "country": "pl",
        "audience": "police",
        "route": "half-day",
        "modules": ("harm", "risk"),
        "short": True,
        "k": 6,
    }
    dates = {"pooling_date": date(2041, 1, 1), "erasing_date": date(2041, 12, 1)}
    later = {"joins_from": TUESDAY + DAY, "joins_until": EVENING + DAY}
    changed = store.change_workshop(made.code, **changes, **dates, **later)
    assert store.workshops() == [changed]
    assert {name: getattr(changed, name) for name in changes} == changes
    assert (changed.pooling_date, changed.erasing_date) == tuple(dates.values())
    assert changed.opened_at == made.opened_at
    assert changed.opening_date == TUESDAY.date() + DAY


def test_a_workshop_that_is_put_off_has_its_dates_later_as_long_as_nobody_knows_them(store):
    made = tuesday(store)
    later = {"joins_from": TUESDAY + 7 * DAY, "joins_until": EVENING + 7 * DAY}
    moved = store.change_workshop(made.code, **later)
    assert moved.pooling_date == made.pooling_date + 7 * DAY
    assert moved.erasing_date == made.erasing_date + 7 * DAY
    store.new_paper_sets(made.code, count=1, language="en", consent="words")
    back = store.change_workshop(made.code, joins_from=TUESDAY + 6 * DAY)
    assert (back.pooling_date, back.erasing_date) == (moved.pooling_date, moved.erasing_date)


def test_people_can_withdraw_on_the_day_itself_at_least(store):
    made = tuesday(store)
    assert refusal(store, made.code, pooling_date=TUESDAY.date() - DAY) == "dates"
    assert store.change_workshop(made.code, pooling_date=TUESDAY.date())


def test_in_another_zone_it_has_the_same_days_and_hours(store):
    made = tuesday(store)
    moved = store.change_workshop(made.code, zone="Europe/Lisbon")
    assert moved.local(moved.joins_from).replace(tzinfo=None) == TUESDAY
    assert moved.joins_from - made.joins_from == timedelta(hours=1)
    assert moved.pooling_date == made.pooling_date
    assert moved.erasing_date == made.erasing_date


@pytest.fixture
def promised(store: Store, workshop: Workshop) -> Workshop:
    """A workshop that somebody has joined."""
    join(store, workshop.code)
    return workshop


def test_nothing_of_theirs_is_kept_longer_than_people_were_told(store, promised):
    day = promised.erasing_date
    assert refusal(store, promised.code, erasing_date=day + DAY) == "erasing"
    earlier = store.change_workshop(promised.code, erasing_date=day - DAY)
    assert earlier.erasing_date == day - DAY
    assert refusal(store, promised.code, erasing_date=day) == "erasing"  # it was told to others


def test_nobody_has_less_time_to_withdraw_than_they_were_told(store, promised):
    day = promised.pooling_date
    assert refusal(store, promised.code, pooling_date=day - DAY) == "withdrawal"
    later = store.change_workshop(promised.code, pooling_date=day + DAY)
    assert later.pooling_date == day + DAY
    assert refusal(store, promised.code, pooling_date=day) == "withdrawal"


def test_everything_is_never_erased_before_the_last_day_to_withdraw_or_at_once(store, promised):
    assert refusal(store, promised.code, erasing_date=promised.pooling_date) == "dates"
    assert refusal(store, promised.code, erasing_date=days_ago(0).date()) == "dates"


def test_no_way_around_over_another_zone_or_beginning(store, promised):
    assert refusal(store, promised.code, zone="Pacific/Kiritimati") == "zone"
    assert refusal(store, promised.code, joins_from=days_ago(3)) == "begun"
    assert refusal(store, promised.code, joins_from=days_ago(-3)) == "begun"


def test_people_can_join_for_longer_and_k_can_be_raised(store, promised):
    until = promised.joins_until + DAY
    changed = store.change_workshop(promised.code, joins_until=until, k=9)
    assert (changed.joins_until, changed.k) == (until, 9)
    assert refusal(store, promised.code, k=8) == "fewest"


def test_what_stands_on_printed_sheets_is_a_promise_too(store, workshop):
    store.new_paper_sets(workshop.code, count=1, language="en", consent="words")
    assert refusal(store, workshop.code, erasing_date=workshop.erasing_date + DAY) == "erasing"
    assert refusal(store, workshop.code, zone="Asia/Tokyo") == "zone"


def test_a_workshop_that_was_closed_by_mistake_is_opened_again(store, promised):
    store.close_workshop(promised.code)
    assert store.workshops()[0].can_reopen
    store.reopen_workshop(promised.code)
    store.reopen_workshop(promised.code)
    assert store.workshops() == [promised]
    assert join(store, promised.code)


def test_it_is_opened_again_only_within_its_time(store):
    over = store.open_workshop(now=days_ago(2))
    assert not over.can_reopen
    with pytest.raises(WorkshopError) as caught:
        store.reopen_workshop(over.code)
    assert caught.value.reason == "hours"
    store.change_workshop(over.code, joins_until=datetime.now(UTC) + DAY)
    store.reopen_workshop(over.code)
    assert store.workshops()[0].state == "open"
    expire(store, over)
    with pytest.raises(WorkshopError) as caught:
        store.reopen_workshop(over.code)
    assert caught.value.reason == "expired"
    for act in (store.reopen_workshop, store.change_workshop):
        with pytest.raises(WorkshopError):
            act("NOSUCH")


def test_answers_stay_through_every_change(store, promised):
    person = join(store, promised.code).participant
    store.save(person, asked(), given(2))
    before = store.answers().to_csv()
    store.change_workshop(promised.code, modules=["harm"], title="x", audience=promised.audience)
    assert store.answers().to_csv() == before


def test_a_room_that_is_led_is_shown_anew_when_k_was_raised(store, workshop):
    state = store.change_live_state(workshop.code, lambda state: state.__class__(page="risk"))
    store.change_workshop(workshop.code, title="no matter")
    assert store.live_state(workshop.code) == state
    store.change_workshop(workshop.code, k=6)
    assert store.live_state(workshop.code).version == state.version + 1


def test_a_merge_keeps_the_promises_of_both_stores(store, workshop, tmp_path):
    store.backup(tmp_path / "copy")
    from myths.store import open_store, restore

    restore(tmp_path / "copy", f"sqlite:///{tmp_path}/other.sqlite")
    other = open_store(f"sqlite:///{tmp_path}/other.sqlite")
    code, erased, pooled = workshop.code, workshop.erasing_date, workshop.pooling_date
    other.change_workshop(code, erasing_date=erased - DAY, k=7)
    store.change_workshop(code, pooling_date=pooled + DAY, k=6)
    store.merge(other)
    found = store.workshop(code)
    assert (found.erasing_date, found.pooling_date, found.k) == (erased - DAY, pooled + DAY, 7)


def test_a_restored_backup_does_not_keep_anything_for_longer(tmp_path):
    from myths.store import restore

    room = new(tmp_path)
    made = room.open_workshop()
    room.backup(tmp_path / "monday")
    room.change_workshop(made.code, erasing_date=made.erasing_date - DAY, k=8)
    join(room, made.code)
    restore(tmp_path / "monday", room.address, replace=True)
    found = room.workshop(made.code)
    assert (found.erasing_date, found.k) == (made.erasing_date - DAY, 8)


def test_languages_are_kept_in_their_order_each_once(store):
    made = store.open_workshop(languages=["pt-BR", "en", "pt-BR"])
    assert made.languages == ("pt-BR", "en")
    assert store.change_workshop(made.code, languages=()).languages == ()
    assert refusal(store, made.code, languages=["en de"]) == "unfit"
    assert refusal(store, made.code, languages=["../etc"]) == "unfit"
