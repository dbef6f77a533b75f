"""What people type wrong, and what the server answers: a sentence, never a fault of its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from myths import catalog
from myths.store import credentials

from tests.server.conftest import Running, Visitor, read, recovery_code
from tests.store.samples import expire

BACK_TO_RISK = "/?next=%2Fm%2Frisk"
SAYS = catalog.load().ui.errors


@pytest.fixture(scope="module", autouse=True)
def workshops(server: Running) -> None:
    """Workshops that nobody can join any more."""
    long_ago = datetime.now(UTC) - timedelta(days=5)
    server.store.open_workshop(code="CLOSED", days=1, now=long_ago)
    server.store.open_workshop(code="BYGONE", days=1, pool_days=1, keep_days=2, now=long_ago)


def people(server: Running, code: str = "") -> int:
    return len(server.store.participants(workshop=code or server.code))


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("ABSENT", "unknown"),
        ("<b>'\"&;--", "length"),
        ("é😀\x00", "length"),
        ("ДЖЗЛФЦ", "unknown"),
        ("closed", "closed"),
        ("by-gone", "expired"),
    ],
)
def test_a_workshop_code_that_lets_nobody_in_is_explained(visitor: Visitor, code, reason):
    page = visitor.join(code)
    assert page.status_code == 400
    assert SAYS[reason].partition("{")[0] in read(page)
    assert "<b>" not in page.text
    assert not visitor.token


def test_without_a_code_one_is_asked_for(visitor: Visitor):
    for nothing in ("", "   "):
        page = visitor.send("/", code=nothing, agree="yes")
        assert page.status_code == 400
        assert SAYS.no_code in read(page)


def test_without_consent_nobody_joins_and_the_typed_code_stays(visitor: Visitor, server: Running):
    before = people(server)
    for answer in ("", "no"):
        page = visitor.join(agree=answer)
        assert page.status_code == 400
        assert SAYS.no_agreement in read(page)
        assert f'value="{server.code}"' in page.text
    for answer in ("", "perhaps"):
        page = visitor.join(contributes=answer)
        assert page.status_code == 400
        assert SAYS.no_choice in read(page)
    assert people(server) == before


def test_a_recovery_code_that_brings_nobody_back_is_explained(visitor: Visitor):
    right = credentials.new_recovery_code()
    wrong = right[:-1] + ("A" if right[-1] != "A" else "B")
    for typed, words in {
        "": "no_recovery",
        "?": "length",
        wrong: "mistyped",
        "X" * 10_000: "length",
        right: "nobody",
    }.items():
        page = visitor.send("/return", recovery=typed)
        assert page.status_code == 400
        assert SAYS[words].partition("{")[0] in read(page)
        assert typed[:60] in page.text


def test_who_was_erased_is_told_so_at_every_door(visitor: Visitor, server: Running):
    code = recovery_code(visitor.join())
    token = visitor.token
    server.store.erase_participant(server.store.visitor(token).participant)
    module = visitor.get("/m/risk")
    assert (module.status_code, module.headers["Location"]) == (302, BACK_TO_RISK)
    page = visitor.get("/")
    assert SAYS.erased in read(page)
    assert f'{visitor.cookie()}=""; expires=' in page.headers["Set-Cookie"]
    assert SAYS.erased in read(visitor.send("/return", recovery=code))


def test_a_visit_to_a_workshop_that_is_over_ends_with_a_word(visitor: Visitor, server: Running):
    workshop = server.store.open_workshop(code="BRIEFS", days=1, pool_days=1, keep_days=1)
    code = recovery_code(visitor.join(workshop.code))
    expire(server.store, workshop)
    assert visitor.get("/m/risk").headers["Location"] == BACK_TO_RISK
    page = visitor.get("/")
    assert SAYS.expired in read(page)
    assert f'{visitor.cookie()}=""; expires=' in page.headers["Set-Cookie"]
    assert SAYS.expired in read(visitor.send("/return", recovery=code))


@pytest.mark.parametrize("cookie", ["nobody", "", '"', "a" * 4000, "%00%ff"])
def test_a_cookie_that_nobody_gave_leads_to_the_first_page(visitor: Visitor, cookie: str):
    visitor.token = cookie
    assert visitor.get("/m/risk").headers["Location"] == BACK_TO_RISK
    page = visitor.get("/")
    assert page.status_code == 200
    assert "Welcome to the workshop" in read(page)


@pytest.mark.parametrize("path", ["/", "/return", "/leave"])
def test_a_form_from_elsewhere_is_refused(visitor: Visitor, server: Running, path: str):
    before = people(server)
    visitor.get("/")
    for token in ({}, {"_xsrf": "forged"}):
        page = visitor.http.post(
            path, data={"code": server.code, "agree": "yes", "contributes": "yes", **token}
        )
        assert page.status_code == 403
        assert SAYS.forged in read(page)
    assert people(server) == before


def test_a_form_that_is_sent_twice_makes_one_participant(visitor: Visitor, server: Running):
    before = people(server)
    assert visitor.join().status_code == 200
    assert recovery_code(visitor.join()) == recovery_code(visitor.get("/code"))
    assert people(server) == before + 1


def test_who_leaves_twice_has_left(visitor: Visitor):
    visitor.join()
    for _ in range(2):
        answer = visitor.send("/leave")
        assert (answer.status_code, answer.headers["Location"]) == (303, "/left")
        assert "You have left the workshop" in read(visitor.get("/left"))
    assert visitor.get("/m/risk").headers["Location"] == BACK_TO_RISK
