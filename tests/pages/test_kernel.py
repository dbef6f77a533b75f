"""A page's kernel: what a page can say to it, and what comes back."""

from __future__ import annotations

import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.session import Session
from myths.forkserver import ForkServer, Template
from myths.pages import PRELOADED, RUN, SERVE
from myths.pages.kernel import PageKernel

from tests.forkserver.kernels import Kernel, Watch, wait_until
from tests.threads import finish

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked")

CELL = """
import threading, time
import anywidget, traitlets

class Echo(anywidget.AnyWidget):
    _esm = ""
    say = traitlets.Unicode().tag(sync=True)
    heard = traitlets.Unicode().tag(sync=True)

def hear(change):
    print("printed", change.new)
    if change.new == "stumble":
        raise ValueError("it stumbled")
    if change.new == "slowly":
        echo.heard = "at once"
        time.sleep(2)
    elif change.new == "apart":
        threading.Thread(target=lambda: setattr(echo, "heard", "apart")).start()
    else:
        echo.heard = change.new

echo = Echo()
echo.observe(hear, "say")
echo
"""


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kernel") / "log"


@pytest.fixture(scope="module")
def template(log: Path) -> Iterator[Template]:
    """A page with one widget that hears what is said to it."""
    notebook = log.with_name("page.ipynb")
    cell = {"cell_type": "code", "source": CELL, "metadata": {}, "outputs": []}
    notebook.write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    server = ForkServer(PRELOADED)
    options = {"env": dict(os.environ), "cwd": str(log.parent), "stdout": 1, "stderr": 2}
    run = server.prepare(RUN, notebook=str(notebook), stock=False, seconds=60, **options)
    made = finish(run)
    yield made
    made.close()
    server.close()


@pytest.fixture
def kernel(template: Template, tmp_path: Path, log: Path) -> Iterator[Talk]:
    options = {"template": template, "serve": SERVE}
    with log.open("w") as errors:
        kernel = Talk(tmp_path, None, stderr=errors, **options)
    yield kernel
    kernel.stop(now=True)


class Talk(Kernel):
    """A page's kernel, and what a page can say to it."""

    @cached_property
    def echo(self) -> str:
        """The id of the widget that hears."""
        self.send("comm_open", {"comm_id": "1", "target_name": "jupyter.widget.control"})
        self.send("comm_msg", {"comm_id": "1", "data": {"method": "request_states"}})
        states = self.hear("comm_msg")["data"]["states"]
        return str(next(name for name, each in states.items() if "say" in each["state"]))

    def send(self, kind: str, content: dict[str, Any], *, control: bool = False) -> None:
        channel = self.client.control_channel if control else self.client.shell_channel
        metadata = {"version": "1.0.0"}  # of the widgets' messages
        channel.send(self.client.session.msg(kind, content, metadata=metadata))

    def say(self, words: str) -> None:
        data = {"method": "update", "state": {"say": words}, "buffer_paths": []}
        self.send("comm_msg", {"comm_id": self.echo, "data": data})

    def hear(self, kind: str) -> dict[str, Any]:
        while (message := self.client.get_iopub_msg(timeout=10))["msg_type"] != kind:
            pass
        return dict(message["content"])

    def heard(self) -> str:
        while not (words := self.hear("comm_msg")["data"].get("state", {}).get("heard")):
            pass
        return str(words)


def test_a_page_and_its_widgets_talk(kernel: Talk):
    asked = kernel.client.comm_info()
    while (reply := kernel.client.get_shell_msg(timeout=10))["parent_header"]["msg_id"] != asked:
        pass
    assert len(reply["content"]["comms"]) == 2  # the widget and its layout
    kernel.say("hello")
    assert kernel.heard() == "hello"


def test_a_page_that_connects_again_is_heard_though_its_lost_connection_is_still_open(
    kernel: Talk,
):
    lost = kernel.manager.connect_shell(identity=b"one page")
    kernel.client.session.send(lost, "kernel_info_request", {})
    assert lost.poll(5000)
    again = kernel.manager.connect_shell(identity=b"one page")
    kernel.client.session.send(again, "kernel_info_request", {})
    assert again.poll(5000)
    lost.close()
    again.close()


def test_a_widget_that_another_thread_sets_is_seen(kernel: Talk):
    kernel.say("apart")
    assert kernel.heard() == "apart"


def test_what_takes_long_shows_how_far_it_is(kernel: Talk):
    kernel.say("slowly")
    begin = time.monotonic()
    assert kernel.heard() == "at once"
    assert time.monotonic() - begin < 1.5


def test_the_log_tells_what_a_widget_printed_and_why_it_failed(kernel: Talk, log: Path):
    kernel.say("stumble")
    kernel.say("hello")
    assert kernel.heard() == "hello"
    assert "printed stumble" in log.read_text()
    assert "ValueError: it stumbled" in log.read_text()


def test_it_knows_no_request_by_which_code_could_run():
    kernel = PageKernel(session=Session())
    heard = {"kernel_info_request", "comm_info_request", "comm_open", "comm_msg", "comm_close"}
    assert set(kernel.shell_handlers) == heard
    assert set(kernel.control_handlers) == {"kernel_info_request", "shutdown_request"}


def test_the_server_finds_every_channel_that_it_connects_to(kernel: Talk):
    for channel in ("shell", "control", "stdin", "iopub"):
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(f"{kernel.manager.ip}-{getattr(kernel.manager, f'{channel}_port')}")


@pytest.mark.parametrize("control", [False, True])
def test_nobody_can_run_code_in_it(kernel: Talk, tmp_path: Path, control: bool):
    made = tmp_path / "made"
    kernel.send("execute_request", {"code": f"open({str(made)!r}, 'w')"}, control=control)
    kernel.say("hello")
    assert kernel.heard() == "hello"
    time.sleep(0.2)  # the control channel has its own order
    assert not made.exists()


def test_it_ends_when_it_is_asked_to(kernel: Talk):
    with Watch(kernel.pid) as process:
        kernel.send("shutdown_request", {"restart": False}, control=True)
        assert process.ended(5)
    wait_until(lambda: not kernel.manager.is_alive(), "its end is known")
    assert kernel.manager.provisioner.process.returncode == 0
