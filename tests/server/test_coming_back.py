"""People lose neither their recovery code nor their place, and leave only if they mean to."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from myths import catalog

from tests.server.conftest import Running, Visitor, read, recovery_code, serving
from tests.server.wire import Wire

UI = catalog.load().ui


def place(answer: httpx.Response) -> str:
    assert answer.status_code in (302, 303), read(answer)
    return str(answer.headers["Location"])


@pytest.fixture
def inside(visitor: Visitor) -> Visitor:
    """Somebody who has joined and kept the code."""
    visitor.join()
    visitor.send("/code", do="kept")
    return visitor


def test_the_code_is_there_after_a_reload_and_on_the_way_back_until_it_is_kept(visitor: Visitor):
    code = recovery_code(visitor.join())
    assert {recovery_code(visitor.get("/code")) for _ in range(3)} == {code}
    assert place(visitor.send("/code", do="kept")) == "/m/start"
    page = read(visitor.get("/code"))
    assert UI.code.kept in page
    assert code not in page


def test_a_new_code_is_made_while_one_is_in_and_the_one_before_opens_nothing(inside: Visitor):
    assert UI.code.renew in read(inside.get("/withdraw"))
    assert place(inside.send("/code", do="new", next="/leave")) == "/code?next=%2Fleave"
    first = recovery_code(inside.get("/code?next=/leave"))
    assert UI.leave.unkept in read(inside.get("/leave"))
    inside.send("/code", do="new")
    second = recovery_code(inside.get("/code"))
    assert first != second
    assert place(inside.send("/code", do="kept", next="/leave")) == "/leave"
    inside.send("/leave")
    assert UI.errors.replaced in read(inside.send("/return", recovery=first))
    assert place(inside.send("/return", recovery=second)) == "/m/start"


def test_leaving_asks_once_and_says_what_one_needs(inside: Visitor):
    page = read(inside.get("/leave"))
    assert UI.leave.need in page
    assert UI.code.renew in page
    assert inside.token
    assert place(inside.send("/leave")) == "/left"
    assert not inside.token
    assert UI.left.body in read(inside.get("/left"))
    assert place(inside.get("/leave")) == "/?next=%2Fleave"


@pytest.mark.parametrize("slug", ["start", "risk", "closing", "followup"])
def test_the_way_out_is_in_the_menu_and_no_page_leaves_at_one_tap(server, slug: str):
    with Visitor(server) as late:
        late.join(server.earlier_workshop().code)
        page = late.get(f"/m/{slug}").text
    menu, _, steps = page.partition("<main")
    assert 'href="/leave"' in menu
    assert ('href="/leave"' in steps) == (slug == "followup")
    assert 'action="/leave"' not in page
    assert ('href="/date"' in page) == (slug == "closing")


def test_a_code_used_elsewhere_can_end_the_other_visits(inside: Visitor, server: Running):
    inside.send("/code", do="new")
    code = recovery_code(inside.get("/code"))
    second, third = Visitor(server), Visitor(server)
    second.send("/return", recovery=code)
    assert inside.get("/code").status_code == second.get("/code").status_code == 200
    third.send("/return", recovery=code, alone="yes")
    assert place(inside.get("/code")) == place(second.get("/code")) == "/?next=%2Fcode"
    second.send("/return", recovery=code)
    assert UI.own.elsewhere.of(1) in read(third.get("/withdraw"))
    assert place(third.send("/withdraw", do="elsewhere")) == "/withdraw?ended=1"
    assert place(second.get("/code")) == "/?next=%2Fcode"
    assert UI.own.elsewhere.of(1) not in read(third.get("/withdraw?ended=1"))


def test_one_comes_back_to_the_page_that_one_was_on(inside: Visitor, server: Running):
    inside.send("/code", do="new")
    code = recovery_code(inside.get("/code"))
    for slug in ("risk", "harm"):
        Wire(inside, slug).shut_down()
    assert 'href="/m/harm#view"' in inside.get("/").text
    assert place(inside.send("/code", do="kept")) == "/m/harm#view"
    elsewhere = Visitor(server)
    assert place(elsewhere.send("/return", recovery=code)) == "/m/harm#view"


@pytest.mark.parametrize("path", ["/m/risk", "/m/followup", "/withdraw", "/code"])
def test_a_link_into_the_workshop_leads_there_once_one_is_in(visitor, server: Running, path: str):
    asked = place(visitor.get(path))
    page = visitor.get(asked)
    assert UI.join.first in read(page)
    assert page.text.count(f'name="next" value="{path}"') == 2
    shown = visitor.send("/", code=server.code, agree="yes", contributes="no", next=path)
    code = recovery_code(visitor.get(place(shown)))
    assert place(visitor.send("/code", do="kept", next=path)) == path
    assert place(visitor.get(asked)) == path  # in another tab
    visitor.send("/leave")
    assert place(visitor.send("/return", recovery=code, next=path)) == path


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/m/risk/../..//evil",
        "/m/",
        "x",
    ],
)
def test_nobody_is_led_to_another_site(visitor: Visitor, server: Running, path: str):
    page = visitor.http.get("/", params={"next": path})
    assert "evil" not in page.text
    shown = place(visitor.send("/", code=server.code, agree="yes", contributes="no", next=path))
    assert "evil" not in shown
    assert place(visitor.send("/code", do="kept", next=path)) == "/m/start"


def test_trainers_come_to_the_workshop_that_they_wanted(server: Running):
    trainer = Visitor(server)
    asked = place(trainer.get(f"/staff/{server.code}"))
    form = trainer.get(asked).text
    assert f'name="next" value="/staff/{server.code}"' in form
    key = server.store.new_staff_key()
    wanted = {"do": "enter", "key": key, "next": f"/staff/{server.code}"}
    assert place(trainer.send("/staff/", **wanted)) == f"/staff/{server.code}"
    assert place(trainer.send("/staff/", **wanted | {"next": "//evil"})) == "/staff/"
    failed = trainer.send("/staff/", do="open", title="Mine", k="1", rehearsal="yes")
    assert failed.status_code == 400
    assert 'value="Mine"' in failed.text
    assert re.search(r'name="rehearsal" value="yes" checked', failed.text)
    trainer.http.close()


def test_a_browser_without_cookies_is_told_so_and_makes_nobody(server: Running):
    before = len(server.store.participants(workshop=server.code))
    secret = Visitor(server).secret
    fields = {"_xsrf": secret, "code": server.code, "agree": "yes"}
    with httpx.Client(base_url=server.url("/"), timeout=60) as browser:
        for path in ("/", "/return", "/code", "/leave"):
            answer = browser.post(path, data=fields)
            assert (answer.status_code, UI.errors.no_cookie in read(answer)) == (403, True)
            browser.cookies.clear()
        told = browser.get("/code?new=1")  # where joining leads
        assert (told.status_code, UI.errors.no_cookie in read(told)) == (400, True)
    assert len(server.store.participants(workshop=server.code)) == before


def test_a_code_from_the_link_needs_no_field_and_forms_keep_what_was_given(
    visitor, server: Running
):
    form = visitor.get(f"/?w={server.code}").text
    assert 'id="code"' not in form
    assert f'<input type="hidden" name="code" value="{server.code}">' in form
    assert "checked" not in form
    wrong = visitor.send("/", code="ABSENT", agree="yes").text
    assert re.search(r'id="code" name="w" dir="ltr" value="ABSENT"', wrong)
    unsure = visitor.send("/", code=server.code, agree="yes").text
    assert 'id="code"' not in unsure
    assert re.search(r'name="agree" value="yes" checked', unsure)
    unwilling = visitor.send("/", code=server.code, contributes="no").text
    assert re.search(r'name="contributes" value="no" checked', unwilling)


def test_the_code_outlives_the_server(tmp_path: Path):
    with serving(tmp_path / "workshop.sqlite") as running:
        visitor = Visitor(running)
        code = recovery_code(visitor.join())
        cookies = dict(visitor.http.cookies)
        visitor.http.close()
    with (
        serving(tmp_path / "workshop.sqlite") as running,
        httpx.Client(base_url=running.url("/"), cookies=cookies, timeout=60) as again,
    ):
        assert recovery_code(again.get("/code")) == code
    assert code not in running.log.read_text()
