"""What cannot be forked is an ordinary kernel, and the log says so once."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from myths.forkserver import ForkProvisioner, ForkServer

from tests.forkserver.kernels import Kernel

Start = Callable[..., Kernel]


class Elsewhere(ForkProvisioner):
    """The provisioner on a system that is not Linux."""

    available: ClassVar[bool] = False


@pytest.fixture
def said(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], list[str]]:
    """The sentences in Jupyter's log."""
    monkeypatch.setattr(ForkProvisioner, "_said", set())
    monkeypatch.setattr(logging.getLogger("traitlets"), "propagate", True)
    caplog.set_level(logging.WARNING)
    return lambda: [r.message for r in caplog.records if "ordinary way" in r.message]


def test_elsewhere_kernels_are_ordinary_and_the_log_says_so_once(
    start: Start, said: Callable[[], list[str]]
) -> None:
    kernels = [start(None, provisioner=Elsewhere) for _ in range(2)]
    assert [kernel.run("print(1 + 1)") for kernel in kernels] == ["2", "2"]
    assert all(isinstance(k.manager.provisioner.process, subprocess.Popen) for k in kernels)
    assert len(said()) == 1
    assert "Linux" in said()[0]


@pytest.mark.parametrize(
    ("options", "reason"),
    [({"independent": True}, "no independent"), ({"stderr": subprocess.STDOUT}, "no stderr")],
)
def test_options_that_a_fork_cannot_have_make_an_ordinary_kernel(
    options: dict[str, Any], reason: str, start: Start, said: Callable[[], list[str]]
) -> None:
    kernel = start(**options)
    assert isinstance(kernel.manager.provisioner.process, subprocess.Popen)
    assert reason in said()[0]


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (["/usr/bin/env", "python3", "-m", "ipykernel_launcher"], "not the Python of this server"),
        (["{python}", "-m", "bash_kernel"], "does not run ipykernel_launcher"),
    ],
)
def test_other_kernels_are_not_forked(command: list[str], reason: str) -> None:
    provisioner = ForkProvisioner()
    command = [word.format(python=sys.executable) for word in command]
    assert reason in provisioner._obstacle(command, {})
    assert not provisioner._obstacle([sys.executable, "-m", "ipykernel_launcher"], {})


def test_kernels_with_the_same_modules_share_a_fork_server() -> None:
    one, same, other = (ForkProvisioner(modules=names) for names in (["a"], ["a"], ["b"]))
    assert isinstance(one.fork_server, ForkServer)
    assert one.fork_server is same.fork_server
    assert one.fork_server is not other.fork_server
