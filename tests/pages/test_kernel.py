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
from myths.forkserver import ForkedProcess, ForkServer, Template
from myths.pages import (
    ALL,
    DONE,
    KEPT,
    PRELOADED,
    RUN,
    SERVE,
    LineReader,
    PageStore,
    read_answer,
    said,
)
from myths.pages.comms import PageComm
from myths.pages.kernel import PageKernel

from tests.forkserver.kernels import Watch, wait_until
from tests.threads import finish

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked")

CELL = """
import asyncio, threading, time
import anywidget, traitlets

class Echo(anywidget.AnyWidget):
    _esm = ""
    say = traitlets.Unicode().tag(sync=True)
    heard = traitlets.Unicode().tag(sync=True)

async def later():
    echo.heard = "later"

def hear(change):
    print("printed", change.new)
    if change.new == "stumble":
        raise ValueError("it stumbled")
    if change.new == "slowly":
        echo.heard = "at once"
        time.sleep(2)
    elif change.new == "apart":
        threading.Thread(target=lambda: setattr(echo, "heard", "apart")).start()
    elif change.new == "later":
        asyncio.ensure_future(later())
    else:
        echo.heard = change.new

echo = Echo()
echo.observe(hear, "say")
echo
"""
LINK = 7


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
    with log.open("w") as errors:
        talk = Talk(template, tmp_path, stderr=errors.fileno())
    yield talk
    talk.close()


class Talk:
    """A page's kernel, and what a page can say to it."""

    def __init__(self, template: Template, folder: Path, *, stderr: int = 2) -> None:
        self.wire, theirs = socket.socketpair()
        options: dict[str, Any] = {"env": dict(os.environ), "cwd": str(folder), "stdout": 1}
        with theirs:
            work = template.serve(SERVE, theirs, stderr=stderr, name="a kernel", **options)
            self.process: ForkedProcess = finish(work)
        self.wire.settimeout(10)
        self._reader = LineReader()
        self._came: list[bytes] = []

    @cached_property
    def echo(self) -> str:
        """The id of the widget that hears."""
        self.send("comm_open", {"comm_id": "1", "target_name": "jupyter.widget.control"})
        self.send("comm_msg", {"comm_id": "1", "data": {"method": "request_states"}})
        states = self.hear("comm_msg")["content"]["data"]["states"]
        return str(next(name for name, each in states.items() if "say" in each["state"]))

    def send(self, kind: str, content: dict[str, Any], name: str = "x") -> None:
        header = {"msg_type": kind, "msg_id": name}
        metadata = {"version": "1.0.0"}  # of the widgets' messages
        message = {"header": header, "metadata": metadata, "content": content}
        self.wire.sendall(said(LINK, message))

    def say(self, words: str) -> None:
        data = {"method": "update", "state": {"say": words}, "buffer_paths": []}
        self.send("comm_msg", {"comm_id": self.echo, "data": data})

    def line(self) -> bytes:
        while not self._came:
            data = self.wire.recv(2**16)
            assert data, "the kernel has ended"
            self._came += self._reader.feed(data)
        return self._came.pop(0)

    def hear(self, kind: str) -> dict[str, Any]:
        while True:
            if (line := self.line()) != DONE:
                link, text = read_answer(line)
                message: dict[str, Any] = json.loads(text)
                if message["header"]["msg_type"] == kind:
                    return message | {"link": link}

    def heard(self) -> str:
        while not (words := self.hear("comm_msg")["content"]["data"]["state"].get("heard")):
            pass
        return str(words)

    def done(self) -> int:
        """Read on to the next message that was dealt with; returns how many lines came before."""
        lines = 0
        while self.line() != DONE:
            lines += 1
        return lines

    def close(self) -> None:
        self.wire.close()
        self.process.kill()
        self.process.close()


def test_a_page_and_its_widgets_talk(kernel: Talk):
    kernel.send("comm_info_request", {"target_name": "jupyter.widget"}, name="asked")
    reply = kernel.hear("comm_info_reply")
    assert (reply["link"], reply["parent_header"]["msg_id"]) == (LINK, "asked")
    assert len(reply["content"]["comms"]) == 2  # the widget and its layout
    kernel.say("hello")
    assert kernel.heard() == "hello"


def test_what_a_widget_says_is_for_every_link_and_an_answer_for_who_asked(kernel: Talk):
    kernel.say("hello")
    assert kernel.hear("comm_msg")["link"] == ALL
    kernel.send("kernel_info_request", {})
    assert kernel.hear("kernel_info_reply")["link"] == LINK


def test_each_message_is_dealt_with_in_its_turn_and_said_to_be(kernel: Talk):
    assert kernel.echo
    assert kernel.done() == 0  # the states have been read
    for words in ("one", "two"):
        kernel.say(words)
    kernel.send("nonsense", {})
    kernel.send("comm_msg", {})
    assert [kernel.done() for _ in range(4)] == [2, 2, 0, 0]  # an echo, and what was heard


def test_a_widget_that_another_thread_sets_is_seen(kernel: Talk):
    kernel.say("apart")
    assert kernel.heard() == "apart"


def test_a_widget_may_do_something_later(kernel: Talk):
    kernel.say("later")
    assert kernel.heard() == "later"


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


def test_it_knows_no_message_by_which_code_could_run(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(PageComm, "publish", None)  # as it is to be again
    monkeypatch.setattr(PageStore, "ask", None, raising=False)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        heard = PageKernel(theirs, ended=lambda: None).heard
    asks = {"kernel_info_request", "comm_info_request"}
    assert heard == asks | {"comm_open", "comm_msg", "comm_close"}


def test_what_the_server_has_saved_is_kept_while_it_is_dealt_with_and_no_longer(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(PageComm, "publish", None)
    monkeypatch.setattr(PageStore, "ask", None, raising=False)
    kept = list[bool]()
    ours, theirs = socket.socketpair()
    with ours, theirs:
        kernel = PageKernel(theirs, ended=lambda: None)
        monkeypatch.setattr(kernel, "_answers", {"x": lambda *_: kept.append(PageStore.is_kept)})
        line = said(LINK, {"header": {"msg_type": "x"}, "metadata": {}, "content": {}})
        ours.sendall(line + KEPT + line + KEPT + b"nothing\n" + line)
        kernel.read()
    assert kept == [False, True, False]
    assert not PageStore.is_kept


def test_nobody_can_run_code_in_it(kernel: Talk, tmp_path: Path):
    made = tmp_path / "made"
    kernel.send("execute_request", {"code": f"open({str(made)!r}, 'w')"})
    kernel.say("hello")
    assert kernel.heard() == "hello"
    assert not made.exists()


def test_it_ends_with_its_wire(kernel: Talk):
    with Watch(kernel.process.pid) as process:
        kernel.wire.close()
        assert process.ended(5)
    wait_until(lambda: kernel.process.poll() is not None, "its end is known")
    assert kernel.process.returncode == 0


def test_each_fork_has_the_same_widgets(template: Template, tmp_path: Path):
    talks = [Talk(template, tmp_path) for _ in range(2)]
    assert talks[0].echo == talks[1].echo
    assert talks[0].echo in template.result["widgets"]
    for talk in talks:
        talk.close()
