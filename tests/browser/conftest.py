"""A real server and a real browser, as a participant on a phone meets them."""

from __future__ import annotations

import re
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

ROOT = Path(__file__).parents[2]
PHONE = {"width": 390, "height": 844}
PATIENCE = 30_000  # ms, on a busy machine

expect.set_options(timeout=PATIENCE)


@dataclass(frozen=True)
class Running:
    """A server in a process of its own, with the store that it writes to."""

    link: str
    code: str
    db: str

    def url(self, path: str) -> str:
        return urllib.parse.urljoin(self.link, path)


def start(db: Path, *options: str) -> tuple[subprocess.Popen[str], Running]:
    """Start `myths serve` on a free port and wait until it says that it is ready."""
    url = f"sqlite:///{db}"
    process = subprocess.Popen(
        [sys.executable, "-m", "myths", "serve", "--port", "0", "--db", url, *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    told = ""
    for line in process.stdout:
        told += line
        if "Ctrl+C" in line:
            break
    link = re.search(r"http://\S+\?w=(\w+)", told)
    assert link, f"the server did not start: {told}"
    return process, Running(link=link[0], code=link[1], db=url)


def stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    process, running = start(tmp_path_factory.mktemp("store") / "workshop.sqlite")
    yield running
    stop(process)


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


def join(page: Page, server: Running) -> str:
    """Join the workshop by its link; returns the recovery code."""
    page.goto(server.link)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Join the workshop").click()
    code = page.locator("#recovery-code").inner_text()
    page.get_by_role("link", name="I have kept the code").click()
    ready(page)
    return code


def ready(page: Page) -> None:
    """Wait until every widget of the page is in its place."""
    expect(page.locator("body[data-ready]")).to_be_attached()
    expect(page.locator("#loading")).to_have_count(0)


def all_saved(page: Page) -> None:
    expect(page.get_by_text("All answers saved")).to_be_visible()
