"""A participant asks the trainer on a page that needs no script; nobody learns who it was."""

from __future__ import annotations

import csv
import io
import re
import uuid
from collections.abc import Iterator

import httpx
import pytest
from myths import catalog
from myths.vocabulary import InquiryState

from tests.server.conftest import Running, Visitor, read
from tests.server.test_lead import ask as click
from tests.server.test_lead import trainer
from tests.store.samples import expire

__all__ = ["trainer"]
UI = catalog.load().ui
WORDS = "Who tells her <if> he stops coming?"


@pytest.fixture
def room(server: Running) -> Running:
    return server.another_workshop()


@pytest.fixture
def person(room: Running) -> Iterator[Visitor]:
    with Visitor(room) as someone:
        someone.join()
        someone.send("/code", do="kept")
        yield someone


def hidden(page: httpx.Response) -> dict[str, str]:
    """What the form for a question has in it beside its text."""
    form = page.text.partition("<form")[2].partition("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


def send(who: Visitor, text: str = WORDS, **more: str) -> httpx.Response:
    """Send the form as it is on the page."""
    form = hidden(who.get("/ask?page=risk"))
    return who.http.post("/ask", data=form | {"text": text} | more)


def field(page: httpx.Response) -> str:
    found = re.search(r"(?s)<textarea[^>]*>\n(.*?)</textarea>", page.text)
    assert found
    return found[1]


def test_a_question_is_sent_from_where_one_was_and_one_gets_back_there(person, room):
    person.get("/m/risk")
    visitor = room.store.visitor(person.token)
    room.store.come_to(visitor, "risk", step="facts")
    assert 'href="/ask?page=risk"' in person.get("/m/risk").text
    page = person.get("/ask?page=risk")
    for words in (UI.ask.heading, UI.ask.reader, UI.ask.at_once, UI.ask.people, UI.support.need):
        assert words in read(page)
    assert 'href="/m/risk#facts"' in page.text
    answer = send(person)
    assert answer.headers["Location"] == "/ask?page=risk&done=sent"
    after = person.get(answer.headers["Location"])
    assert UI.ask.sent in read(after)
    assert "Who tells her <if> he stops coming?" in read(after)
    assert "<if>" not in after.text
    assert 'href="/m/risk#facts"' in after.text
    [asked] = room.store.inquiries(room.code)
    assert (asked.text, asked.page, asked.step) == (WORDS, "risk", "facts")


def test_the_same_form_sent_twice_asks_once(person, room):
    key = str(uuid.uuid4())
    for _ in range(2):
        assert send(person, key=key).status_code == 303
    assert len(room.store.inquiries(room.code)) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("  ", UI.ask.empty),
        ("x" * 501, UI.ask.too_long.format(typed=501, limit=500)),
        (f"{'x' * 499}\r\ny", UI.ask.too_long.format(typed=501, limit=500)),
    ],
)
def test_what_does_not_fit_is_said_and_stays_in_its_field(person, room, text, told):
    answer = send(person, text)
    assert answer.status_code == 400
    assert told in read(answer)
    assert field(answer).strip() == text.replace("\r\n", "\n").strip()
    assert room.store.inquiries(room.code) == []


def test_five_hundred_characters_with_line_breaks_fit(person, room):
    assert send(person, f"{'x' * 498}\r\ny").status_code == 303
    assert room.store.inquiries(room.code)[0].text.endswith("x\ny")


def test_too_many_open_questions_are_refused_in_words_and_nothing_is_lost(person, room):
    visitor = room.store.visitor(person.token)
    for number in range(20):
        room.store.ask(visitor.participant, f"{number}?", key=str(uuid.uuid4()))
    answer = send(person)
    assert UI.errors.many.format(most=20) in read(answer)
    assert field(answer) == "Who tells her &lt;if&gt; he stops coming?"


def test_a_key_of_somebody_else_takes_nothing_from_them_and_the_next_try_works(person, room):
    send(person)
    [theirs] = room.store.inquiries(room.code)
    with Visitor(room) as other:
        other.join()
        answer = send(other, "Mine", key=theirs.key)
        assert UI.ask.not_sent in read(answer)
        form = hidden(answer)
        assert other.http.post("/ask", data=form | {"text": field(answer)}).status_code == 303
    assert {each.text for each in room.store.inquiries(room.code)} == {WORDS, "Mine"}


@pytest.mark.parametrize("how", ["away", "forged", "a broken key"])
def test_what_is_typed_is_never_lost(person, room, how):
    more = {"away": {}, "forged": {"_xsrf": "x"}, "a broken key": {"key": "1"}}[how]
    if how == "away":
        form = hidden(person.get("/ask"))
        room.store.leave(person.token)
        answer = person.http.post("/ask", data=form | {"text": WORDS})
    else:
        answer = send(person, **more)
    if how == "a broken key":
        assert answer.status_code == 303
        return
    assert answer.status_code == 403
    assert "Who tells her &lt;if&gt; he stops coming?" in answer.text
    assert (UI.errors.away if how == "away" else UI.errors.forged) in read(answer)


