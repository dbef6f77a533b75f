"""A trainer makes a copy of their own with the installed package, changes it and serves it."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
from contextlib import suppress
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.conftest import PATIENCE, join, phone, ready
from tests.forkserver.kernels import wait_until
from tests.packaging.conftest import ROOT, Installed, files_of_git
from tests.server.conftest import launch, stop

__all__ = ["phone"]

OURS = "Is anybody safer after a programme?"


@pytest.fixture(scope="module")
def made(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody's own copy as it is made, in a folder whose name is no easy one."""
    folder = tmp_path_factory.mktemp("made")
    done = installed.run("myths", "init", "Łódź 50%?", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "Łódź 50%?"


@pytest.fixture
def own(made: Path, elsewhere: Path) -> Path:
    """The same for one test, which may change it."""
    return shutil.copytree(made, elsewhere / made.name)


def started(installed: Installed, folder: Path, *command: str) -> list[str | Path]:
    """The command as it is called in that folder, with nothing of ours in its environment."""
    variables = [f"{name}={value}" for name, value in installed.environment.items()]
    return ["env", "-i", "-C", folder, *variables, installed.python.with_name("myths"), *command]


def test_the_copy_is_the_same_as_one_from_the_checkout(made: Path):
    edition = [
        name for name in files_of_git() if name.startswith(("content/", "notebooks/", "START"))
    ]
    record = json.loads((made / "edition.json").read_text())
    assert sorted(record["files"]) == sorted([*edition, "README.md"])
    assert all((made / name).read_bytes() == (ROOT / name).read_bytes() for name in edition)


def test_ones_own_words_are_checked_and_served(
    installed: Installed, own: Path, phone: BrowserContext
):
    words = own / "content" / "modules" / "risk" / "text.en.yml"
    question = re.compile(r"^question: .*", re.MULTILINE)
    words.write_text(question.sub(f"question: {OURS}", words.read_text()))
    checked = installed.run("myths", "check", cwd=own)
    assert checked.returncode == 0, checked.stdout
    assert "content/support/eu.yml:" in checked.stdout
    db, log = f"sqlite:///{own}/data/workshop.sqlite", own / "server.log"
    server = launch(list(map(str, started(installed, own, "serve", "--port", "0"))), db, log)
    try:
        page = phone.new_page()
        join(page, server)
        page.goto(server.url("/m/risk"))
        ready(page)
        expect(page.get_by_text(OURS).first).to_be_visible()
        page.get_by_role("radio").first.check()
        expect(page.get_by_text("✓ Saved").first).to_be_visible()
    finally:
        stop(server)
    assert server.file.exists()
    assert log.read_text() == ""
    words.write_text(question.sub("question: Is it so?", words.read_text()))
    told = installed.run("myths", "publish", "--summary", cwd=own)
    assert "content/modules/risk/text.en.yml\n  question\n" in told.stdout
    assert f"    - {OURS}\n    + Is it so?\n" in told.stdout


def listens(host: str | None, port: int | None) -> bool:
    with suppress(ConnectionRefusedError):
        socket.create_connection((host, port), timeout=5).close()
        return True
    return False


def test_lab_shows_the_notebooks_the_words_and_the_guides(
    installed: Installed, own: Path, browser: Browser
):
    settings = installed.home / ".jupyter" / "jupyter_server_config.json"
    settings.parent.mkdir(exist_ok=True)
    elsewhere = str(installed.home)
    settings.write_text(
        json.dumps({"ServerApp": {"root_dir": elsewhere, "preferred_dir": elsewhere}})
    )
    lab = subprocess.Popen(
        started(installed, own, "lab", "--no-browser", "--port", "0"),
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert lab.stderr
        said = ""
        for line in lab.stderr:
            said += line
            if link := re.search(r"http://127\S+token=\w+", line):
                break
        assert link, said
        place = urlsplit(link[0])
        wait_until(lambda: listens(place.hostname, place.port), "it listens")
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(link[0])
        for name in ("content", "notebooks", "README.md"):
            expect(page.locator(".jp-DirListing-item", has_text=name).first).to_be_visible()
        expect(page.locator(".jp-RenderedMarkdown h1", has_text="Start here")).to_be_visible()
        page.get_by_role("link", name="content/modules/risk/guide.en.md").click()
        expect(page.locator(".jp-RenderedMarkdown h2").nth(3)).to_be_visible()  # as people read it
        expect(page.get_by_text("official Jupyter news")).to_have_count(0)
        page.goto(urljoin(link[0], "/voila/render/notebooks/participants/01_risk.ipynb"))
        expect(page.get_by_text("Prefer not to say").first).to_be_visible(timeout=2 * PATIENCE)
        expect(page.get_by_text("Run sheet for the trainer")).to_have_count(0)
        page.close()
    finally:
        lab.terminate()
        lab.wait(timeout=30)
    assert not listens(place.hostname, place.port)  # ending the command ends JupyterLab
