"""Questions from the room on the console and the projector: marked, shown, and gone at once."""

from __future__ import annotations

import uuid

import pytest
from myths import catalog
from myths.console import ProjectorScreen, RoomLead
from myths.live import told
from myths.store import Store, Workshop
from myths.vocabulary import InquiryState, Scene

from tests.console.test_console import console, do

__all__ = ["console"]
CATALOG = catalog.load()
WORDS = CATALOG.ui.console
ASKED = "Who tells her if he stops coming?"


@pytest.fixture
def person(store: Store, workshop: Workshop) -> str:
    return store.join(workshop.code, language="en", consent="agreed").participant


def ask(store: Store, person: str, text: str = ASKED, page: str = "", step: str = "") -> str:
    key = str(uuid.uuid4())
    store.ask(person, text, key=key, page=page, step=step)
    return key


def screen(store: Store, code: str) -> tuple[str, str]:
    """What the projector shows, and its mark."""
    shown = ProjectorScreen(store, code, CATALOG)
    return shown.markup(address="room.example", square=""), shown.mark


def test_a_console_hears_of_a_new_question_and_tells_how_many_are_new(console, store, person):
    lead = RoomLead(store, console.room["code"], CATALOG)
    lead.look()
    before = lead.mark
    assert WORDS.inquiry_none in console.html
    ask(store, person, page="risk", step="facts")
    lead.look()
    assert lead.mark != before
    console.refresh()
    assert WORDS.inquiries_new.of(1) in console.html
    assert ASKED in console.html
    assert f"Risk · {CATALOG.ui.steps.facts}" in console.html


def test_nothing_on_the_console_tells_who_asked(console, store, person):
    ask(store, person)
    console.refresh()
    assert person not in console.html + repr(console.room)


def test_those_in_the_same_words_stand_together_and_are_marked_together(console, store, person):
    keys = [
        ask(store, person, text)
        for text in (ASKED, f"{ASKED.upper()}??", " who  TELLS her if he stops coming", "Else?")
    ]
    console.refresh()
    assert sorted(each["times"] for each in console.room["inquiries"]["new"]) == [1, 3]
    assert WORDS.inquiry_times.format(n=3) in console.html
    assert do(console, "mark_inquiry", key=keys[1], state="answered") == ""
    states = {each.key: each.state for each in store.inquiries(console.room["code"])}
    assert [states[key] for key in keys] == ["answered"] * 3 + ["new"]
    assert WORDS.inquiry_counts.format(new=1, answered=1) in console.html


def test_signs_and_letters_of_any_writing_keep_questions_apart(console, store, person):
    for text in ("???", "!!!", "هل؟", "Почему?", "почему"):
        ask(store, person, text)
    console.refresh()
    assert sorted(each["times"] for each in console.room["inquiries"]["new"]) == [1, 1, 1, 2]


def test_a_marked_question_is_put_back(console, store, person):
    key = ask(store, person)
    for state in ("later", "new", "answered", "new"):
        assert do(console, "mark_inquiry", key=key, state=state) == ""
        assert [each["key"] for each in console.room["inquiries"][state]] == [key]


def test_marking_moves_no_room_so_nobody_who_leads_is_held_up(console, store, person):
    key = ask(store, person)
    do(console, "mark_inquiry", key=key, state="later")
    assert store.live_state(console.room["code"]).version == 0


@pytest.mark.parametrize(
    "message",
    [{"key": "x" * 37}, {"key": 3}, {"state": "shouted"}, {"key": "none", "who": "me"}],
)
def test_what_is_no_mark_is_refused(console, store, person, message):
    ask(store, person)
    assert (
        console.act({"do": "mark_inquiry", "seen": 0, "state": "later", **message}) == WORDS.unknown
    )
    assert store.own_inquiries(person)[0].state == InquiryState.NEW


def test_a_question_of_another_room_is_neither_marked_nor_shown(console, store):
    other = store.open_workshop().code
    stranger = store.join(other, language="en", consent="agreed").participant
    key = ask(store, stranger)
    do(console, "mark_inquiry", key=key, state="answered")
    assert do(console, "show_inquiry", key=key) == WORDS.unknown
    assert store.own_inquiries(stranger)[0].state == InquiryState.NEW
    assert store.live_state(console.room["code"]).version == 0


def test_only_what_the_trainer_shows_is_on_the_projector_and_no_phone_gets_it(
    console, store, person
):
    code, key = console.room["code"], ask(store, person)
    ask(store, person, "Not this one")
    assert ASKED not in screen(store, code)[0]
    assert do(console, "show_inquiry", key=key) == ""
    shown, _ = screen(store, code)
    assert ASKED in shown
    assert "Not this one" not in shown
    state = store.live_state(code)
    assert ASKED not in repr(state)  # only its key is kept
    assert key not in repr(told(state))
    assert WORDS.inquiry_hide in console.html
    do(console, "show_inquiry")
    assert ASKED not in screen(store, code)[0]


def test_a_question_that_is_taken_back_leaves_the_projector_and_the_console_at_once(
    console, store, person
):
    code, key = console.room["code"], ask(store, person)
    do(console, "go", page="risk", step="facts")
    do(console, "show_inquiry", key=key)
    before = screen(store, code)
    store.take_back(person, key)
    after = screen(store, code)
    assert ASKED in before[0]
    assert ASKED not in after[0]
    assert f'data-scene="{Scene.STEP}"' in after[0]
    assert after[1] != before[1]
    console.refresh()
    assert ASKED not in console.html


def test_a_withdrawal_takes_the_question_from_the_projector_too(console, store, person):
    do(console, "show_inquiry", key=ask(store, person))
    store.erase_participant(person)
    assert ASKED not in screen(store, console.room["code"])[0]


def test_a_curtain_lies_over_a_question_and_going_on_takes_it_away(console, store, person):
    code = console.room["code"]
    do(console, "go", page="risk", step="view")
    do(console, "show_inquiry", key=ask(store, person))
    do(console, "curtain", curtain="look-up")
    assert ASKED not in screen(store, code)[0]
    do(console, "curtain", curtain="")
    assert ASKED in screen(store, code)[0]
    do(console, "go", page="risk", step="facts")
    assert ASKED not in screen(store, code)[0]


def test_what_is_shown_is_text_and_never_markup(console, store, person):
    key = ask(store, person, "<script>alert(1)</script>")
    do(console, "show_inquiry", key=key)
    assert "<script>" not in console.html + screen(store, console.room["code"])[0]
