"""The same notebook in JupyterLab, where a trainer looks at it before the workshop."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from myths import catalog
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as TooLate

from tests.browser.conftest import PATIENCE
from tests.server.conftest import ROOT

SAYS = catalog.load().ui.components
TOKEN = "trainer"  # noqa: S105  of a server that lives for one test
STARTING = 60  # seconds


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def wait_for(process: subprocess.Popen[bytes], address: str) -> None:
    """Wait until a server answers there."""
    end = time.monotonic() + STARTING
    while time.monotonic() < end:
        assert process.poll() is None, "the server ended"
        try:
            httpx.get(address, timeout=5).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not start")


@contextlib.contextmanager
def jupyterlab(folder: Path) -> Iterator[str]:
    """The address of a JupyterLab on the notebooks of a folder, without anybody's settings."""
    address = f"http://127.0.0.1:{free_port()}"
    own = ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR")
    options = {
        "ServerApp.port": address.rpartition(":")[2],
        "ServerApp.port_retries": 0,
        "ServerApp.root_dir": folder,
        "IdentityProvider.token": TOKEN,
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "LabApp.news_url": "None",
        "LabApp.extension_manager": "readonly",
        "LabApp.workspaces_dir": folder / "workspaces",
    }
    with (folder / "lab.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
            + [f"--{name}={value}" for name, value in options.items()],
            cwd=folder,
            env=os.environ | {name: str(folder / name.lower()) for name in own},
            stdout=log,
            stderr=log,
        )
    try:
        wait_for(process, f"{address}/api/status?token={TOKEN}")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a copy of the first module in JupyterLab."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copy(ROOT / "notebooks" / "participants" / "01_risk.ipynb", folder)
    with jupyterlab(folder) as address:
        yield f"{address}/lab/tree/01_risk.ipynb?token={TOKEN}"


def run_all(page: Page) -> None:
    """Run all cells; JupyterLab forgets the wish when its kernel is only nearly there."""
    numbered = page.locator(".jp-InputPrompt", has_text=re.compile(r"\[(\*|\d+)\]"))
    for _ in range(5):
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        with contextlib.suppress(TooLate):
            numbered.first.wait_for(timeout=3000)
            return
    raise AssertionError("the cells did not run")


@pytest.fixture(scope="module")
def notebook(browser: Browser, lab: str) -> Iterator[Page]:
    """The notebook after all of its cells have run; what goes wrong is gathered in `faults`."""
    context = browser.new_context(viewport={"width": 1280, "height": 3000})
    context.set_default_timeout(2 * PATIENCE)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(lab)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    run_all(page)
    page.get_by_role("group").filter(has=page.get_by_role("radio")).first.wait_for()
    yield page
    ours = [fault for fault in faults if "myths" in fault.lower() or "widget" in fault.lower()]
    context.close()
    assert not ours


def test_a_rating_is_shown_and_says_that_a_preview_keeps_nothing(notebook: Page):
    question = notebook.locator("[data-myths-item='risk.myth.before']")
    question.get_by_role("radio", name="Disagree", exact=True).check()
    expect(question).to_contain_text(SAYS.question.preview)


def test_what_is_typed_goes_to_the_question_and_not_to_jupyterlab(notebook: Page):
    cells = notebook.locator(".jp-Cell").count()
    box = notebook.get_by_role("textbox", name="Why do you see it like this?").first
    box.click()
    notebook.keyboard.type("aabb dd 00 xx\nyy zz ii")
    expect(box).to_have_value("aabb dd 00 xx\nyy zz ii")
    question = notebook.locator("[data-myths-item='risk.fact.before']")
    question.get_by_role("radio").first.focus()
    notebook.keyboard.press("ArrowDown")
    notebook.keyboard.press("ArrowDown")
    expect(question.get_by_role("radio").nth(2)).to_be_checked()
    assert notebook.locator(".jp-Cell").count() == cells


def test_no_cell_fails(notebook: Page):
    for kind in ("stderr", "error"):
        expect(
            notebook.locator(f"[data-mime-type='application/vnd.jupyter.{kind}']")
        ).to_have_count(0)
