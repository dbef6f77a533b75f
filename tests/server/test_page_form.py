"""A step that is sent as a form is saved as it was changed, and nothing that was typed is lost."""

from __future__ import annotations

import html
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from myths import catalog
from myths.answer import Answer

from tests.server.conftest import Running, Visitor, read, serving
from tests.server.test_coming_back import place
from tests.store.samples import expire, given, written
from tests.store.traces import traces

UI = catalog.load().ui
MYTH, SURE, WHY, RECALL = (
    f"risk.{name}" for name in ("myth.before", "confidence.before", "reason.before", "recall.after")
)
LIMIT = 2000


@pytest.fixture
def inside(visitor: Visitor, server: Running) -> Visitor:
    """Somebody alone in a workshop, in whose browser no script runs."""
    visitor.join(server.store.open_workshop().code)
    return visitor


def shown(visitor: Visitor, *items: str) -> dict[str, str]:
    """The hidden fields of questions as their page has them now."""
    page = visitor.get("/m/risk").text
    found = dict(re.findall(r'name="after:([^"]+)" value="([^"]*)"', page))
    return {f"after:{item}": found[item] for item in items}


def send(visitor: Visitor, fields: dict[str, str], **more: str) -> httpx.Response:
    return visitor.send("/m/risk", **{"go": "facts", **fields, **more})


def written_down(text: str, reader: str = "me") -> dict[str, str]:
    return {WHY: text, f"reader:{WHY}": reader}


def stands(visitor: Visitor) -> dict[str, Answer]:
    """What somebody says now."""
    who = visitor.server.store.visitor(visitor.token)
    found = visitor.server.store.latest(who.participant, key=who.key)
    return {".".join(cell): answer for cell, answer in found.items()}


def versions(visitor: Visitor) -> int:
    who = visitor.server.store.visitor(visitor.token)
    return len(visitor.server.store.answer_versions(who.participant, key=who.key))


def typed(page: httpx.Response) -> list[str]:
    """The texts that a page has ready to be copied."""
    found = re.findall(r"(?s)<textarea[^>]*>\n(.*?)</textarea>", page.text)
    return [html.unescape(text) for text in found]


def test_a_rating_a_confidence_and_a_text_are_saved_and_lead_on(inside: Visitor, server: Running):
    fields = {
        **shown(inside, MYTH, SURE, WHY),
        MYTH: "4",
        SURE: "0",
        **written_down("Rumpelpage\r\nis my name.\r\n"),
    }
    assert place(send(inside, fields)) == "/m/risk#facts"
    now = stands(inside)
    assert {item: now[item].value for item in (MYTH, SURE)} == {MYTH: 4, SURE: 0}
    assert (now[WHY].text, now[WHY].reader) == ("Rumpelpage\nis my name.\n", "me")
    assert traces(server.db, "Rumpelpage") == 0  # it is sealed
    assert 'href="/m/risk#facts"' in inside.get("/").text


def test_what_is_unchanged_or_not_in_the_form_is_not_saved_again(inside: Visitor):
    text = "\n first line\n\nand \x0b\tanother "
    send(inside, {MYTH: "4", **written_down(text, "evaluation")})
    before = versions(inside)
    same = {MYTH: "4", **written_down(text.replace("\n", "\r\n"), "evaluation")}
    for fields in (
        {**shown(inside, MYTH, WHY), **same},
        shown(inside, MYTH, WHY),
        {SURE: "", f"after:{SURE}": "", RECALL: "", f"after:{RECALL}": ""},
    ):
        assert place(send(inside, fields)) == "/m/risk#facts"
        assert versions(inside) == before
    send(inside, {**shown(inside, WHY), **written_down(text, "me")})
    assert stands(inside)[WHY].reader == "me"


def test_an_answer_is_cleared_and_declined(inside: Visitor):
    send(inside, {MYTH: "4", SURE: "5", **written_down("A text.")})
    cleared = {MYTH: "", SURE: "declined", **written_down("  \r\n ")}
    send(inside, {**shown(inside, MYTH, SURE, WHY), **cleared})
    now = stands(inside)
    assert set(now) == {SURE}
    assert now[SURE].declined
    send(inside, {**shown(inside, SURE), SURE: "7"})
    assert stands(inside)[SURE].value == 7


