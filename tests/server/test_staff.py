"""The trainers' pages: nothing without the staff key, and nothing once that has ended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from myths import catalog
from myths.server.routes import routes
from myths.store import credentials

from tests.server.conftest import Running, Visitor, read, serving
from tests.server.guesser import Guesser

SAYS = catalog.load().ui
STAFF = SAYS.staff


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server of our own: keys are ended, and its only workshop is closed."""
    with serving(tmp_path_factory.mktemp("staff") / "workshop.sqlite") as running:
        yield running


@pytest.fixture
def stranger(place: Running) -> Iterator[Visitor]:
    with Visitor(place) as someone:
        yield someone


@pytest.fixture
def trainer(place: Running) -> Iterator[Visitor]:
    with Visitor(place) as someone:
        assert enter(someone, place.store.new_staff_key()).status_code == 303
        yield someone


def enter(visitor: Visitor, key: str):
    return visitor.send("/staff/", do="enter", key=key)


def is_in(visitor: Visitor) -> bool:
    return STAFF.heading in read(visitor.get("/staff/"))


def opened(trainer: Visitor, **fields: str) -> str:
    """Open a workshop by the form; returns its address."""
    answer = trainer.send("/staff/", do="open", **{"title": "Monday"} | fields)
    assert answer.status_code == 303, read(answer)
    return answer.headers["Location"]


def test_the_key_that_the_server_printed_lets_in(tmp_path: Path):
    with serving(tmp_path / "workshop.sqlite") as running:
        printed = running.told
        key = re.search(r"/staff/ with the staff key: (\S+)", printed)
        assert key, printed
        visitor = Visitor(running)
        assert enter(visitor, key[1]).status_code == 303
        assert is_in(visitor)
        visitor.http.close()
        assert key[1] not in running.log.read_text()


def test_the_cookie_is_for_these_pages_only_and_no_script_reads_it(place: Running, stranger):
    answer = enter(stranger, place.store.new_staff_key())
    (cookie,) = [
        each for each in answer.headers.get_list("Set-Cookie") if each.startswith("staff-")
    ]
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "path=/staff", "samesite=lax"} <= parts
    assert not any(part.startswith(("expires", "max-age")) for part in parts)
    assert stranger.http.cookies[stranger.cookie("staff")] not in stranger.get("/staff/").text


@pytest.mark.parametrize("joined", [False, True], ids=["stranger", "participant"])
def test_without_the_key_nobody_sees_or_does_anything(place: Running, trainer, joined):
    address = opened(trainer)
    someone = Visitor(place)
    if joined:
        assert someone.join(place.store.workshops()[-1].code).status_code == 200
    before = place.store.workshops()
    codes = {each.code for each in before}
    asked = someone.get("/staff/")
    assert STAFF.key in read(asked)
    for path in (address, "/staff/NOSUCH"):  # as if it were there
        assert someone.get(path).headers["Location"] == f"/staff/?{urlencode({'next': path})}"
    for path, fields in [
        ("/staff/", {"do": "open", "title": "mine"}),
        ("/staff/", {"do": "revoke"}),
        ("/staff/", {}),
        (address, {"do": "close"}),
        (address, {"do": "erase", "sure": "yes"}),
    ]:
        answer = someone.send(path, **fields)
        assert answer.status_code == 403
        assert not codes & set(re.findall(r"[A-Z]{6}", answer.text))
    assert place.store.workshops() == before
    assert is_in(trainer)
    someone.http.close()


def staff_paths(code: str) -> list[str]:
    """Every address of the staff, as the server has it."""
    nothing: Any = None
    every = routes(nothing, pool=nothing, voila={"stock": None}, preview=nothing, job=None)
    patterns = [pattern for pattern, *_ in every if pattern.startswith("/staff")]
    return [each.replace("/?", "/").replace("(.+)", code) for each in patterns]


@pytest.mark.parametrize("joined", [False, True], ids=["stranger", "participant"])
def test_no_address_of_the_staff_does_anything_without_the_key(place: Running, trainer, joined):
    code = opened(trainer).rpartition("/")[2]
    before = place.store.workshops()
    paths = staff_paths(code)
    assert len(paths) >= 13
    with Visitor(place) as someone:
        if joined:
            assert someone.join(code).status_code == 200
        mine = {someone.cookie("staff"): someone.token or "x"}
        secret = someone.secret
        for path in paths:
            someone.http.cookies.update(mine)
            page = someone.get(path)
            to_the_key = page.headers.get("Location", "").startswith("/staff/")
            asks = to_the_key or page.status_code == 403 or STAFF.key in read(page)
            assert (path, asks, code in page.text) == (path, True, False)
            for do in ("", "open", "close", "erase", "fill", "publish", "save", "revoke", "next"):
                form = {"_xsrf": secret, "do": do, "sure": "yes", "title": "mine"}
                answer = someone.http.post(path, data=form)
                refused = (303,) if path.endswith("/leave") else (403, 405)
                assert (path, do, answer.status_code in refused) == (path, do, True)
    assert place.store.workshops() == before
    assert is_in(trainer)


