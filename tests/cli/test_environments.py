"""Every command runs and prints wherever it is called: any locale, console, folder, home."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import httpx
import psutil
import pytest
from myths.store import open_store, sqlite_address

from tests.server.conftest import ROOT, launch, stop

TITLE = "Łódź 中文 🙂"
FOLDER = "Übung 100% #1? %20 'a' «b»"
OLD_STYLE = {"PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}  # as on Windows: what the locale says
ENVIRONMENTS: dict[str, dict[str, str]] = {
    "C": {"LC_ALL": "C"},
    "POSIX": {"LC_ALL": "POSIX"},
    "an ASCII console": {"PYTHONIOENCODING": "ascii"},
    "a console of Western Europe": {"PYTHONIOENCODING": "cp1252"},
    "a Latin-1 locale": {"LC_ALL": "xx_XX.latin1", **OLD_STYLE},
    "no home": {"HOME": "/dev/null/nowhere"},
    "POSIX and no home": {"LC_ALL": "POSIX", "HOME": "/dev/null/nowhere"},
}


ALL = """
import json, sys
from myths.cli import main
for command in json.loads(sys.argv[1]):
    print("\\f", end="", flush=True)
    main(command, prog_name="myths", standalone_mode=False)
"""


@pytest.fixture(scope="session")
def locales(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder with a locale of Western Europe, made here; empty where none can be made."""
    folder = tmp_path_factory.mktemp("locales")
    if localedef := shutil.which("localedef"):
        made = [localedef, "-c", "-i", "de_DE", "-f", "ISO-8859-1", folder / "xx_XX.latin1"]
        subprocess.run(made, capture_output=True, check=False)
    return str(folder)


OFTEN = ("POSIX and no home", "a Latin-1 locale")  # the others are much like these


@pytest.fixture(
    params=[
        each if each in OFTEN else pytest.param(each, marks=pytest.mark.soak)
        for each in ENVIRONMENTS
    ]
)
def environment(request: pytest.FixtureRequest, locales: str, tmp_path: Path) -> dict[str, str]:
    more = ENVIRONMENTS[request.param]
    if "latin1" in more.get("LC_ALL", "") and not os.listdir(locales):  # noqa: PTH208
        pytest.skip("no locale can be made here")
    own = {"LOCPATH": locales, "MYTHS_PUBLISHED": str(tmp_path / "published")}
    return os.environ | own | more


@pytest.fixture
def folder(tmp_path: Path, environment: dict[str, str]) -> Path:
    """A folder with as odd a name as can be written there."""
    plain = FOLDER.encode("ascii", "ignore").decode()
    made = tmp_path / (plain if OLD_STYLE.items() <= environment.items() else FOLDER)
    made.mkdir()
    return made


def told(*commands: Sequence[str | Path], cwd: Path, env: dict[str, str]) -> str:
    """What commands print into a file, as somebody may who keeps it; one process does them all."""
    with (cwd / "printed").open("wb") as file:
        done = subprocess.run(
            [sys.executable, "-c", ALL, json.dumps(commands, default=str)],
            cwd=cwd,
            env=env,
            stdout=file,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return (cwd / "printed").read_bytes().decode("latin-1")


def test_the_commands_run_and_print(environment, folder):
    db = sqlite_address(folder / "workshop.sqlite")
    here = sqlite_address(folder / "here.sqlite")
    said = told(
        ("workshop", "open", "--db", db, "--title", TITLE, "--code", "ROOM7"),
        ("workshop", "list", "--db", db),
        ("check", "--quick", "--content", ROOT / "content"),
        ("backup", "--db", db, folder / "monday"),
        ("merge", "--db", here, folder / "workshop.sqlite", folder / "monday"),
        ("export", "--db", db, "--format", "csv", folder / "answers"),
        cwd=folder,
        env=environment,
    )
    opened, listed, checked, _, merged, _ = said.split("\f")[1:]
    assert "ROOM7" in opened
    assert "ROOM7" in listed
    assert (folder / "workshop.sqlite").exists()
    assert "complete" in checked
    assert "came in" in merged
    assert len(open_store(here).workshops()) == 1
    assert (folder / "answers").exists()


@pytest.mark.soak
def test_the_notebooks_are_tried_there(environment, folder):
    """`make test` does so in the usual environment, and starts a server in two of these."""
    assert "complete" in told(("check", "--content", ROOT / "content"), cwd=folder, env=environment)


def test_the_server_starts_and_answers(environment, folder):
    db = sqlite_address(folder / "workshop.sqlite")
    content = shutil.copytree(ROOT / "content", folder / "content")
    serve = ["serve", "--port", "0", "--db", db, "--content", str(content)]
    command = [sys.executable, "-m", "myths", *serve]
    running = launch(command, db, folder / "log", more=environment, errors="replace")
    try:
        assert httpx.get(running.url("/healthz"), timeout=30).text == "ok\n"
    finally:
        stop(running)
    assert "Traceback" not in running.log.read_text("latin-1")


def test_nobodys_own_configuration_opens_or_moves_the_server(tmp_path):
    config = tmp_path / ".jupyter"
    config.mkdir()
    listening = {"ip": "0.0.0.0", "port": 1, "base_url": "/elsewhere/"}  # noqa: S104  must not count
    for name, sections in (
        ("voila.json", {"Voila": listening, "VoilaConfiguration": {"template": "nosuch"}}),
        ("jupyter_server_config.json", {"ServerApp": listening}),
    ):
        (config / name).write_text(json.dumps(sections))
    (config / "voila.py").write_text("raise SystemExit('read')")
    (config / "jupyter_config.py").write_text("raise SystemExit('read')")
    db = f"sqlite:///{tmp_path}/workshop.sqlite"
    command = [sys.executable, "-m", "myths", "serve", "--port", "0", "--db", db]
    more = {"HOME": str(tmp_path), "JUPYTER_CONFIG_DIR": str(config)}
    running = launch(command, db, tmp_path / "log", more=more)
    try:
        assert httpx.get(running.url("/healthz"), timeout=30).text == "ok\n"
        sockets = psutil.Process(running.process.pid).net_connections("inet")
        assert {each.laddr for each in sockets if each.status == "LISTEN"} == {
            ("127.0.0.1", running.port)
        }
    finally:
        stop(running)


def test_what_the_system_cannot_write_is_told_in_a_sentence(tmp_path):
    db = f"sqlite:///{tmp_path}/workshop.sqlite"
    command = [sys.executable, "-m", "myths", "workshop", "open", "--db", db, "--title", TITLE]
    env = os.environ | OLD_STYLE | {"LC_ALL": "POSIX"}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "LC_ALL=C.UTF-8" in line
