"""Participants see, download and erase what they said, and only they, until the pooling date."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from myths import catalog
from myths.answer import Answer
from myths.store import AskedQuestion

from tests.server.conftest import Running, Visitor, read, recovery_code

OPTIONS = {str(value): label for value, label in enumerate(["no", "rather no", "yes"], start=1)}
ASKED = {"question": "Is it so?", "options": OPTIONS}
MYTH = AskedQuestion("risk", "myth", "before", "rating", "en", "0" * 12, ASKED)
SURE = AskedQuestion(
    "risk",
    "confidence",
    "before",
    "confidence",
    "en",
    "0" * 12,
    {
        "question": "How sure?",
        "options": {str(value): str(value) for value in range(11)},
        "ends": ["not sure", "very sure"],
    },
)
WHY = AskedQuestion("harm", "reason", "after", "text", "en", "0" * 12, {"question": "Why?"})
MINE = 'Mine <b>&amp; "quoted"</b> \u202enettirhcs'
UI = catalog.load().ui


@pytest.fixture
def room(server: Running) -> Running:
    return server.another_workshop()


def say(visitor: Visitor, asked: AskedQuestion, **answer: object) -> None:
    store = visitor.server.store
    person = store.visitor(visitor.token).participant
    store.save(person, asked, Answer(**{"key": str(uuid.uuid4()), **answer}))


def answered(room: Running, code: str = "") -> Visitor:
    """Somebody who has joined and given one answer."""
    visitor = Visitor(room)
    visitor.join(code)
    say(visitor, MYTH, value=3)
    return visitor


def page(visitor: Visitor) -> str:
    return read(visitor.get("/withdraw"))


def send(visitor: Visitor, **fields: str) -> httpx.Response:
    return visitor.send("/withdraw", **fields)


# Seeing


def test_all_that_one_said_is_listed_with_its_question(room: Running):
    visitor = answered(room)
    say(visitor, SURE, value=7)
    say(visitor, WHY, text=MINE, reader="me")
    shown = page(visitor)
    assert "Is it so? Before yes" in shown
    assert "How sure? Before 7 (on a scale from 0, not sure, to 10, very sure)" in shown
    assert f"Why? {MINE} Who can read this? Only me" in shown
    assert shown.index("Is it so?") < shown.index("Why?")  # in the order of the series
    html = visitor.get("/withdraw").text
    assert "<b>&amp;" not in html
    assert '<p class="said" dir="auto">' in html
    assert 'href="/m/harm"' in html
    assert f"<title>{UI.page.tab}</title>" in html


def test_who_comes_back_with_the_code_in_another_browser_sees_it_all(room: Running):
    first = Visitor(room)
    code = recovery_code(first.join())
    say(first, WHY, text=MINE, reader="me")
    second = Visitor(room)
    second.send("/return", recovery=code)
    assert MINE in page(second)


def test_nobody_sees_what_others_said(room: Running):
    answered(room)
    other = Visitor(room)
    other.join()
    assert UI.own.nothing in page(other)
    assert "Is it so?" not in page(other)


def test_declined_is_told_and_a_changed_answer_is_shown_as_it_stands(room: Running):
    visitor = answered(room)
    say(visitor, MYTH, value=1)
    say(visitor, SURE, declined=True)
    shown = page(visitor)
    assert "Is it so? Before no" in shown
    assert "Is it so? Before yes" not in shown
    assert f"How sure? Before {UI.components.question.decline}" in shown
    assert UI.own.earlier_body in shown


def test_answers_to_questions_that_are_no_longer_there_are_listed_too(room: Running):
    visitor = answered(room)
    say(
        visitor,
        AskedQuestion("bees", "x", "after", "text", "en", "0", {"question": "Hm?"}),
        text="Yes.",
        reader="me",
    )
    html = visitor.get("/withdraw").text
    assert "Hm?" in html
    assert 'href="/m/bees"' not in html


def test_answers_stand_in_the_order_of_the_page_with_before_beside_after(room: Running):
    visitor = Visitor(room)
    visitor.join()
    say(visitor, replace(WHY, module="risk", item="learned"), text="Much.", reader="me")
    say(visitor, replace(MYTH, item="own", phase="after"), value=2)
    say(visitor, replace(SURE, phase="after"), value=4)
    for phase in ("followup", "after", "before"):
        say(visitor, replace(MYTH, phase=phase), value=3)
    say(visitor, WHY, text="Because.", reader="me")
    html = visitor.get("/withdraw").text
    headings = re.findall(r"<h([234])[^>]*>(?:<bdi>)?([^<]*)", html)
    assert [words for _, words in headings][:7] == [
        *("Risk", "Is it so?", "How sure?", "Why?", "Is it so?", "Harm", "Why?")
    ]
    assert "Is it so? Before yes → After yes → Follow-up yes" in page(visitor)
    jumps = re.search(r'<nav class="jumps".*?</nav>', html, re.DOTALL)
    assert jumps
    targets = re.findall(r'href="#([^"]+)"', jumps[0])
    assert len(targets) == 2
    assert all(f'id="{target}"' in html for target in targets)
    rows = json.loads(send(visitor, do="json").text)["answers"]
    assert [row["item"] for row in rows][:3] == ["myth"] * 3


def test_ratings_of_one_statement_stand_on_one_line_with_one_place_to_erase_them(room: Running):
    visitor = answered(room)
    say(visitor, replace(MYTH, phase="after"), value=1)
    for phase, value in (("before", 7), ("after", 9)):
        say(visitor, replace(SURE, phase=phase), value=value)
    shown = page(visitor)
    assert "Is it so? Before yes → After no Erase this answer" in shown
    sure = "Before 7 → After 9 (on a scale from 0, not sure, to 10, very sure)"
    assert f"How sure? {sure}" in shown
    html = visitor.get("/withdraw").text
    assert html.count('<details class="erase">') == 2
    send(visitor, do="one", module="risk", item="myth", phase="before")
    assert "Is it so? After no Erase this answer" in page(visitor)


def test_what_was_asked_in_other_words_stands_under_its_own_words(room: Running):
    visitor = answered(room)
    asked = {**ASKED, "question": "Is it really so?"}
    say(visitor, replace(MYTH, phase="after", wording="1" * 12, words=asked), value=1)
    assert "Before yes →" not in page(visitor)
    assert "After Is it really so? no" in page(visitor)


# Downloading


def test_everything_is_downloaded_as_a_file_with_a_neutral_name(room: Running):
    visitor = answered(room)
    say(visitor, MYTH, value=1)
    say(visitor, WHY, text=MINE, reader="me")
    data, text = send(visitor, do="json"), send(visitor, do="text")
    assert data.headers["content-disposition"] == 'attachment; filename="answers.json"'
    assert text.headers["content-disposition"] == 'attachment; filename="answers.txt"'
    assert data.headers["content-type"] == "application/json; charset=utf-8"
    assert text.headers["cache-control"] == "no-store"
    rows = json.loads(data.text)["answers"]
    assert [(row["label"], row["current"]) for row in rows[:2]] == [("yes", False), ("no", True)]
    assert rows[2]["text"] == MINE
    assert rows[2]["reader"] == "me"
    assert datetime.fromisoformat(rows[2]["answered_at"]).tzinfo
    assert MINE in text.text
    assert text.text.count("Is it so?") == 2
    person = room.store.visitor(visitor.token).participant
    assert person not in data.text + text.text


@pytest.mark.parametrize("do", ["json", "text", "one", "all"])
def test_a_form_of_another_site_neither_downloads_nor_erases(room: Running, do: str):
    visitor = answered(room)
    reply = visitor.http.post("/withdraw", data={"do": do, "sure": "yes", "module": "risk"})
    assert reply.status_code == 403
    assert "content-disposition" not in reply.headers
    assert "Is it so? Before yes" in page(visitor)


# Erasing


def erase_form(visitor: Visitor, question: str) -> dict[str, str]:
    """The fields of the form that stands under a question."""
    html = visitor.get("/withdraw").text
    form = html[html.index(question) :].partition("<form")[2].partition("</form>")[0]
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))


def test_one_answer_is_erased_and_the_others_stay(room: Running):
    visitor, other = answered(room), answered(room)
    say(visitor, WHY, text="Because.", reader="evaluation")
    reply = visitor.http.post("/withdraw", data=erase_form(visitor, "Why?"), follow_redirects=True)
    assert UI.own.erased in read(reply)
    assert "Because." not in page(visitor)
    assert "Is it so? Before yes" in page(visitor)
    assert "Is it so? Before yes" in page(other)
    assert room.store.answers(workshop=room.code)["text"].isna().all()
    assert f"<title>{UI.own.erased.rstrip('.')} · {UI.page.tab}</title>" in reply.text
    again = send(visitor, do="one", module="risk", item="nothing", phase="before")
    assert again.headers["location"] == "/withdraw"  # and not that something was erased


def test_everything_is_erased_and_the_browser_forgets(room: Running):
    first, second = answered(room), answered(room)
    answer = send(first, sure="yes")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/left?erased=1&language=en")
    assert "Your answers are erased" in first.get(answer.headers["Location"]).text
    assert not first.token
    assert len(room.store.answers(workshop=room.code)) == 1
    assert len(room.store.participants(workshop=room.code)) == 1
    assert "Your answers are erased" not in second.http.get(room.url("/")).text


def test_without_the_tick_nothing_is_erased(room: Running):
    visitor = answered(room)
    page = send(visitor)
    assert page.status_code == 400
    assert "Nothing was erased" in page.text
    assert len(room.store.answers(workshop=room.code)) == 1


@pytest.fixture
def late(server: Running) -> Visitor:
    """Somebody in a workshop whose pooling date is over."""
    then = datetime.now(UTC) - timedelta(days=2)
    return answered(server, server.store.open_workshop(now=then, days=30, pool_days=1).code)


def test_after_the_pooling_date_it_is_told_that_it_is_too_late(server: Running, late: Visitor):
    assert UI.own.too_late in page(late)
    html = late.get("/withdraw").text
    assert UI.withdraw.button not in html
    assert UI.own.erase not in html
    assert send(late, sure="yes").status_code == 400
    place = {"module": "risk", "item": "myth", "phase": "before"}
    assert send(late, do="one", **place).status_code == 400
    assert "Is it so? Before yes" in page(late)


def test_after_the_pooling_date_one_still_reads_and_downloads(late: Visitor):
    assert "Is it so? Before yes" in page(late)
    assert len(json.loads(send(late, do="json").text)["answers"]) == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_has_not_joined_is_led_to_the_first_page(room: Running, method: str):
    visitor = Visitor(room)
    reply = visitor.get("/withdraw") if method == "get" else send(visitor, do="json")
    assert reply.status_code == 303
    assert reply.headers["location"] == "/?next=%2Fwithdraw"  # and from there back here
