"""A kernel that nobody uses ends, its page stays connected, and nothing is lost or doubled."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import websocket
from myths.live import acts
from myths.store import LiveState

from tests.faults.room import Room, processes_named
from tests.faults.writer import TROUBLE
from tests.forkserver.kernels import children, open_files, wait_until
from tests.server.conftest import ROOT, Draft, Visitor, recovery_code
from tests.server.test_http_wire import over_http
from tests.server.wire import Wire, cookies, key

RATING, TEXT = "risk.myth.before", "risk.reason.before"
EMPTY = {"value": None, "text": None, "declined": False, "reader": None}
SLEEPY = ("-m", "tests.faults.sleepy")
OBSERVER = "rated = module.rate('before').children[1]\nrated.observe(lambda change: None, 'answer')"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked")


def opened(folder: Path, *, notebooks: Path | None = None, content: Path | None = None) -> Room:
    program = SLEEPY
    options = {"--notebooks": notebooks, "--content": content}
    more = [word for name, path in options.items() if path for word in (name, str(path))]
    room = Room(f"sqlite:///{folder}/workshop.sqlite", folder, program=program, options=more)
    room.start()
    return room


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A server whose kernels sleep after a fifth of a second."""
    made = opened(tmp_path_factory.mktemp("asleep"))
    yield made
    made.end()


@pytest.fixture
def visitor(room: Room) -> Iterator[Visitor]:
    with Visitor(room.server) as someone:
        someone.join()
        yield someone


@pytest.fixture
def wire(visitor: Visitor) -> Iterator[Wire]:
    wire = Wire(visitor, "risk")
    yield wire
    wire.shut_down()


def rate(value: int) -> dict[str, Any]:
    return {**EMPTY, "key": key(), "value": value}


def write(text: str, reader: str = "me") -> dict[str, Any]:
    return {**EMPTY, "key": key(), "text": text, "reader": reader}


def fall_asleep(wire: Wire) -> None:
    wait_until(lambda: not processes_named(wire.kernel), "the kernel falls asleep")
    assert wire.visitor.get(f"/kernels/{wire.kernel}").status_code == 204


def info(wire: Wire) -> dict[str, Any]:
    """What the page is told when it asks whether its widgets are there."""
    asked = wire.send("comm_info_request", {"target_name": "jupyter.widget"})
    told = wire.hear(lambda message: message["parent_header"].get("msg_id") == asked)[-1]
    return dict(told["content"]["comms"])


def test_a_page_goes_on_over_the_same_socket_and_what_it_said_is_known(room: Room, wire: Wire):
    assert wire.answer(TEXT, write("for myself"))["state"] == "saved"
    fall_asleep(wire)
    assert wire.answer(RATING, rate(4))["state"] == "saved"
    assert len(processes_named(wire.kernel)) == 1
    fall_asleep(wire)
    again = wire._states()
    assert again.keys() == wire.states.keys()
    assert again[wire.questions[TEXT]]["known"]["text"] == "for myself"
    assert again[wire.questions[RATING]]["known"]["value"] == 4
    assert room.server.process.poll() is None


def test_a_sleeping_page_has_one_open_file_and_no_process(room: Room, visitor: Visitor):
    pid = room.server.process.pid
    Wire(visitor, "risk").shut_down()
    wait_until(lambda: not room.kernels(), "no other page is open")
    before, processes = len(open_files(pid)), room.processes()
    wires = [Wire(visitor, "risk") for _ in range(4)]
    for wire in wires:
        fall_asleep(wire)
    wait_until(lambda: len(open_files(pid)) <= before + len(wires) + 1, "one file for each page")
    assert room.processes() == processes
    for wire in wires:
        wire.shut_down()


def test_whether_its_widgets_are_there_a_page_hears_without_waking_its_kernel(wire: Wire):
    fall_asleep(wire)
    assert wire.states.keys() <= info(wire).keys()
    assert not processes_named(wire.kernel)


