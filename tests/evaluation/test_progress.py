"""Progress is shown after a second to who looks: on a terminal, in an open notebook; else never."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from io import StringIO
from typing import Any, get_args

import myths
import pytest
from click.testing import CliRunner
from jupyter_client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel
from myths import evaluation
from myths.cli import main
from myths.errors import EvaluationError
from myths.evaluation import progress
from myths.evaluation.words import ProgressKey, words
from rich.console import Console

from tests.evaluation.said import room

SLOW = """
import time
from myths.evaluation.progress import progress
print("before")
with progress("samples") as tell:
    time.sleep({first})
    tell("Counting goats", 1, 4)
    time.sleep({then})
print("after")
"""
LONG, SHORT = {"first": 1.6, "then": 0.8}, {"first": 0.1, "then": 0.1}


def on_terminal(program: str) -> tuple[str, str]:
    """Run a program whose messages go to a terminal, and its output to a pipe; give both."""
    ours, theirs = pty.openpty()
    ran = subprocess.run(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "80"},
        text=True,
        timeout=60,
        check=True,
    )
    os.set_blocking(ours, False)
    os.close(theirs)
    said = b""
    try:
        while more := os.read(ours, 65_536):
            said += more
    except OSError:  # all was read
        os.close(ours)
    return ran.stdout, said.decode()


def test_a_terminal_shows_it_after_a_second_and_only_then():
    output, said = on_terminal(SLOW.format(**LONG))
    assert output == "before\nafter\n"
    assert "Drawing samples" in said
    assert said.index("Drawing samples") < said.index("Counting goats")
    assert said.endswith("\x1b[2K")  # its line is gone
    output, said = on_terminal(SLOW.format(**SHORT))
    assert (output, said) == ("before\nafter\n", "")


def test_a_script_that_nobody_watches_shows_nothing():
    ran = subprocess.run(
        [sys.executable, "-c", SLOW.format(**LONG)], capture_output=True, text=True, check=True
    )
    assert (ran.stdout, ran.stderr) == ("before\nafter\n", "")


@contextmanager
def notebook(**environment: str) -> Iterator[BlockingKernelClient]:
    env = {name: value for name, value in os.environ.items() if name != "JPY_SESSION_NAME"}
    manager, client = start_new_kernel(env=env | environment)
    try:
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def run(client: BlockingKernelClient, cell: str) -> list[tuple[str, Any]]:
    """Run a cell; give what it shows as (kind of message, content), one after another."""
    shown: list[tuple[str, Any]] = []

    def keep(message: dict[str, Any]) -> None:
        content = message["content"]
        match message["msg_type"]:
            case "stream":
                shown.append((content["name"], content["text"]))
            case "display_data" | "update_display_data" | "error" | "execute_result" as kind:
                shown.append((kind, content.get("data", content.get("ename"))))

    client.execute_interactive(cell, output_hook=keep, timeout=60)
    return shown


def test_an_open_notebook_shows_it_and_nothing_of_it_stays():
    with notebook(JPY_SESSION_NAME="/change.ipynb") as client:
        shown = run(client, SLOW.format(**LONG))
        assert {kind for kind, _ in run(client, SLOW.format(**SHORT))} == {"stdout"}
        failed = run(client, SLOW.format(**LONG).replace("tell(", "1 / 0 #"))
    assert "".join(text for kind, text in shown if kind == "stdout") == "before\nafter\n"
    views = [data for kind, data in shown if kind.endswith("display_data")]
    assert "Drawing samples" in views[0]["text/html"]
    assert any("Counting goats" in view.get("text/html", "") for view in views)
    assert views[-1] == {"text/plain": ""}
    assert [kind for kind, _ in shown if kind == "display_data"] == ["display_data"]
    assert [each for each in failed if each[0] != "update_display_data"][-1] == (
        "error",
        "ZeroDivisionError",
    )
    assert ("update_display_data", {"text/plain": ""}) in failed


def test_a_notebook_that_runs_by_itself_shows_nothing():
    with notebook() as client:
        shown = run(client, SLOW.format(**LONG))
    assert {kind for kind, _ in shown} == {"stdout"}


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a terminal would show, in order."""
    heard: list[str] = []

    class Heard(progress.Progress):
        def add_task(self, description: str, *args: Any, **options: Any) -> Any:
            heard.append(description)
            return super().add_task(description, *args, **options)

        def update(self, task: Any, *args: Any, **options: Any) -> None:
            heard.append(options["description"])
            super().update(task, *args, **options)

    monkeypatch.setattr(progress, "Progress", Heard)
    terminal = Console(file=StringIO(), force_terminal=True)
    monkeypatch.setattr(progress, "Console", lambda **_: terminal)
    return heard


def test_whatever_can_be_shown_has_its_words():
    assert get_args(ProgressKey) == tuple(type(words().progress).model_fields)


@pytest.mark.parametrize("name", ["answers", "change", "distribution", "pairs", "reliability"])
def test_every_table_shows_that_it_is_being_made(store, file, told, name):
    room(store, "REAL", [(4, 2)])
    with nullcontext() if name != "reliability" else pytest.raises(EvaluationError, match="least"):
        getattr(myths, name)(file)
    assert len(told) == 1


def test_report_and_export_tell_their_steps_unless_somebody_else_listens(
    store, file, told, tmp_path
):
    room(store, "REAL", [(4, 2)])
    myths.report(file)
    assert told[0] == "Reading the answers"
    assert told[-1] == "Drawing and writing"
    told.clear()
    myths.export(tmp_path / "one", file)
    assert {*evaluation.FORMATS} <= {*told}
    told.clear()
    steps: list[str] = []
    myths.report(file, step=steps.append)
    myths.export(tmp_path / "two", file, progress=lambda what, *_: steps.append(what))
    assert {"Drawing and writing", "excel"} <= {*steps}
    assert not told


def test_the_commands_tell_their_steps(store, file, told, tmp_path):
    room(store, "REAL", [(4, 2)])
    command = ["report", "--db", f"sqlite:///{file}", "--out", str(tmp_path / "report")]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0, done.output
    assert "Drawing and writing" in told
    command = ["export", str(tmp_path / "out"), "--db", f"sqlite:///{file}"]
    assert CliRunner().invoke(main, command).exit_code == 0
    assert "excel" in told
