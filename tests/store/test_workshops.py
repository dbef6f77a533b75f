from __future__ import annotations

from datetime import timedelta

import pytest
from myths.errors import WorkshopError
from myths.store import Store
from myths.vocabulary import Audience

from tests.store.samples import asked, days_ago, expire, given


def join(store: Store, code: str) -> str:
    return store.join(code, language="en", consent="agreed").participant


def refusal(store: Store, code: str) -> str:
    with pytest.raises(WorkshopError) as caught:
        join(store, code)
    return caught.value.reason


def test_a_new_workshop_is_open_and_listed_with_its_dates(store):
    made = store.open_workshop(title="Łódź", language="pl", country="pl", now=days_ago(0))
    assert store.workshops() == [made]
    assert made.state == "open"
    assert timedelta(days=1) <= made.joins_until - made.opened_at <= timedelta(days=1, minutes=1)
    assert made.pooling_date == (made.opened_at + timedelta(days=30)).date()
    assert made.erasing_date == (made.opened_at + timedelta(days=180)).date()


def test_the_follow_up_is_three_months_later_and_opens_when_the_workshop_is_long_over(store):
    made = store.open_workshop(now=days_ago(29))
    assert made.followup_date - made.opening_date == timedelta(weeks=13)
    assert made.followup_opens - made.opening_date == timedelta(days=30)
    assert not made.asks_followup
    assert store.open_workshop(now=days_ago(31)).asks_followup
    assert store.open_workshop(rehearsal=True).asks_followup


def test_the_follow_up_waits_while_people_join_and_comes_before_all_is_erased(store):
    course = store.open_workshop(days=60)
    assert course.followup_opens - course.opening_date >= timedelta(days=60)
    short = store.open_workshop(days=60, keep_days=60)
    assert short.followup_opens == short.followup_date < short.erasing_date


def test_its_code_may_be_typed_in_any_case_with_spaces_and_dashes(store, workshop):
    code = workshop.code.lower()
    assert store.workshop(f" {code[:3]}-{code[3:]} ") == workshop
    assert join(store, f"{code[:2]} {code[2:]}")


def test_a_trainer_may_choose_the_code(store):
    assert store.open_workshop(code="wien-24").code == "WIEN24"


def test_a_chosen_code_that_is_taken_or_unfit_is_refused(store, workshop):
    for code, reason in ((workshop.code, "taken"), ("x", "unfit"), ("", "unfit")):
        with pytest.raises(WorkshopError, match="choose") as caught:
            store.open_workshop(code=code)
        assert caught.value.reason == reason


@pytest.mark.parametrize("audience", Audience.words())
def test_a_workshop_is_for_whom_its_trainer_says(store, audience):
    made = store.open_workshop(audience=audience)
    assert store.workshop(made.code).audience == audience


def test_a_workshop_of_which_nothing_is_said_is_mixed(store, workshop):
    assert store.workshops()[0].audience == "mixed"


def test_an_audience_that_is_not_on_the_list_is_refused_with_the_list(store):
    for wrong in ("judge", "Police", "", ["police"]):
        with pytest.raises(WorkshopError, match="choose from mixed, police, courts") as caught:
            store.open_workshop(audience=wrong)
        assert caught.value.reason == "unfit"
    assert store.workshops() == []


@pytest.mark.parametrize("wrong", [{"days": 0}, {"keep_days": 1, "days": 2}, {"pool_days": 999}])
def test_days_that_do_not_fit_together_are_refused(store, wrong):
    with pytest.raises(WorkshopError, match="do not fit"):
        store.open_workshop(**wrong)


def test_an_unknown_code_opens_nothing(store, workshop):
    for code in ("BCDFGH", "ДЖЗЛФЦ", "🙂" * 6 + "abcdef"):
        assert refusal(store, code) == "unknown"
    for code in ("", "\0", "🙂", "BCDFG", "x" * 1000):
        assert refusal(store, code) == "length"


def test_after_its_days_nobody_can_join_but_who_is_in_goes_on(store):
    over = store.open_workshop(now=days_ago(2), days=3)
    inside = join(store, over.code)
    past = store.open_workshop(now=days_ago(2), days=1)
    assert past.state == "closed"
    assert refusal(store, past.code) == "closed"
    store.close_workshop(over.code)
    assert refusal(store, over.code) == "closed"
    assert store.save(inside, asked(phase="followup"), given(2))


def test_closing_keeps_the_first_closing_time(store, workshop):
    store.close_workshop(workshop.code)
    first = store.workshops()[0].closed_at
    store.close_workshop(workshop.code)
    assert store.workshops()[0].closed_at == first


def test_a_closed_workshop_is_found_by_who_does_not_want_to_join(store, workshop):
    store.close_workshop(workshop.code)
    assert store.workshop(workshop.code, joinable=False).state == "closed"
    with pytest.raises(WorkshopError):
        store.workshop(workshop.code)


def test_an_expired_workshop_takes_nothing_more(store):
    soon = store.open_workshop(now=days_ago(5), days=6)
    person = join(store, soon.code)
    expire(store, soon)
    assert refusal(store, soon.code) == "expired"
    with pytest.raises(WorkshopError, match="nothing more can be saved") as caught:
        store.save(person, asked(), given(1))
    assert caught.value.reason == "expired"