def test_what_is_answered_while_it_falls_asleep_and_wakes_is_kept_once_and_in_order(
    room: Room, wire: Wire
):
    said = [rate(number % 5 + 1) for number in range(40)]
    asleep = 0
    for number, answer in enumerate(said):
        if number % 4 == 0:
            wait_until(lambda: not processes_named(wire.kernel), "it falls asleep")
            asleep += 1
        data = {"method": "update", "state": {"answer": answer}, "buffer_paths": []}
        wire.send("comm_msg", {"comm_id": wire.questions[RATING], "data": data})

    def arrived() -> list[object]:
        keys = {answer["key"] for answer in said}
        return [row["key"] for row in room.rows() if row["key"] in keys]

    wait_until(lambda: len(arrived()) == len(said), "all are kept")
    assert arrived() == [answer["key"] for answer in said]
    assert asleep == 10


def test_a_page_that_connects_again_finds_its_kernel_asleep_and_goes_on(wire: Wire):
    fall_asleep(wire)
    wire._socket.close()
    wire._socket = websocket.create_connection(
        f"{wire.address.replace('http', 'ws', 1)}?session_id={wire._session}",
        cookie=cookies(wire.visitor),
        timeout=30,
    )
    assert wire.states.keys() <= info(wire).keys()
    assert not processes_named(wire.kernel)
    assert wire.answer(RATING, rate(2))["state"] == "saved"


def test_two_connections_of_a_page_share_its_kernel_and_both_hear(room: Room, wire: Wire):
    fall_asleep(wire)
    other = websocket.create_connection(
        f"{wire.address.replace('http', 'ws', 1)}?session_id=other",
        cookie=cookies(wire.visitor),
        timeout=30,
    )
    answer = rate(2)
    assert wire.answer(RATING, answer)["state"] == "saved"
    heard = ""
    while answer["key"] not in heard:
        heard = other.recv()
    assert len(processes_named(wire.kernel)) == 1
    other.close()
    assert len([row for row in room.rows() if row["key"] == answer["key"]]) == 1


def test_two_tabs_each_wake_a_kernel_of_their_own_and_the_later_answer_stands(visitor: Visitor):
    tabs = [Wire(visitor, "risk") for _ in range(2)]
    for tab in tabs:
        fall_asleep(tab)
    for number, tab in enumerate(tabs):
        assert tab.answer(RATING, rate(number + 1))["state"] == "saved"
    for tab in tabs:
        tab.shut_down()
    again = Wire(visitor, "risk")
    assert again.states[again.questions[RATING]]["known"]["value"] == 2
    again.shut_down()


def test_a_text_that_was_changed_in_another_tab_meanwhile_is_shown_to_both(visitor: Visitor):
    one, other = Wire(visitor, "risk"), Wire(visitor, "risk")
    first = write("first", "evaluation")
    assert one.answer(TEXT, first)["state"] == "saved"
    fall_asleep(other)
    widget = other.questions[TEXT]
    heard = other.set(widget, answer=write("second", "evaluation") | {"after": [""]})
    states = [each["content"].get("data", {}).get("state", {}) for each in heard]
    told: dict[str, Any] = {}
    for state in states:
        told |= state
    assert told["receipt"]["state"] == "newer"
    assert told["known"]["text"] == "first"
    one.shut_down()
    other.shut_down()


@pytest.mark.parametrize("is_asleep", [True, False])
def test_what_an_answer_changes_elsewhere_on_its_page_is_told(wire: Wire, is_asleep: bool):
    assert wire.answer(RATING, rate(2))["state"] == "saved"
    if is_asleep:
        fall_asleep(wire)
    told = wire.set(wire.questions["risk.myth.after"], answer=rate(4))
    states = [each["content"]["data"]["state"] for each in told]
    (shown,) = {state["html"] for state in states if "html" in state}
    assert re.search('class="myths-sentence"[^>]*>[^<]*[a-z]', shown)
    assert states[0].keys() == {"receipt"}


def test_a_page_that_asks_by_requests_goes_on_too(visitor: Visitor):
    wire = over_http(visitor)
    fall_asleep(wire)
    assert wire.answer(RATING, rate(3))["state"] == "saved"
    wire.shut_down()


