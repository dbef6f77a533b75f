"""There is room for so many pages and no more: who comes too late waits, and nobody takes all."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable

import pytest
from myths.server.capacity import JUPYTERS, OWN, Capacity, CapacityError, free_memory

from tests.threads import finish

MB = 2**20


class Pages(dict[str, bool]):
    """Pages by the ids of their kernels, and whether somebody is connected; `idle` could sleep."""

    def __init__(self, *, idle: int = 0, **pages: bool) -> None:
        super().__init__(**pages)
        self.idle, self.slept = idle, 0

    @property
    def files(self) -> int:
        return 6 * len(self)

    def is_heard(self, kernel_id: str) -> bool:
        return self[kernel_id]

    def make_room(self, number: int) -> int:
        slept = min(number, self.idle)
        self.idle, self.slept = self.idle - slept, self.slept + slept
        return slept

    def end_pages(self, kernel_ids: Iterable[str], *, at_once: bool) -> None:
        assert at_once
        for each in kernel_ids:
            del self[each]


def settle(room: Capacity, pages: Pages, kernel: str, participant: str, *, heard: bool = True):
    pages[kernel] = heard
    room.settle(pages, kernel, participant)


def test_pages_are_admitted_while_there_is_memory_for_all_that_are_coming():
    free = 256 * MB + 2 * 40 * MB
    room = Capacity(free=lambda: free)
    two = room.place(Pages(), JUPYTERS), room.place(Pages(), JUPYTERS)
    with two[0], two[1], pytest.raises(CapacityError), room.place(Pages(), JUPYTERS):
        pass
    with room.place(Pages(), JUPYTERS):
        pass  # both have come and are part of what is taken


def test_a_place_is_free_again_when_the_page_did_not_come():
    room = Capacity(most=1)
    with pytest.raises(OSError, match="no process"), room.place(Pages(), JUPYTERS):
        raise OSError("no process")
    with room.place(Pages(), JUPYTERS):
        pass


def test_open_pages_count_too():
    with pytest.raises(CapacityError), Capacity(most=2).place(Pages(a=True, b=False), OWN):
        pass


def test_pages_are_admitted_while_there_are_open_files_for_them():
    room = Capacity(files=12 + 6)
    with room.place(Pages(a=True, b=True), OWN):
        pass
    with pytest.raises(CapacityError), room.place(Pages(a=True, b=True), JUPYTERS):
        pass


def test_idle_kernels_make_room_for_a_page_that_comes_and_only_as_many_as_it_takes():
    pages = Pages(idle=10)
    with Capacity(free=lambda: 256 * MB).place(pages, JUPYTERS):
        assert pages.slept == 5  # 8 MB each for the 40 MB of a page
    pages = Pages(idle=4)
    with pytest.raises(CapacityError), Capacity(free=lambda: 256 * MB).place(pages, JUPYTERS):
        pass


def test_a_kernel_that_wakes_has_an_idle_one_sleep_in_its_place():
    pages = Pages(idle=3)
    finish(Capacity(free=lambda: 256 * MB).room(pages))
    assert pages.slept == 2
    finish(Capacity(free=lambda: 300 * MB).room(pages))
    assert pages.slept == 2


def test_a_kernel_that_wakes_waits_until_there_is_room():
    free = iter([256 * MB, 256 * MB, 300 * MB])
    finish(Capacity(free=lambda: next(free)).room(Pages()))
    assert next(free, None) is None


HASHES = """
import sys
from concurrent.futures import ThreadPoolExecutor
from myths.server import capacity
from myths.store import credentials

def taken():
    lines = open("/proc/self/smaps_rollup").read().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("Rss"))

capacity.return_memory()
credentials.stretch("first", "salt")
before = taken()
with ThreadPoolExecutor(6) as threads:
    list(threads.map(credentials.stretch, ["code"] * 24, ["salt"] * 24))
    print(taken() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's memory, read from /proc")
def test_the_memory_in_which_codes_were_hashed_goes_back_to_the_system():
    done = subprocess.run([sys.executable, "-c", HASHES], stdout=subprocess.PIPE, check=True)
    assert int(done.stdout) < 16


def test_the_free_memory_of_this_machine_is_known():
    assert 0 < free_memory() < 2**50


def test_a_sixth_page_ends_the_one_that_nobody_looks_at_else_the_oldest():
    room, pages = Capacity(), Pages()
    for name in "abcde":
        settle(room, pages, name, "anna", heard=name != "c")
    settle(room, pages, "f", "anna")
    assert list(pages) == ["a", "b", "d", "e", "f"]
    settle(room, pages, "g", "anna")
    assert list(pages) == ["b", "d", "e", "f", "g"]


def test_nobodys_pages_make_way_for_somebody_elses():
    room, pages = Capacity(), Pages()
    for name in "abcde":
        settle(room, pages, name, "anna", heard=False)
    settle(room, pages, "z", "ben")
    assert len(pages) == 6
