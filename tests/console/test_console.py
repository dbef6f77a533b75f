"""A trainer's acts: what they change, what they cannot do, and that nothing is lost by a crash."""

from __future__ import annotations

from typing import Any

import pytest
from myths import catalog, live
from myths.console import Console, ProjectorScreen, RoomLead
from myths.errors import WorkshopError
from myths.store import AskedQuestion, Store, Visitor, Workshop

from tests.store import samples

WORDS = catalog.load().ui.console


@pytest.fixture
def console(store: Store, workshop: Workshop) -> Console:
    return Console(workshop.code, db=store.address)


def do(console: Console, act: str, **more: Any) -> str:
    """Click, with what the console shows before one."""
    return console.act({"do": act, "seen": console.room["version"], **more})


def question(item: str, phase: str) -> AskedQuestion:
    words = catalog.load().module("risk").item(item)
    options = {str(option.value): option.label for option in words.options}
    return samples.asked(item, phase, words={"question": words.question, "options": options})


def visiting(name: str, workshop: Workshop) -> Visitor:
    return Visitor(name, workshop, "en", b"", "")


def answer(store: Store, people: list[str], phase: str, value: float) -> None:
    items = [each.id for each in catalog.load().module("risk").statements]
    for person in people:
        for item in items:
            store.save(person, question(item, phase), samples.given(value))


@pytest.fixture
def people(store: Store, workshop: Workshop) -> list[str]:
    return [
        store.join(workshop.code, language="en", consent="agreed").participant for _ in range(8)
    ]


def test_before_it_begins_the_console_offers_to_begin_with_the_first_part(console):
    assert not console.room["begun"]
    assert console.room["next"]["page"] == "start"
    assert WORDS.begin.format(title=console.room["next"]["title"]) in console.html


def test_next_and_back_lead_through_all_steps_of_all_parts_and_never_further(console, store):
    seen = []
    while following := console.room["next"]:
        assert do(console, "go", page=following["page"], step=following["step"]) == ""
        state = store.live_state(console.room["code"])
        seen.append((state.page, state.step))
    assert seen[:2] == [("start", ""), ("risk", "view")]
    assert ("risk", "again") in seen
    assert seen[-1][0] == "closing"
    assert len(seen) == len(set(seen))
    assert console.room["back"]["page"] == "closing"


def test_a_second_console_shows_the_same_and_one_that_saw_less_moves_nothing(console, store):
    other = Console(console.room["code"], db=store.address)
    do(console, "go", page="risk", step="facts")
    assert do(other, "go", page="harm", step="view") == WORDS.stale
    assert other.room["part"]["slug"] == "risk"  # it shows where the room is now
    assert do(other, "go", page="risk", step="check") == ""
    console.refresh()
    assert [step["slug"] for step in console.room["steps"] if step["here"]] == ["check"]


def click(console: Console, act: str, seen: int, **more: Any) -> str:
    """Click on a page that shows this version."""
    console._handle_custom_msg({"do": act, "seen": seen, **more}, [])
    return console.told


def test_clicks_in_quick_succession_are_all_done(console, store):
    first = console.room["version"]
    for act in ({"page": "risk", "step": "view"}, {"page": "risk", "step": "facts"}):
        assert click(console, "go", first, **act) == ""
    assert click(console, "curtain", first, curtain="look-up") == ""
    state = store.live_state(console.room["code"])
    assert (state.step, state.curtain) == ("facts", "look-up")


def test_no_click_follows_on_that_of_somebody_else(console, store):
    other = Console(console.room["code"], db=store.address)
    first = console.room["version"]
    click(console, "go", first, page="risk", step="view")
    other.refresh()
    do(other, "go", page="harm", step="view")
    console.refresh()
    assert click(console, "go", first, page="risk", step="facts") == WORDS.stale
    assert store.live_state(console.room["code"]).page == "harm"


def test_after_a_crash_a_new_console_is_where_the_old_one_was(console, store):
    do(console, "pace", pace="together")
    do(console, "go", page="risk", step="view")
    do(console, "open", page="risk", step="view")
    again = Console(console.room["code"], db=store.address)
    told = {each for each in console.room if each != "clock"}  # it goes on
    assert {each: again.room[each] for each in told} == {each: console.room[each] for each in told}
    assert again.room["votes"][0]["state"] == "open"


def test_while_a_vote_is_open_there_is_a_number_and_no_result(console, store, people):
    do(console, "go", page="risk", step="view")
    do(console, "open", page="risk", step="view")
    answer(store, people[:6], "before", 4)
    console.refresh()
    assert console.room["answered"] == 6
    assert WORDS.answered.format(total=8) in console.html
    results = [each["result"] for each in console.room["votes"][0]["results"]]
    assert results == [[]] * 4  # three statements, and how sure people are
    assert "%" not in console.html
    assert made(store) == 0


def made(store: Store) -> int:
    from myths.store import schema
    from sqlalchemy import func, select

    with store.reading() as conn:
        return conn.scalars(select(func.count()).select_from(schema.batches)).one()