def test_a_kernel_that_is_killed_idle_is_not_missed(wire: Wire):
    info(wire)
    for pid in processes_named(wire.kernel):
        os.kill(pid, signal.SIGKILL)
    assert wire.answer(RATING, rate(5))["state"] == "saved"


def test_last_words_of_a_page_that_goes_wake_its_kernel(room: Room, visitor: Visitor):
    wire = over_http(visitor)
    fall_asleep(wire)
    form = {"_xsrf": wire._xsrf}
    assert visitor.http.post(f"/voila/api/shutdown/{wire.kernel}", data=form).status_code == 204
    last = rate(1)
    data = {"method": "update", "state": {"answer": last}, "buffer_paths": []}
    wire.send("comm_msg", {"comm_id": wire.questions[RATING], "data": data})
    wait_until(lambda: last["key"] in [row["key"] for row in room.rows()], "they are kept")
    wait_until(lambda: not processes_named(wire.kernel), "and the kernel ends")
    assert visitor.get(f"/kernels/{wire.kernel}").status_code == 404


@pytest.mark.parametrize("how", ["left", "withdrawn", "erased by another program"])
def test_a_sleeping_kernel_ends_with_its_visit_and_nothing_wakes_it(room: Room, how: str):
    workshop = room.store.open_workshop()
    with Visitor(room.server) as visitor:
        recovery = recovery_code(visitor.join(workshop.code))
        assert recovery
        wire = Wire(visitor, "risk")
        assert wire.answer(TEXT, write("a secret"))["state"] == "saved"
        fall_asleep(wire)
        token = visitor.token
        if how == "left":
            visitor.send("/leave")
        elif how == "withdrawn":
            visitor.send("/withdraw", sure="yes")
        else:
            room.store.erase_workshop(workshop.code)
        data = {"method": "update", "state": {"answer": rate(2)}, "buffer_paths": []}
        with suppress(*TROUBLE):
            wire.send("comm_msg", {"comm_id": wire.questions[RATING], "data": data})
        with pytest.raises(TROUBLE):
            wire.hear(lambda _: False)
        visitor.token = token
        assert visitor.get(f"/kernels/{wire.kernel}").status_code == 404
        assert not processes_named(wire.kernel)


def test_a_sleeping_kernel_ends_when_one_answer_is_erased(visitor: Visitor):
    wire = Wire(visitor, "risk")
    assert wire.answer(TEXT, write("erase me"))["state"] == "saved"
    fall_asleep(wire)
    place = dict(zip(("module", "item", "phase"), TEXT.split("."), strict=True))
    visitor.send("/withdraw", do="one", **place)
    with pytest.raises(TROUBLE):
        wire.hear(lambda _: False)
    again = Wire(visitor, "risk")
    assert "erase me" not in str(again.states)
    again.shut_down()


def act(room: Room, what: Any, *how: object) -> LiveState:
    return room.store.change_live_state(room.server.code, lambda state: what(state, *how))


def test_the_kernels_of_a_part_wake_when_its_vote_opens_and_sleep_when_it_is_closed(
    room: Room, visitor: Visitor
):
    here, elsewhere = Wire(visitor, "risk"), Wire(visitor, "harm")
    for wire in (here, elsewhere):
        fall_asleep(wire)
    act(room, acts.open_vote, "risk", "before", ("myth",))
    wait_until(lambda: processes_named(here.kernel), "it wakes before anybody answers")
    assert not processes_named(elsewhere.kernel)
    assert here.answer(RATING, rate(3))["state"] == "saved"
    act(room, acts.close)
    fall_asleep(here)
    for wire in (here, elsewhere):
        wire.shut_down()


@pytest.fixture
def changing(tmp_path: Path) -> Iterator[Room]:
    """A server of a test's own, whose notebooks and content can be changed."""
    for name in ("notebooks", "content"):
        shutil.copytree(ROOT / name, tmp_path / name)
    made = opened(tmp_path, notebooks=tmp_path / "notebooks", content=tmp_path / "content")
    yield made
    made.end()