def test_wrong_keys_are_slowed_down_and_keep_nobody_out(tmp_path: Path):
    with serving(tmp_path / "workshop.sqlite") as running:
        key = running.store.new_staff_key()
        guesser = Visitor(running)
        mistyped = ["", "x", "K7QF-2MPX-9TR", *"abcdefg"]
        for wrong in [*mistyped, *(credentials.new_recovery_code() for _ in range(13))]:
            answer = enter(guesser, wrong)
            assert (answer.status_code, STAFF.wrong_key in read(answer)) == (403, True)
        enter(guesser, key)
        assert is_in(guesser)
        assert guesser.join().status_code == 200
        guesser.http.close()


def test_whoever_sends_many_keys_at_once_is_turned_away(tmp_path: Path):
    with serving(tmp_path / "workshop.sqlite") as running, Visitor(running) as visitor:
        wrong = credentials.new_recovery_code()
        with Guesser(visitor, "/staff/", do="enter", key=wrong) as guesser:
            assert guesser.insist()
            assert visitor.join().status_code == 200


def test_a_forged_form_does_nothing(place: Running, trainer: Visitor):
    before = place.store.workshops()
    assert trainer.http.post("/staff/", data={"do": "open"}).status_code == 403
    assert place.store.workshops() == before


def test_ending_all_keys_turns_everybody_out_at_once(place: Running, trainer: Visitor):
    key = place.store.new_staff_key()
    other = Visitor(place)
    enter(other, key)
    assert trainer.send("/staff/", do="revoke").status_code == 303
    for each in (trainer, other):
        assert not is_in(each)
    assert enter(other, key).status_code == 403
    assert enter(other, place.store.new_staff_key()).status_code == 303
    other.http.close()


def test_signing_out_is_for_this_device_alone(place: Running, trainer: Visitor):
    other = Visitor(place)
    enter(other, place.store.new_staff_key())
    token = trainer.http.cookies[trainer.cookie("staff")]
    assert trainer.send("/staff/leave").status_code == 303
    assert not is_in(trainer)
    assert not place.store.staff_role(token)
    assert is_in(other)
    other.http.close()


def test_the_quick_exit_takes_the_cookie_of_the_staff_along(trainer: Visitor):
    page = trainer.get("/staff/").text
    assert '"leave_url": "/staff/leave"' in page
    assert STAFF.exit in page
    for problem in (trainer.get("/staff/NOSUCH"), trainer.http.post("/staff/", data={})):
        assert problem.status_code in (403, 404)
        assert '"leave_url": "/staff/leave"' in problem.text


def test_a_workshop_is_opened_shown_closed_and_erased(place: Running, trainer: Visitor, stranger):
    address = opened(trainer, title=" Łódź <b> ", audience="courts", rehearsal="yes")
    code = address.rpartition("/")[2]
    made = place.store.workshop(code)
    assert (made.title, made.audience, made.rehearsal) == ("Łódź <b>", "courts", True)
    assert (made.joins_until - made.opened_at).days == 1
    assert stranger.join(code).status_code == 200
    page = trainer.get(address)
    assert "<bdi>Łódź &lt;b&gt;</bdi>" in page.text
    assert STAFF.joined.of(1) in read(page)
    assert SAYS.audience.courts in read(page)
    assert f"/?w={code}" in page.text
    assert STAFF.square.format(code=code) in page.text
    assert "Łódź &lt;b&gt;" in trainer.get("/staff/").text

    assert trainer.send(address, do="close").status_code == 303
    assert STAFF.is_closed in read(trainer.get(address))
    late = Visitor(place)
    assert SAYS.errors.closed in read(late.join(code))
    late.http.close()

    unsure = trainer.send(address, do="erase")
    assert (unsure.status_code, STAFF.not_sure in read(unsure)) == (400, True)
    assert place.store.joined()[code] == 1
    assert trainer.send(address, do="erase", sure="yes").status_code == 303
    assert code not in place.store.joined()
    assert trainer.get(address).status_code == 404
    for again in ({"do": "close"}, {"do": "erase", "sure": "yes"}, {"do": "erase"}):
        assert trainer.send(address, **again).status_code == 404


def test_the_page_tells_until_which_hour_people_can_join(place: Running, trainer: Visitor):
    address = opened(trainer)
    until = place.store.workshop(address.rpartition("/")[2]).joins_until.astimezone()
    assert f", {until:%H:%M} {until.tzname()} people can join." in read(trainer.get(address))


def test_what_nobody_could_choose_is_not_taken(place: Running, trainer: Visitor):
    opened(trainer, country="../xx", audience="spies")
    made = place.store.workshops()[-1]
    assert (made.country, made.audience) == ("eu", "mixed")


def test_the_link_is_the_one_that_the_trainers_browser_reached(trainer: Visitor):
    address = opened(trainer)
    here = read(trainer.get(address))
    assert STAFF.only_here in here
    tunnel = trainer.http.get(address, headers={"Host": "[::1]:8866"})
    assert trainer.server.url("/?w=") in tunnel.text
    elsewhere = trainer.http.get(address, headers={"Host": "192.168.7.7:8866"})
    assert f"http://192.168.7.7:8866/?w={address.rpartition('/')[2]}" in elsewhere.text
    assert STAFF.only_here not in read(elsewhere)


@pytest.mark.parametrize("path", ["/staff/nosuch", "/staff/NOSUCH1", "/staff/x/y", "/staff/NO"])
def test_there_is_nothing_else(trainer: Visitor, path: str):
    answer = trainer.get(path)
    assert (answer.status_code, SAYS.errors.not_found in read(answer)) == (404, True)
