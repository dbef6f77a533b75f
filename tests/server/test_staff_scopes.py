"""What each staff key opens, tried at every address of staff in the server's own table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from myths import catalog
from myths.server.handlers.staff import StaffHandler
from myths.server.routes import routes
from myths.store import COORDINATOR, StaffRole, Store, schema
from myths.vocabulary import Scope
from sqlalchemy import select

from tests.server.conftest import Running, Visitor, read, serving

SAYS = catalog.load().ui
ACCESS, STAFF = SAYS.access, SAYS.staff

ALL, LEADING, READING, EVERY = {"all"}, {"all", "own"}, {"read"}, {"all", "own", "read"}

# Who may see each address, and who may do what at it; what is not here is the coordinator's. It is
# written down here once more, so that no change to a handler opens anything unseen.
SEEN: dict[str, set[str]] = {
    "/staff/": EVERY,
    "/staff/leave": EVERY,
    "/staff/log": ALL,
    "/staff/data": READING,
    "/staff/data/file": READING,
    "/staff/paper": LEADING,
    "/staff/studio": ALL,
    "/staff/studio/new": ALL,
    "/staff/studio/page": ALL,
    "/staff/publish": ALL,
    "/staff/CODE": EVERY,
    "/staff/CODE/joined": EVERY,
    "/staff/CODE/summary": EVERY,
    "/staff/CODE/rehearsal": LEADING,
    "/staff/CODE/calendar": EVERY,
    "/staff/CODE/lead": LEADING,
    "/staff/CODE/questions": LEADING,
    "/staff/CODE/projector": LEADING,
}
DONE: dict[str, dict[str, set[str]]] = {
    "/staff/": {"enter": EVERY, "open": LEADING},
    "/staff/leave": {"": EVERY},
    "/staff/data": {"tables": READING, "report": READING},
    "/staff/paper": {"new": LEADING, "open": LEADING, "save": LEADING, "erase": LEADING},
    "/staff/CODE": {"close": LEADING, "reopen": LEADING, "change": LEADING, "erase": LEADING},
    "/staff/CODE/rehearsal": {"new": LEADING, "fill": LEADING, "stop": LEADING},
    "/staff/CODE/lead": {"": LEADING},
    "/staff/CODE/projector": {"": LEADING},
}
ACTS = sorted(
    {"", "nosuch", "clock", "revoke", "address", "publish", "back", "module"}.union(*DONE.values())
)
WITH_CODE = [path for path in SEEN if "CODE" in path]


def of_staff() -> dict[str, type]:
    """The addresses of staff in the server's own table, and what answers there."""
    table = routes(
        None,  # type: ignore[arg-type]  # nothing is served
        pool=None,  # type: ignore[arg-type]
        voila={"stock": None},
        preview=None,  # type: ignore[arg-type]
        job=None,
    )
    found = {pattern: handler for pattern, handler, *_ in table if pattern.startswith("/staff")}
    return {
        pattern.replace("/?", "/").replace("(.+)", "CODE"): each for pattern, each in found.items()
    }


def test_every_address_of_staff_is_known_here_and_looks_at_the_key_in_the_one_place():
    assert of_staff().keys() == SEEN.keys()
    for handler in of_staff().values():
        assert issubclass(handler, StaffHandler)
        for name in ("prepare", "allowed", "own", "deny"):
            assert getattr(handler, name) is getattr(StaffHandler, name)
        assert set(handler.SUPPORTED_METHODS) >= {"GET", "POST"}
        for method in ("head", "put", "patch", "delete", "options"):  # answered by 405
            assert getattr(handler, method) is getattr(StaffHandler, method)


def test_a_page_that_is_made_from_another_one_opens_nothing_by_that():
    class Open(StaffHandler):
        needs_key, seen_by = False, tuple(Scope)
        acts: ClassVar[dict[str, Any]] = {"erase": tuple(Scope)}

    class Made(Open):
        pass

    assert (Made.needs_key, Made.seen_by, Made.acts) == (True, (Scope.ALL,), {})


def test_only_the_way_in_and_the_way_out_need_no_key():
    free = [path for path, handler in of_staff().items() if not handler.needs_key]  # type: ignore[attr-defined]
    assert sorted(free) == ["/staff/", "/staff/leave"]


@dataclass
class Rooms:
    """A server, a trainers' and an evaluators' role with one workshop, and one of others."""

    server: Running
    coordinator: Visitor
    trainer: Visitor
    evaluator: Visitor
    own: str
    foreign: str

    @property
    def store(self) -> Store:
        return self.server.store

    def by(self, scope: str) -> Visitor:
        return {"all": self.coordinator, "own": self.trainer, "read": self.evaluator}[scope]

    def everything(self) -> list[Any]:
        """All that staff could alter, as it is now."""
        tables = (
            "workshops",
            "participants",
            "answers",
            "live_states",
            "paper_sets",
            "assignments",
            "audit",
        )
        with self.store.reading() as conn:
            kept = [conn.execute(select(schema.metadata.tables[name])).all() for name in tables]
            keys = select(schema.staff.c.mark).where(schema.staff.c.key.is_(None))
            return [*kept, sorted(conn.scalars(keys))]