def add_cell(room: Room, source: str) -> None:
    """Add a cell to a notebook, and publish it."""
    path = room.folder / "notebooks/participants/01_risk.ipynb"
    notebook = json.loads(path.read_text())
    cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    notebook["cells"].append(cell | {"id": "added", "source": source})
    path.write_text(json.dumps(notebook))
    published = Path(f"{room.log}-published")
    Draft(room.folder / "content", room.folder / "notebooks", published).publish()


def test_a_page_goes_on_whose_notebook_was_changed_while_its_kernel_slept(changing: Room):
    with Visitor(changing.server) as visitor:
        visitor.join()
        wire = Wire(visitor, "risk")
        fall_asleep(wire)
        add_cell(changing, "module.ask('Something else?')")
        newer = Wire(visitor, "risk")
        assert len(newer.questions) == len(wire.questions) + 1
        assert wire.answer(RATING, rate(2))["state"] == "saved"
        fall_asleep(wire)
        assert wire._states().keys() == wire.states.keys()
        both = changing.templates()
        wire.shut_down()
        wait_until(lambda: len(changing.templates()) < len(both), "the older template ends")
        newer.shut_down()


def test_a_page_starts_again_whose_template_was_killed_while_its_kernel_slept(changing: Room):
    with Visitor(changing.server) as visitor:
        visitor.join()
        wire = Wire(visitor, "risk")
        assert wire.answer(TEXT, write("kept"))["state"] == "saved"
        fall_asleep(wire)
        for pid in changing.templates():
            os.kill(pid, signal.SIGKILL)
        data = {"method": "update", "state": {"answer": rate(2)}, "buffer_paths": []}
        wire.send("comm_msg", {"comm_id": wire.questions[RATING], "data": data})
        with pytest.raises(TROUBLE):
            wire.hear(lambda _: False)
        assert visitor.get(f"/kernels/{wire.kernel}").status_code == 404
        again = Wire(visitor, "risk")
        assert again.states[again.questions[TEXT]]["known"]["text"] == "kept"
        assert again.answer(RATING, rate(2))["state"] == "saved"
        again.shut_down()


def test_a_page_never_sleeps_whose_notebook_keeps_something_in_its_kernel(changing: Room):
    add_cell(changing, OBSERVER)
    with Visitor(changing.server) as visitor:
        visitor.join()
        keeps, sleeps = Wire(visitor, "risk"), Wire(visitor, "harm")
        fall_asleep(sleeps)
        assert len(processes_named(keeps.kernel)) == 1
        assert keeps.answer(RATING, rate(2))["state"] == "saved"
        fall_asleep(sleeps)
        (process,) = processes_named(keeps.kernel)
        os.kill(process, signal.SIGKILL)
        with pytest.raises(TROUBLE):
            keeps.hear(lambda _: False)
        sleeps.shut_down()


def test_what_wakes_a_kernel_as_the_server_ends_is_saved(changing: Room):
    with Visitor(changing.server) as visitor:
        visitor.join()
        wire = Wire(visitor, "risk")
        fall_asleep(wire)
        templates, last = changing.templates(), rate(4)
        for pid in templates:
            os.kill(pid, signal.SIGSTOP)
        data = {"method": "update", "state": {"answer": last}, "buffer_paths": []}
        wire.send("comm_msg", {"comm_id": wire.questions[RATING], "data": data})
        for _ in range(3):  # what came before them has been read
            assert visitor.get("/assets/0/absent.js").status_code == 404
        changing.server.process.terminate()
        for pid in templates:
            os.kill(pid, signal.SIGCONT)
        changing.server.process.wait(60)
        assert [row["key"] for row in changing.rows()] == [last["key"]]


def test_sleeping_and_waking_leaves_nothing_behind(room: Room, wire: Wire):
    pid = room.server.process.pid
    (template,) = {
        each for each in room.templates() if set(processes_named(wire.kernel)) & set(children(each))
    } or {0}
    fall_asleep(wire)
    before = len(open_files(pid))
    for number in range(8):
        assert wire.answer(RATING, rate(number % 5 + 1))["state"] == "saved"
        fall_asleep(wire)
    wait_until(lambda: len(open_files(pid)) <= before, "every file is closed")
    if template:
        wait_until(lambda: not children(template), "every process is reaped")
