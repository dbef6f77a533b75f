"""A trainer's own question is led like the others: counted, closed, shown by the same rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from myths import catalog, live
from myths.console import Console, ProjectorScreen, RoomLead, summary
from myths.store import AskedQuestion, Store, Workshop

from tests.adapted import CALL, CALLS, FIRST_CALL, KNOW, KNOWN, ONCE, OWN_STEP, adapted
from tests.console.test_console import made
from tests.store import samples

CATALOG = catalog.load()
WORDS, SHOWN = CATALOG.ui.console, CATALOG.ui.projector
OWN = "part-1"


class Leading:
    """A trainer who clicks, and sees what the console shows then."""

    def __init__(self, store: Store, code: str, folder: Path) -> None:
        self.store, self.code, self.folder = store, code, folder
        self.lead = RoomLead(store, code, CATALOG, folder)

    @property
    def room(self) -> dict[str, Any]:
        return self.lead.look()

    @property
    def html(self) -> str:
        self.lead.look()
        return self.lead.markup()

    @property
    def wall(self) -> str:
        screen = ProjectorScreen(self.store, self.code, CATALOG, self.folder)
        return screen.markup(address="a", square="")

    def do(self, act: str, **more: Any) -> str:
        return self.lead.act({"do": act, "seen": self.room["version"], **more})

    def go(self, step: str) -> None:
        assert self.do("go", page="risk", step=step) == ""

    def open(self, step: str, item: str, phase: str) -> None:
        self.go(step)
        assert self.do("open", page="risk", step=step, item=item, phase=phase) == ""

    def vote(self, item: str, phase: str = "after") -> dict[str, Any]:
        votes: list[dict[str, Any]] = self.room["votes"]
        return next(each for each in votes if (each["item"], each["phase"]) == (item, phase))


@pytest.fixture
def leading(store: Store, workshop: Workshop, tmp_path: Path) -> Leading:
    return Leading(store, workshop.code, adapted(tmp_path) / "participants")


@pytest.fixture
def people(store: Store, workshop: Workshop) -> list[str]:
    return [
        store.join(workshop.code, language="en", consent="agreed").participant for _ in range(8)
    ]


def choice() -> AskedQuestion:
    options = {str(number): label for number, label in enumerate(CALLS, start=1)}
    words = {"question": FIRST_CALL, "options": options}
    return samples.asked(CALL, "after", kind="choice", words=words)


def rating(phase: str) -> AskedQuestion:
    options = {str(option.value): option.label for option in catalog.scales(CATALOG.ui)["agree"]}
    return samples.asked(KNOW, phase, words={"question": KNOWN, "options": options})


def rate(leading: Leading, people: list[str], phase: str, value: float) -> None:
    for person in people:
        leading.store.save(person, rating(phase), samples.given(value))


def test_it_is_on_its_step_beside_what_the_series_asks_there(leading):
    leading.go("view")
    assert [(each["item"], each["own"]) for each in leading.room["votes"]] == [
        ("myth", False),
        (KNOW, True),
        (ONCE, True),
    ]
    leading.go(OWN)
    assert [step["title"] for step in leading.room["steps"] if step["here"]] == [OWN_STEP]
    assert [each["item"] for each in leading.room["votes"]] == [CALL]  # what is written is no vote
    assert WORDS.own in leading.html
    assert WORDS.nothing_asked not in leading.html


def test_while_it_is_open_it_is_a_number_and_closing_makes_one_batch(leading, store, people):
    leading.open(OWN, CALL, "after")
    assert (leading.room["primary"], leading.vote(CALL)["state"]) == ("close", "open")
    for number, person in enumerate(people[:7]):
        store.save(person, choice(), samples.given(1 + number % 2))
        assert "%" not in leading.html + leading.wall
    assert leading.room["answered"] == 7
    assert made(store) == 0
    assert leading.do("reveal", page="risk", step=OWN, item=CALL) == WORDS.early
    assert leading.do("close") == ""
    assert made(store) == 1
    assert leading.room["primary"] == "show"
    store.save(people[7], choice(), samples.given(4))
    assert made(store) == 1  # who comes later waits for more


def test_what_the_room_answered_is_shown_on_phones_and_projector_until_it_is_hidden(
    leading, store, people
):
    leading.open(OWN, CALL, "after")
    assert FIRST_CALL in leading.wall
    assert all(label in leading.wall.replace("&#39;", "'") for label in CALLS)
    for number, person in enumerate(people):
        store.save(person, choice(), samples.given(1 if number < 6 else 3))
    leading.do("close")
    assert SHOWN.closed in leading.wall
    assert leading.do("reveal", page="risk", step=OWN, item=CALL) == ""
    state = store.live_state(leading.code)
    assert live.told(state)["version"] == leading.room["version"]
    shares = live.revealed(store, leading.code, state)[f"risk/{CALL}"]
    assert list(shares) == ["after"]
    assert [each.percent for each in shares["after"].shares] == [75, None, 25, None, None]
    assert "75 %" in leading.wall
    assert SHOWN.belief not in leading.wall
    offered = [(each.scene, each.words) for each in leading.room["screen"]["offers"]]
    leading.do("show", scene="step")
    offered = [(each.scene, each.words) for each in leading.room["screen"]["offers"]]
    assert ("results", FIRST_CALL) in offered
    assert leading.do("hide", page="risk", step=OWN, item=CALL) == ""
    assert live.revealed(store, leading.code, store.live_state(leading.code)) == {}
    assert "75 %" not in leading.wall


def test_of_fewer_than_five_nothing_is_shown(leading, store, people):
    leading.open(OWN, CALL, "after")
    for person in people[:4]:
        store.save(person, choice(), samples.given(1))
    leading.do("close")
    assert WORDS.few.format(k=5) in leading.html
    leading.do("reveal", page="risk", step=OWN, item=CALL)
    assert "%" not in leading.html + leading.wall
    assert SHOWN.few.format(k=5) in leading.wall


def test_what_was_thought_before_is_shown_only_beside_what_is_thought_now(leading, store, people):
    leading.open("view", KNOW, "before")
    rate(leading, people, "before", 2)
    leading.do("close")
    assert WORDS.before_alone in leading.html
    for step in ("view", "again", OWN):
        assert leading.do("reveal", page="risk", step=step, item=KNOW) == WORDS.early
    leading.open("again", KNOW, "after")
    assert leading.do("reveal", page="risk", step="again", item=KNOW) == WORDS.early
    rate(leading, people, "after", 4)
    leading.do("close")
    assert leading.vote(KNOW)["results"][0]["two"]
    assert leading.do("reveal", page="risk", step="again", item=KNOW) == ""
    shown = live.revealed(store, leading.code, store.live_state(leading.code))
    assert list(shown[f"risk/{KNOW}"]) == ["before", "after"]
    leading.open("view", KNOW, "before")  # by mistake
    assert live.revealed(store, leading.code, store.live_state(leading.code)) == {}
    assert leading.do("reveal", page="risk", step="view", item=KNOW) == WORDS.early


def test_what_is_asked_only_before_is_never_shown_and_that_is_told(leading, store, people):
    options = {str(option.value): option.label for option in catalog.scales(CATALOG.ui)["done"]}
    asked = samples.asked(ONCE, "before", words={"question": "Is it new?", "options": options})
    leading.open("view", ONCE, "before")
    for person in people:
        store.save(person, asked, samples.given(1))
    leading.do("close")
    assert leading.vote(ONCE, "before")["never"]
    assert WORDS.own_never in leading.html
    assert not leading.vote(KNOW, "before")["never"]
    for phase in ("before", "after"):
        told = leading.do("reveal", page="risk", step="view", item=ONCE, phase=phase)
        assert told == WORDS.early
    assert leading.do("open", page="risk", step="view", item=ONCE, phase="after") == WORDS.unknown
    assert store.live_state(leading.code).revealed == ()


def test_what_the_second_asking_is_taken_out_of_is_not_shown_alone_either(leading, store, people):
    leading.open("view", KNOW, "before")
    rate(leading, people, "before", 2)
    leading.do("close")
    file = leading.folder / "01_risk.ipynb"
    file.write_text(file.read_text("utf-8").replace("display(module.ask(", "print(module.rate("))
    leading.go("again")
    assert KNOW not in [each["item"] for each in leading.room["votes"]]
    for step in ("view", "again"):
        assert leading.do("reveal", page="risk", step=step, item=KNOW) == WORDS.early


def test_opening_one_closes_the_other_and_of_two_only_the_open_one_is_counted(leading, people):
    leading.open("view", KNOW, "before")
    rate(leading, people, "before", 2)
    assert leading.do("open", page="risk", step="view") == ""
    states = {each["item"]: each["state"] for each in leading.room["votes"]}
    assert states == {"myth": "open", KNOW: "closed", ONCE: "none"}
    assert leading.room["answered"] == 0
    assert [each["primary"] for each in leading.room["votes"]] == ["close", "", ""]


def test_a_vote_that_another_one_closes_is_one_batch_too(leading, store, people):
    leading.open("view", KNOW, "before")
    rate(leading, people, "before", 2)
    assert made(store) == 0
    assert leading.do("open", page="risk", step="view") == ""
    assert made(store) == 1


def test_a_vote_that_stays_open_as_the_room_goes_on_can_be_closed_from_any_step(leading, people):
    leading.open(OWN, CALL, "after")
    leading.go("check")
    states = [(each["item"], each["state"]) for each in leading.room["votes"]]
    assert states == [(CALL, "open"), ("recall", "none")]
    assert leading.do("close") == ""
    assert [each["item"] for each in leading.room["votes"]] == ["recall"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"item": "nosuch", "phase": "after"},
        {"item": CALL, "phase": "before"},
        {"item": CALL, "phase": "followup"},
        {"item": "myth", "phase": "before"},
        {"item": "missed", "phase": "after"},
        {},
    ],
    ids=["unknown", "phase", "later", "series", "text", "none"],
)
def test_what_no_button_of_the_step_sends_opens_nothing(leading, wrong):
    leading.go(OWN)
    version = leading.room["version"]
    assert leading.do("open", page="risk", step=OWN, **wrong) == WORDS.unknown
    assert leading.room["version"] == version


def test_a_question_that_is_written_while_the_console_is_open_is_there_at_once(leading):
    leading.go("facts")
    before = leading.lead.mark
    file = leading.folder / "01_risk.ipynb"
    text = file.read_text("utf-8")
    file.write_text(text.replace('"module.reading()', "\"module.ask('New?', scale='done')"))
    leading.go("view")
    assert "new" in [each["item"] for each in leading.room["votes"]]
    assert leading.lead.mark != before


def test_the_console_in_jupyterlab_reads_the_notebooks_around_it(
    store, workshop, tmp_path, monkeypatch
):
    monkeypatch.chdir(adapted(tmp_path) / "trainers")
    console = Console(workshop.code, db=store.address)
    console.act({"do": "go", "page": "risk", "step": OWN, "seen": 0})
    assert [each["item"] for each in console.room["votes"]] == [CALL]


def test_long_lists_of_options_stay_on_the_phones(leading, store, people):
    many = [f"Number {number}" for number in range(1, 13)]
    file = leading.folder / "01_risk.ipynb"
    text = file.read_text("utf-8").replace(str(CALLS).replace('"', '\\"'), str(many))
    file.write_text(text)
    leading.open(OWN, CALL, "after")
    assert FIRST_CALL in leading.wall
    assert "Number 1" not in leading.wall
    options = {str(number): label for number, label in enumerate(many, start=1)}
    asked = samples.asked(CALL, "after", kind="choice", words={"question": "?", "options": options})
    for number, person in enumerate(people):
        store.save(person, asked, samples.given(12 if number < 5 else 10))
    leading.do("close")
    leading.do("reveal", page="risk", step=OWN, item=CALL)
    assert leading.wall.count('scope="row"') == 6
    assert "Number 12" in leading.wall
    assert "Number 10" in leading.wall


def test_the_summary_has_what_the_room_could_see_and_makes_no_open_vote_known(
    leading, store, people
):
    def told() -> list[tuple[str, list[dict[str, Any]]]]:
        return summary(store, leading.code, CATALOG, leading.folder)

    leading.open("view", KNOW, "before")
    rate(leading, people, "before", 4)
    leading.do("close")
    assert told() == []  # of before it is shown beside afterwards only
    leading.open(OWN, CALL, "after")
    for number, person in enumerate(people):
        store.save(person, choice(), samples.given(1 if number < 6 else 3))
    assert told() == []
    leading.do("close")
    ((title, (found,)),) = told()
    assert (title, found["statement"]) == (CATALOG.module("risk").title, FIRST_CALL)
    assert [row["after"] for row in found["rows"]] == [75, 0, 25, 0]
    assert found["people"] == {"after": 8}
    store.erase_participant(people[0])
    assert told()[0][1][0]["rows"] == found["rows"]  # what could be seen stays
