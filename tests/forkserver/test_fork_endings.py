"""How kernels end: with their server, with whoever asked for them, and seen by those who wait."""

from __future__ import annotations

import asyncio
import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from myths.forkserver import ForkServer

from tests.forkserver.kernels import Watch, children, fork, open_files, opened_since, wait_until
from tests.threads import finish

ROOT = Path(__file__).parents[2]
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER: orphans become ours, as they do in a container


def test_a_launch_that_is_called_off_leaves_nothing(server: ForkServer, tmp_path: Path) -> None:
    async def call_off(after: float) -> None:
        launch = asyncio.create_task(fork(server, tmp_path))
        await asyncio.sleep(after)
        launch.cancel()
        await asyncio.wait([launch])

    finish(server.start())
    files = open_files()
    for after in (0, 0.005, 0.01, 0.02, 0.03):
        finish(call_off(after))
    assert server.pid
    wait_until(lambda: children(server.pid or 0) == [], "the kernel ends by itself")
    assert opened_since(files) == []


def test_a_forgotten_kernel_ends_by_itself(server: ForkServer, tmp_path: Path) -> None:
    kernel = finish(fork(server, tmp_path))
    with Watch(kernel.pid) as watch:
        del kernel
        assert watch.ended(10)


@pytest.mark.parametrize("fork_server", ["alive", "dead"])
def test_idle_and_busy_kernels_end_with_the_server_while_the_fork_server_is(
    fork_server: str, tmp_path: Path
) -> None:
    script = [sys.executable, "-m", "tests.forkserver.served", str(tmp_path)]
    cells = ["", "while True: pass", "import time; time.sleep(60)"]
    with ExitStack() as stack:
        server = stack.enter_context(
            subprocess.Popen([*script, *cells], stdout=subprocess.PIPE, cwd=ROOT)
        )
        assert server.stdout
        pids = json.loads(server.stdout.readline())
        watches = [stack.enter_context(Watch(pid)) for pid in pids]
        assert not any(watch.ended() for watch in watches)
        if fork_server == "dead":
            os.kill(pids[0], signal.SIGKILL)
        server.kill()
        assert all(watch.ended(10) for watch in watches)


def test_a_signal_hits_no_stranger_who_got_the_number_of_an_ended_kernel(
    server: ForkServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, closing: ExitStack
) -> None:
    stranger = subprocess.Popen(["sleep", "60"], start_new_session=True)
    closing.callback(stranger.wait)
    closing.callback(stranger.kill)
    kernel = finish(fork(server, tmp_path))
    server.close()  # nobody is left who could tell that the kernel ended
    with Watch(kernel.pid) as watch:
        kernel.kill()
        assert watch.ended(10)
    kernel.pid = stranger.pid
    for flag in (4, 1 << 30):
        monkeypatch.setattr("myths.forkserver.process._GROUP", flag)
        kernel.kill()
    assert stranger.poll() is None
    assert kernel.wait(10) == 255


def test_orphans_that_become_ours_are_reaped_with_their_status(
    server: ForkServer, tmp_path: Path, closing: ExitStack
) -> None:
    libc = ctypes.CDLL(None)
    closing.callback(libc.prctl, _SUBREAPER, 0)
    libc.prctl(_SUBREAPER, 1)
    kernel = finish(fork(server, tmp_path))
    server.close()
    wait_until(lambda: kernel.pid in children(os.getpid()), "it is our child")
    kernel.kill()
    assert kernel.wait(10) == -signal.SIGKILL
    assert kernel.pid not in children(os.getpid())


def test_a_stopped_fork_server_cannot_hide_the_end_of_a_kernel(
    server: ForkServer, tmp_path: Path
) -> None:
    kernel = finish(fork(server, tmp_path))
    assert server.pid
    os.kill(server.pid, signal.SIGSTOP)
    kernel.kill()
    begin = time.monotonic()
    assert kernel.wait(10) == 255
    assert time.monotonic() - begin < 3