def test_the_first_rating_is_never_shown_alone_whatever_is_clicked(console, store, people):
    do(console, "go", page="risk", step="view")
    do(console, "open", page="risk", step="view")
    answer(store, people, "before", 4)
    do(console, "close")
    assert WORDS.before_alone in console.html
    assert do(console, "reveal", page="risk", step="view", item="myth") == WORDS.early
    assert do(console, "reveal", page="risk", step="check", item="myth") == WORDS.early
    assert store.live_state(console.room["code"]).revealed == ()


def test_once_both_votes_are_closed_before_and_now_are_shown_beside_each_other(
    console, store, people
):
    for step, phase, value in (("view", "before", 4), ("again", "after", 4)):
        do(console, "go", page="risk", step=step)
        do(console, "open", page="risk", step=step)
        answer(store, people, phase, value)
        do(console, "close")
    myth, *_ = console.room["votes"][0]["results"]
    assert (myth["can"], myth["is"], myth["two"]) == (True, False, True)
    assert myth["first_facts"]  # most still agree with the myth
    assert WORDS.first_facts in console.html
    assert do(console, "reveal", page="risk", step="again", item=myth["item"]) == ""
    assert store.live_state(console.room["code"]).revealed == (f"risk/{myth['item']}",)
    assert WORDS.first_facts not in console.html
    do(console, "hide", page="risk", step="again", item=myth["item"])
    assert store.live_state(console.room["code"]).revealed == ()


def test_fewer_than_five_answers_are_not_shown(console, store, people):
    for step, phase in (("view", "before"), ("again", "after")):
        do(console, "go", page="risk", step=step)
        do(console, "open", page="risk", step=step)
        answer(store, people[:4], phase, 2)
        do(console, "close")
    assert WORDS.few.format(k=5) in console.html
    assert "%" not in console.html


def test_of_how_many_results_are_shown_is_the_workshops_to_say_and_can_be_raised(
    console, store, people
):
    for phase, step in (("before", "view"), ("after", "again")):
        do(console, "go", page="risk", step=step)
        do(console, "open", page="risk", step=step)
        answer(store, people, phase, 2)
        do(console, "close")
    rated = [each for each in console.room["votes"][0]["results"] if each["item"] != "confidence"]
    assert all(each["result"] for each in rated)
    store.change_workshop(console.room["code"], k=9)
    console.refresh()
    assert not any(each["result"] for each in console.room["votes"][0]["results"])
    assert WORDS.few.format(k=9) in console.html
    assert WORDS.order.format(k=9) in console.html


def test_look_up_lies_over_phones_until_it_is_clicked_again_or_the_room_goes_on(console, store):
    do(console, "go", page="risk", step="view")
    do(console, "curtain", curtain="look-up")
    assert 'aria-pressed="true"' in console.html
    assert store.live_state(console.room["code"]).curtain == "look-up"
    do(console, "go", page="risk", step="facts")
    assert store.live_state(console.room["code"]).curtain == ""


def test_a_timer_begins_and_ends(console):
    do(console, "count", seconds=60.0)
    assert 0 < console.room["left"] <= 60
    do(console, "count", seconds=0.0)
    assert console.room["left"] is None


@pytest.mark.parametrize(
    "wrong",
    [
        "go",
        {},
        {"do": "erase"},
        {"do": "go", "page": "nosuch", "seen": 0},
        {"do": "go", "page": "followup", "seen": 0},
        {"do": "open", "page": "risk", "step": "facts", "seen": 0},
        {"do": "reveal", "page": "risk", "step": "view", "item": "nosuch", "seen": 0},
        {"do": "pace", "pace": "fast", "seen": 0},
        {"do": "count", "seconds": "long", "seen": 0},
    ],
)
def test_what_no_button_sends_changes_nothing_and_is_told(console, store, wrong):
    assert console.act(wrong) in (WORDS.unknown, WORDS.early)
    assert store.live_state(console.room["code"]).version == 0


def test_without_a_code_it_is_the_newest_workshop_and_without_any_that_is_said(store):
    with pytest.raises(WorkshopError, match="staff pages"):
        Console(db=store.address)
    first, second = store.open_workshop(), store.open_workshop()
    assert Console(db=store.address).room["code"] == second.code
    store.close_workshop(second.code)
    assert Console(db=store.address).room["code"] == first.code


def test_the_trainers_order_of_modules_is_the_consoles(store):
    workshop = store.open_workshop(modules=["harm", "risk"])
    console = Console(workshop.code, db=store.address)
    assert [each["slug"] for each in console.room["parts"]] == ["start", "harm", "risk", "closing"]


def test_a_store_that_is_away_changes_nothing_and_is_told(console, store, monkeypatch):
    from myths.errors import StoreError

    def away(*_: object, **__: object) -> None:
        raise StoreError("away", retry=True)

    before = console.room
    monkeypatch.setattr(type(store), "change_live_state", away)
    monkeypatch.setattr(type(store), "live_state", away)
    assert do(console, "go", page="risk", step="view") == WORDS.away
    assert console.room == before