def test_one_takes_back_only_what_one_asked_oneself(person, room):
    send(person)
    [asked] = room.store.inquiries(room.code)
    with Visitor(room) as other:
        other.join()
        other.send("/ask", do="back", key=asked.key)
    assert len(room.store.inquiries(room.code)) == 1
    answer = person.send("/ask", do="back", key=asked.key, page="risk")
    assert UI.ask.taken in read(person.get(answer.headers["Location"]))
    assert room.store.inquiries(room.code) == []


def test_the_page_of_ones_answers_and_both_files_have_ones_questions_too(person, room):
    nothing = read(person.get("/withdraw"))
    assert UI.own.nothing in nothing
    assert UI.own.questions not in nothing
    send(person)
    page = read(person.get("/withdraw"))
    assert UI.own.nothing not in page
    assert f"{UI.own.questions} {WORDS}" in page
    data = person.send("/withdraw", do="json").json()
    asked = {"text": WORDS, "page": "risk", "step": "", "state": "new"}
    assert data["questions"] == [asked]
    text = person.send("/withdraw", do="text").text
    assert f"{UI.own.questions}\n\n{WORDS}\n{UI.ask.state_new}" in text
    with Visitor(room) as other:
        other.join()
        assert WORDS not in read(other.get("/withdraw")) + read(other.get("/ask"))


def test_erasing_all_answers_takes_the_questions_too(person, room):
    send(person)
    person.send("/withdraw", do="all", sure="yes")
    assert room.store.inquiries(room.code) == []


def test_without_a_cookie_there_is_the_way_in_and_back_here(room):
    with Visitor(room) as stranger:
        assert stranger.get("/ask?page=risk").headers["Location"] == "/?next=%2Fask"
        stranger.join()
        answer = stranger.send("/ask", do="back", key="1")
        assert answer.headers["Location"] == "/ask?done=taken"


@pytest.mark.parametrize("page", ["nosuch", "//evil.example", "risk#x", "<b>"])
def test_a_page_that_is_not_there_leads_to_no_other_place(person, page):
    shown = person.http.get("/ask", params={"page": page})
    assert shown.status_code == 200
    assert "evil" not in shown.text
    assert 'href="/m/start"' in shown.text
    sent = person.send("/ask", text="?", page=page, key=str(uuid.uuid4()))
    assert sent.headers["Location"] == "/ask?done=sent"


# What the staff sees


def test_no_page_of_the_staff_tells_who_asked_or_when(person, room, trainer):
    for _ in range(2):
        send(person)
    name = room.store.visitor(person.token).participant
    pages = [
        trainer.get(f"/staff/{room.code}").text,
        trainer.get(f"/staff/{room.code}/lead").text,
        click(trainer, room).text,
        trainer.get(f"/staff/{room.code}/questions").text,
    ]
    assert not any(name in page for page in pages)
    assert UI.staff.questions.of(2) in pages[0]


def table(who: Visitor, room: Running) -> list[list[str]]:
    answer = who.get(f"/staff/{room.code}/questions")
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_what_is_open_is_a_table_of_page_step_and_text_and_nothing_else(person, room, trainer):
    for text in ("new", "later", "answered", "=1+1", 'two\nlines, "quoted"'):
        send(person, text)
    keys = {each.text: each.key for each in room.store.inquiries(room.code)}
    for state in (InquiryState.LATER, InquiryState.ANSWERED):
        room.store.mark_inquiries(room.code, [keys[state.value]], state)
    head, *rows = table(trainer, room)
    assert head == ["page", "step", "text"]
    assert sorted(rows) == sorted(
        ["risk", "", text] for text in ("new", "later", "'=1+1", 'two\nlines, "quoted"')
    )
    name = trainer.get(f"/staff/{room.code}/questions").headers["Content-Disposition"]
    assert room.code not in name


def test_only_who_has_the_key_gets_the_table(person, room):
    send(person)
    answer = person.get(f"/staff/{room.code}/questions")
    assert answer.status_code == 303
    assert WORDS not in answer.text


def test_no_workshop_has_no_table_and_one_without_questions_no_link(trainer, room):
    assert trainer.get("/staff/NOSUCH/questions").status_code == 404
    assert "/questions" not in trainer.get(f"/staff/{room.code}").text


def test_a_workshop_whose_time_is_over_takes_no_question_and_loses_none(person, room):
    form = hidden(person.get("/ask"))
    expire(room.store, room.store.workshop(room.code))
    answer = person.http.post("/ask", data=form | {"text": WORDS})
    assert answer.status_code in (400, 403)
    assert field(answer) == "Who tells her &lt;if&gt; he stops coming?"