def test_a_text_that_is_too_long_is_shown_to_be_shortened_and_the_rest_is_saved(inside: Visitor):
    long = "<b>Long</b>\n" * 400
    page = send(inside, {MYTH: "2", **written_down(long, "evaluation")}, step="view")
    assert page.status_code == 422
    assert UI.components.question.refused.long.format(limit=LIMIT) in read(page)
    assert UI.unsaved.intro in read(page)
    assert typed(page) == [long]
    assert 'href="/m/risk#view"' in page.text
    now = stands(inside)
    assert (now[MYTH].value, WHY in now) == (2, False)
    assert f'name="after:{WHY}" value=""' in page.text
    assert f'name="reader:{WHY}" value="evaluation"' in page.text
    again = {WHY: "Short.", f"after:{WHY}": "", f"reader:{WHY}": "evaluation"}
    assert place(send(inside, again)) == "/m/risk#facts"
    assert stands(inside)[WHY].text == "Short."


def test_a_text_that_was_changed_elsewhere_stays_and_the_other_is_shown_beside_it(inside: Visitor):
    send(inside, written_down("First."))
    old = shown(inside, WHY)
    send(inside, {**old, **written_down("From another device.")})
    page = send(inside, {**old, MYTH: "3", **written_down("From here.")})
    assert page.status_code == 409
    assert UI.unsaved.newer in read(page)
    assert f"{UI.unsaved.now} From another device." in read(page)
    assert typed(page) == ["From here."]
    now = stands(inside)
    assert (now[WHY].text, now[MYTH].value) == ("From another device.", 3)
    found = re.search(rf'name="after:{WHY}" value="([^"]+)"', page.text)
    assert found
    assert found[1] == now[WHY].key
    send(inside, {f"after:{WHY}": found[1], **written_down("From here.")})
    assert stands(inside)[WHY].text == "From here."


def test_a_rating_that_was_changed_elsewhere_is_touched_only_if_it_was_changed_here(inside):
    send(inside, {MYTH: "1"})
    old = shown(inside, MYTH)
    send(inside, {**old, MYTH: "5"})
    assert place(send(inside, {**old, MYTH: "1"})) == "/m/risk#facts"
    assert stands(inside)[MYTH].value == 5
    send(inside, {**old, MYTH: "2"})
    assert stands(inside)[MYTH].value == 2


def test_what_was_erased_meanwhile_does_not_come_back_from_an_open_page(inside: Visitor):
    send(inside, {MYTH: "4", **written_down("Erased.")})
    fields = {**shown(inside, MYTH, WHY), MYTH: "4", **written_down("Erased.")}
    for item in ("myth", "reason"):
        inside.send("/withdraw", do="one", module="risk", item=item, phase="before")
    page = send(inside, fields)
    assert page.status_code == 409
    assert typed(page) == ["Erased."]
    option = catalog.load().ui.rating_scale["4"]
    assert UI.components.question.your_answer.format(answer=option) in read(page)
    assert stands(inside) == {}


def test_the_first_try_at_a_recall_question_is_kept_once_and_the_last_counts(inside: Visitor):
    first = RECALL.replace("after", "before")
    send(inside, {f"after:{RECALL}": "", RECALL: "2"})
    assert {item: stands(inside)[item].value for item in (first, RECALL)} == {first: 2, RECALL: 2}
    send(inside, {**shown(inside, RECALL), RECALL: "1"})
    assert {item: stands(inside)[item].value for item in (first, RECALL)} == {first: 2, RECALL: 1}


def test_an_answer_that_is_none_of_those_to_choose_from_is_refused(inside: Visitor):
    for wrong in ("6", "-1", "3.5", "four", "٣", "4" * 400):
        page = send(inside, {MYTH: wrong})
        assert (page.status_code, UI.components.question.refused.value in read(page)) == (422, True)
    page = send(inside, written_down("Whom?", "everybody"))
    assert (page.status_code, typed(page)) == (422, ["Whom?"])
    assert stands(inside) == {}


def test_a_text_for_a_reader_who_is_offered_no_more_stays_as_it_is(inside: Visitor):
    store = inside.server.store
    who = store.visitor(inside.token).participant
    store.save(who, written(), given(text="For the group.", reader="group"))
    fields = shown(inside, WHY)
    send(inside, {**fields, **written_down("For the group.", "me")})
    assert stands(inside)[WHY].reader == "group"
    send(inside, {**fields, **written_down("For me.", "me")})
    assert (stands(inside)[WHY].text, stands(inside)[WHY].reader) == ("For me.", "me")