def test_beside_each_step_stands_how_many_are_there_and_never_who(console, store, people, workshop):
    do(console, "go", page="risk", step="check")
    first, second, third, *others = (visiting(name, workshop) for name in people)
    for who, step in ((first, "view"), (second, "facts"), (third, "facts")):
        store.come_to(who, "risk", step=step)
    for who in others[:2]:
        store.come_to(who, "harm", step="view")
    before = console.html
    console.refresh()
    assert console.html != before  # it is drawn anew though nobody has clicked
    steps = console.room["steps"]
    assert [each["people"] for each in steps[:3]] == [1, 2, 0]
    assert [each["done"] for each in steps] == [True, True, False, False, False, False]
    assert console.room["elsewhere"] == 2
    assert WORDS.here.format(n=2) in console.html
    assert WORDS.elsewhere.format(n=2) in console.html
    assert not any(name in console.html for name in people)


def test_who_moves_changes_the_mark_by_which_the_staff_pages_look(console, store, people, workshop):
    lead = RoomLead(store, console.room["code"], catalog.load())
    do(console, "go", page="risk", step="view")
    lead.look()
    before = lead.mark
    store.come_to(visiting(people[0], workshop), "risk", step="facts")
    lead.look()
    assert lead.mark != before


def test_facts_are_shown_one_by_one_and_the_story_and_its_ending_where_they_are_talked_about(
    console, store
):
    facts = list(catalog.load().module("risk").facts)
    do(console, "go", page="risk", step="facts")
    assert WORDS.fact_first in console.html
    for number, fact in enumerate(facts, 1):
        following = console.room["screen"]["fact_next"]
        assert do(console, "show", scene="fact", detail=following.detail) == ""
        assert store.live_state(console.room["code"]).detail == fact
        assert WORDS.shows_fact.format(n=number, total=len(facts)) in console.html
    assert console.room["screen"]["fact_next"] is None
    assert console.room["screen"]["fact_before"].detail == facts[-2]
    assert do(console, "show", scene="story") == WORDS.unknown
    do(console, "go", page="risk", step="story")
    assert WORDS.shows_step.format(title=catalog.load().ui.steps.story) in console.html
    for scene, told in (("story", WORDS.shows_story), ("outcome", WORDS.shows_outcome)):
        assert do(console, "show", scene=scene) == ""
        assert told in console.html
    do(console, "show", scene="join")
    assert WORDS.shows_join in console.html
    assert do(console, "show", scene="results", detail="risk/myth") == WORDS.unknown


def test_where_a_myth_has_the_majority_its_fact_can_be_shown_first(console, store, people):
    for step, phase in (("view", "before"), ("again", "after")):
        do(console, "go", page="risk", step=step)
        do(console, "open", page="risk", step=step)
        answer(store, people, phase, 4)
        do(console, "close")
    assert console.room["primary"] == "fact"
    fact = console.room["votes"][0]["first_fact"]
    assert fact == catalog.load().module("risk").item("myth").fact
    assert do(console, "show", scene="fact", detail=fact) == ""
    assert store.live_state(console.room["code"]).scene == "fact"
    assert console.room["primary"] == "show"


def test_how_sure_people_are_is_shown_too_and_nobody_waits_for_it(console, store, people):
    words = {"question": "?", "options": {str(n): str(n) for n in range(11)}}
    for step, phase in (("view", "before"), ("again", "after")):
        asked = samples.asked("confidence", phase, kind="confidence", words=words)
        do(console, "go", page="risk", step=step)
        do(console, "open", page="risk", step=step)
        answer(store, people, phase, 2)
        console.refresh()
        assert console.room["answered"] == len(people)
        for number, person in enumerate(people):
            store.save(person, asked, samples.given(3 + number % 2))
        do(console, "close")
    assert do(console, "reveal", page="risk", step="again", item="confidence") == ""
    shown = live.revealed(store, console.room["code"], store.live_state(console.room["code"]))
    assert {share.percent for share in shown["risk/confidence"]["after"].shares} == {None, 50}


def test_notes_are_kept_seen_on_another_console_and_by_nobody_else(console, store):
    code = console.room["code"]
    other = Console(code, db=store.address)
    assert do(console, "note", text="Rumpelstilzchen", base="", id="one") == ""
    assert console.room["notes"]["kept"] == "one"
    assert other.room["notes"]["text"] == ""
    other.refresh()
    assert "Rumpelstilzchen" in other.html
    assert do(other, "note", text="And more", base="", id="two") == ""
    assert store.notes(code).text == "Rumpelstilzchen\nAnd more"
    assert store.live_state(code).version == 0  # nobody's page is moved by it
    assert do(console, "note", text="x" * 20_001, base="", id="three") == WORDS.notes_long
    assert console.room["notes"]["kept"] == "one"
    screen = ProjectorScreen(store, code, catalog.load()).markup(address="a", square="")
    assert "Rumpelstilzchen" not in screen
    assert "Rumpelstilzchen" not in repr(live.told(store.live_state(code)))