def come(server: Running, key: str) -> Visitor:
    visitor = Visitor(server)
    assert visitor.send("/staff/", do="enter", key=key).status_code == 303
    return visitor


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rooms]:
    with (
        serving(tmp_path_factory.mktemp("scopes") / "workshop.sqlite") as server,
        ExitStack() as stack,
    ):
        store = server.store
        keys = {
            "trainer": store.new_staff_key("trainers north"),
            "evaluator": store.new_staff_key("evaluation", scope=Scope.READ),
            "coordinator": store.new_staff_key(),
        }
        store.new_staff_key("trainers south")
        own = store.open_workshop(by="trainers north", title="Mine").code
        store.assign_workshop(own, "evaluation")
        foreign = store.open_workshop(by="trainers south", title="Theirs").code
        people = {name: stack.enter_context(come(server, key)) for name, key in keys.items()}
        yield Rooms(server, own=own, foreign=foreign, **people)


@pytest.mark.parametrize("scope", ["all", "own", "read"])
@pytest.mark.parametrize("path", sorted(SEEN))
def test_each_page_opens_to_who_may_see_it_and_to_nobody_else(rooms: Rooms, path: str, scope: str):
    if path == "/staff/leave":
        pytest.skip("it signs out; tests/server/test_staff.py")
    visitor = rooms.by(scope)
    answer = visitor.get(path.replace("CODE", rooms.own))
    if scope in SEEN[path]:
        assert answer.status_code in ((404,) if path == "/staff/data/file" else (200, 303, 409))
    else:
        assert answer.status_code == 403
        assert ACCESS.not_yours in read(answer)
        assert rooms.foreign not in answer.text


@pytest.mark.parametrize("scope", ["own", "read"])
@pytest.mark.parametrize("path", sorted(SEEN))
def test_nothing_is_done_by_who_may_not(rooms: Rooms, path: str, scope: str):
    visitor, before = rooms.by(scope), rooms.everything()
    secret, allowed = visitor.secret, DONE.get(path, {})
    for act in ACTS:
        if scope in allowed.get(act, ALL):
            continue
        fields = {"_xsrf": secret, "do": act, "sure": "yes", "title": "mine", "mark": "x"}
        answer = visitor.http.post(path.replace("CODE", rooms.own), data=fields)
        assert answer.status_code == 403, (path, act)
        told = ACCESS.read_only if scope == "read" else ACCESS.not_yours
        assert told in read(answer), (path, act)
    assert rooms.everything() == before


@pytest.mark.parametrize("scope", ["own", "read"])
@pytest.mark.parametrize("path", WITH_CODE)
def test_the_workshop_of_others_is_as_if_it_were_not_there(rooms: Rooms, path: str, scope: str):
    visitor, before = rooms.by(scope), rooms.everything()
    secret = visitor.secret
    for code in (rooms.foreign, rooms.foreign.lower(), rooms.server.code, "NOSUCH"):
        answers = [visitor.get(path.replace("CODE", code))]
        for act in ACTS:
            fields = {"_xsrf": secret, "do": act, "sure": "yes"}
            answers.append(visitor.http.post(path.replace("CODE", code), data=fields))
        for answer in answers:
            assert answer.status_code == 404
            assert SAYS.errors.not_found in read(answer)
            assert "Theirs" not in answer.text
    assert rooms.everything() == before


@pytest.mark.parametrize("path", sorted(SEEN))
def test_without_a_key_there_is_only_the_way_in(rooms: Rooms, path: str):
    before = rooms.everything()
    with Visitor(rooms.server) as stranger:
        page = stranger.get(path.replace("CODE", rooms.own))
        assert page.status_code in (200, 303, 403)
        assert rooms.own not in page.text
        assert (STAFF.key in read(page)) is (path == "/staff/")
        secret = stranger.secret
        for act in ACTS:
            answer = stranger.http.post(
                path.replace("CODE", rooms.own), data={"_xsrf": secret, "do": act, "sure": "yes"}
            )
            assert answer.status_code == (303 if path == "/staff/leave" else 403), act
    assert rooms.everything() == before


def test_lists_show_ones_own_workshops_only(rooms: Rooms):
    for path in ("/staff/", "/staff/paper"):
        told = rooms.trainer.get(path).text
        assert rooms.own in told
        assert rooms.foreign not in told
        assert rooms.server.code not in told
        assert {rooms.own, rooms.foreign} <= set(
            re.findall("[A-Z]{6}", rooms.coordinator.get(path).text)
        )
    for path in ("/staff/", "/staff/data"):
        told = rooms.evaluator.get(path).text
        assert rooms.own in told
        assert rooms.foreign not in told


