"""There is room for so many pages and no more: who comes too late waits, and nobody takes all."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from myths.server.capacity import Capacity, CapacityError, free_memory

from tests.threads import finish

MB = 2**20


class Kernels(dict[str, int]):
    """Kernels by id, with their connections."""

    def kernel_model(self, kernel_id: str) -> dict[str, Any]:
        return {"connections": self[kernel_id]}

    async def shutdown_kernel(self, kernel_id: str, *, now: bool) -> None:
        assert now
        del self[kernel_id]


def settle(room: Capacity, kernels: Kernels, kernel: str, participant: str, connections: int = 1):
    kernels[kernel] = connections
    finish(room.settle(kernels, kernel, participant))


def test_pages_are_admitted_while_there_is_memory_for_all_that_are_coming():
    free = 256 * MB + 2 * 40 * MB
    room = Capacity(free=lambda: free)
    two = room.place(Kernels()), room.place(Kernels())
    with two[0], two[1], pytest.raises(CapacityError), room.place(Kernels()):
        pass
    with room.place(Kernels()):
        pass  # both have come and are part of what is taken


def test_a_place_is_free_again_when_the_page_did_not_come():
    room = Capacity(most=1)
    with pytest.raises(OSError, match="no process"), room.place(Kernels()):
        raise OSError("no process")
    with room.place(Kernels()):
        pass


def test_open_pages_count_too():
    with pytest.raises(CapacityError), Capacity(most=2).place(Kernels(a=1, b=0)):
        pass


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
    room, kernels = Capacity(), Kernels()
    for name in "abcde":
        settle(room, kernels, name, "anna", connections=int(name != "c"))
    settle(room, kernels, "f", "anna")
    assert list(kernels) == ["a", "b", "d", "e", "f"]
    settle(room, kernels, "g", "anna")
    assert list(kernels) == ["b", "d", "e", "f", "g"]


def test_nobodys_pages_make_way_for_somebody_elses():
    room, kernels = Capacity(), Kernels()
    for name in "abcde":
        settle(room, kernels, name, "anna", connections=0)
    settle(room, kernels, "z", "ben")
    assert len(kernels) == 6
