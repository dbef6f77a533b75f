"""Pages of one person agree, and kernels end with their pages: none is left behind."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.faults.conftest import open_room
from tests.faults.room import Room
from tests.faults.writer import EMPTY, RATING, TEXT, Page
from tests.forkserver.kernels import wait_until
from tests.server.conftest import Visitor
from tests.server.wire import key

HURRIED = (
    "import myths.server.app as app; app._ALONE = app._LOOK = 1; from myths.cli import main; main()"
)


def write(text: str) -> dict[str, object]:
    return {**EMPTY, "key": key(), "text": text, "reader": "evaluation"}


def test_what_is_answered_in_one_tab_is_shown_in_the_other_when_it_is_loaded_again(
    room: Room, visitor: Visitor
):
    one, other = Page(visitor), Page(visitor)
    assert one.kernel != other.kernel
    assert one.answer(TEXT, write("From the first tab."))["state"] == "saved"
    assert one.answer(RATING, {**EMPTY, "key": key(), "value": 4})["state"] == "saved"
    other.leave()
    other = Page(visitor)
    assert (other.given(TEXT), other.given(RATING)) == ("From the first tab.", 4)
    assert other.answer(TEXT, write("From the second tab."))["state"] == "saved"
    one.leave()
    one = Page(visitor)
    assert one.given(TEXT) == "From the second tab."
    token = visitor.token
    latest = room.store.latest(room.store.visitor(token).participant)
    assert latest["risk", "reason", "before"].text == "From the second tab."
    one.leave()
    other.leave()


def test_the_tab_that_answered_last_is_right_in_both(room: Room, visitor: Visitor):
    tabs = [Page(visitor), Page(visitor)]
    for number in range(10):
        said = write(f"Sentence {number}.")
        assert tabs[number % 2].answer(TEXT, said)["state"] == "saved"
    for tab in tabs:
        tab.leave()
    again = Page(visitor)
    assert again.given(TEXT) == "Sentence 9."
    again.leave()


@pytest.mark.skipif(sys.platform != "linux", reason="it counts processes in /proc")
def test_every_kernel_ends_with_its_page(room: Room, visitor: Visitor):
    pages = [Page(visitor) for _ in range(4)]
    kernels = {page.kernel for page in pages}
    processes = {room.kernels()[kernel] for kernel in kernels}
    assert len(processes) == len(pages)
    for page in pages:
        page.leave()
    wait_until(
        lambda: not any(kernel in room.kernels() for kernel in kernels),
        "each kernel ends with its page",
    )
    wait_until(lambda: not processes & room.processes(), "and so does its process")


@pytest.mark.skipif(sys.platform != "linux", reason="it counts processes in /proc")
def test_a_page_that_goes_without_a_word_leaves_no_kernel_for_long(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/workshop.sqlite"
    with open_room(Room(url, tmp_path, program=("-c", HURRIED))) as room:
        visitor = Visitor(room.server)
        visitor.join()
        lost, stays = Page(visitor), Page(visitor)
        lost.close()
        wait_until(lambda: lost.kernel not in room.kernels(), "a kernel without a page is ended")
        assert stays.answer(TEXT, write("I am still here."))["state"] == "saved"
        assert stays.kernel in room.kernels()
        stays.leave()
        visitor.http.close()