def test_pages_offer_only_what_the_key_can_do(rooms: Rooms):
    coordinator, trainer, evaluator = (
        each.get("/staff/").text for each in (rooms.coordinator, rooms.trainer, rooms.evaluator)
    )
    for link in ('href="/staff/studio"', 'href="/staff/publish"', 'href="/staff/log"', '"revoke"'):
        assert link in coordinator
        assert link not in trainer
        assert link not in evaluator
    assert 'value="open"' in trainer
    assert 'value="open"' not in evaluator
    assert ACCESS.role.format(role="trainers north") in trainer
    page = rooms.evaluator.get(f"/staff/{rooms.own}").text
    for act in ("close", "erase", "change", "new"):
        assert f'value="{act}"' not in page
    assert "/lead" not in page


def test_a_trainer_opens_leads_closes_and_erases_their_own(rooms: Rooms):
    trainer = rooms.trainer
    opened = trainer.send("/staff/", do="open", title="North again").headers["Location"]
    code = opened.rpartition("/")[2]
    south = StaffRole("trainers south", Scope.OWN)
    assert code in {each.code for each in rooms.store.workshops_of(COORDINATOR)}
    assert code not in {each.code for each in rooms.store.workshops_of(south)}
    assert trainer.get(f"{opened}/lead").status_code == 200
    made = trainer.send(f"{opened}/rehearsal", do="new").headers["Location"]
    assert trainer.get(made).status_code == 200
    assert trainer.send(opened, do="close").status_code == 303
    assert trainer.send(opened, do="erase", sure="yes").status_code == 303
    assert trainer.get(opened).status_code == 404
    acts = [(each.role, each.act) for each in rooms.store.audit() if each.about == code]
    assert acts == [("trainers north", act) for act in ("opened", "closed", "erased")]


def test_a_workshop_that_is_taken_away_is_gone_at_once_and_a_role_that_ends_is_out(rooms: Rooms):
    store = rooms.store
    key = store.new_staff_key("for a day")
    code = store.open_workshop(by="for a day").code
    with come(rooms.server, key) as visitor:
        assert visitor.get(f"/staff/{code}").status_code == 200
        store.unassign_workshop(code, "for a day")
        assert visitor.get(f"/staff/{code}/lead").status_code == 404
        assert visitor.send(f"/staff/{code}", do="close").status_code == 404
        store.revoke_staff("for a day")
        assert STAFF.key in read(visitor.get("/staff/"))
        assert visitor.send("/staff/", do="open").status_code == 403
    assert rooms.trainer.get(f"/staff/{rooms.own}").status_code == 200


def test_sheets_of_others_are_neither_shown_nor_typed_in(rooms: Rooms):
    (theirs,) = rooms.store.new_paper_sets(rooms.foreign, language="en", consent="", count=1)
    (mine,) = rooms.store.new_paper_sets(rooms.own, language="en", consent="", count=1)
    before = rooms.everything()
    for act in ("open", "save", "erase"):
        answer = rooms.trainer.send("/staff/paper", do=act, number=theirs.number, sure="yes")
        assert answer.status_code == 404
    assert rooms.trainer.send("/staff/paper", do="new", workshop=rooms.foreign).status_code == 404
    assert rooms.everything() == before
    assert rooms.trainer.send("/staff/paper", do="open", number=mine.number).status_code == 200


def test_the_coordinator_reads_what_was_done_and_by_whom(rooms: Rooms):
    told = read(rooms.coordinator.get("/staff/log"))
    assert f"trainers north · {ACCESS.act_opened}: {rooms.own}" in told
    assert ACCESS.sees.format(workshops=rooms.foreign) in told
    assert "Theirs" not in told


def test_a_made_up_crowd_is_sent_away_only_by_who_may_see_its_room(rooms: Rooms):
    """Of two rehearsals: stopping at one's own leaves the people in the other's."""
    store = rooms.store
    theirs = store.open_workshop(by="trainers south", rehearsal=True).code
    mine = store.open_workshop(by="trainers north", rehearsal=True).code
    page = f"/staff/{theirs}"
    filled = rooms.coordinator.send(f"{page}/rehearsal", do="fill", people="5", minutes="5")
    assert filled.status_code == 303
    assert rooms.trainer.send(f"/staff/{mine}/rehearsal", do="stop").status_code == 303
    assert SAYS.rehearsal.stop in read(rooms.coordinator.get(page))
    rooms.coordinator.send(f"{page}/rehearsal", do="stop")
    assert SAYS.rehearsal.stop not in read(rooms.coordinator.get(page))