def test_without_a_visit_all_that_was_written_is_shown_with_the_way_back_in(inside: Visitor):
    fields = {MYTH: "4", **written_down("Kept\r\nfor me.")}
    inside.server.store.leave(inside.token)
    page = send(inside, fields)
    assert page.status_code == 403
    assert UI.errors.away in read(page)
    assert UI.unsaved.keep in read(page)
    assert typed(page) == ["Kept\nfor me."]
    assert 'href="/?next=%2Fm%2Frisk"' in page.text
    assert UI.unsaved.button not in read(page)


def test_when_the_workshop_has_ended_all_that_was_written_is_shown(visitor, server: Running):
    workshop = server.store.open_workshop()
    visitor.join(workshop.code)
    expire(server.store, workshop)
    page = send(visitor, written_down("Too late."))
    assert page.status_code == 403
    assert UI.errors.expired in read(page)
    assert typed(page) == ["Too late."]


def test_what_was_written_on_a_page_or_to_a_question_that_is_gone_is_shown(inside: Visitor):
    store, code = inside.server.store, inside.server.store.visitor(inside.token).workshop.code
    page = send(inside, {MYTH: "2", "risk.gone.before": "Mine.", "reader:risk.gone.before": "me"})
    assert (page.status_code, typed(page)) == (422, ["Mine."])
    assert UI.unsaved.gone in read(page)
    assert stands(inside)[MYTH].value == 2
    store.change_workshop(code, modules=["harm"])
    page = send(inside, written_down("Mine, too."))
    assert (page.status_code, typed(page)) == (404, ["Mine, too."])
    assert UI.errors.not_here in read(page)
    assert WHY not in stands(inside)


def test_while_nothing_can_be_saved_what_was_written_is_shown_to_be_sent_again(inside, server):
    inside.get("/m/risk")
    secret = inside.secret
    with closing(sqlite3.connect(server.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        page = send(inside, written_down("Later."), _xsrf=secret)
    assert (page.status_code, typed(page)) == (503, ["Later."])
    assert UI.errors.store in read(page)
    assert UI.unsaved.button in read(page)
    assert WHY not in stands(inside)


def test_when_the_store_is_gone_what_was_written_is_shown_to_be_copied(tmp_path: Path):
    with serving(tmp_path / "workshop.sqlite") as running, Visitor(running) as visitor:
        visitor.join()
        visitor.get("/m/risk")
        fields = {"_xsrf": visitor.secret, **written_down("Mine.")}
        running.file.rename(tmp_path / "gone.sqlite")
        page = visitor.http.post("/m/risk", data=fields)
        assert (page.status_code, typed(page)) == (503, ["Mine."])
        assert UI.unsaved.keep in read(page)


@pytest.mark.parametrize(
    ("go", "where"),
    [
        ("facts", "/m/risk#facts"),
        ("/m/harm", "/m/harm"),
        ("", "/m/risk#view"),
        ("https://evil.example", "/m/risk#view"),
        ("//evil.example", "/m/risk#view"),
        ("/m/harm/../..//evil", "/m/risk#view"),
        ("Facts", "/m/risk#view"),
    ],
)
def test_one_is_led_to_a_step_or_a_page_of_ours_only(inside: Visitor, go: str, where: str):
    assert place(send(inside, {"go": go, "step": "view"})) == where


def test_the_steps_that_forms_lead_to_are_kept_and_the_last_one_makes_a_page_done(inside: Visitor):
    send(inside, {}, step="view", go="facts")
    send(inside, {}, step="again", go="/m/harm", last="1")
    kept = inside.server.store.visitor(inside.token).places["risk"]
    assert kept == {"steps": ["facts", "again"], "step": "again", "done": True}


def test_a_browser_that_tells_no_origin_can_send_a_form(inside: Visitor):
    fields = {"_xsrf": inside.secret, MYTH: "4"}
    answer = inside.http.post("/m/risk", data=fields, headers={"Origin": "null"})
    assert place(answer) == "/m/risk"
    assert stands(inside)[MYTH].value == 4


def test_no_other_site_can_send_a_form(inside: Visitor):
    inside.get("/m/risk")
    answer = inside.http.post("/m/risk", data={MYTH: "4"})
    assert answer.status_code == 403
    assert stands(inside) == {}


def test_the_log_has_nothing_of_what_was_sent(inside: Visitor, server: Running):
    send(inside, {MYTH: "Rumpelform", **written_down("Rumpelform" * 400)})
    server.store.leave(inside.token)
    send(inside, written_down("Rumpelform"))
    assert "Rumpelform" not in server.log.read_text()
