"""One notebook in JupyterLab, in stock Voila and on our pages: people see and do the same."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import myths
import pytest
from playwright.sync_api import Browser, Page, Route, expect
from playwright.sync_api import TimeoutError as TooLate

from tests.browser.conftest import PATIENCE, Running, enter, ready, serving
from tests.browser.mixed import LATE, RISK, both
from tests.browser.test_jupyterlab import TOKEN, free_port, jupyterlab, run_all, wait_for
from tests.server.conftest import ROOT

SHOWN = ".view, .jp-OutputArea-output:not(.jupyter-widgets *):not(.view *)"
SENTENCE = "Here too: yes & <no> 🙂\nand a second line"
JUPYTERLAB, VOILA = "JupyterLab", "stock Voila"
STOCK, SLIM = "our page with Voila's front end", "our own page"
FRONTS = [JUPYTERLAB, VOILA, STOCK, SLIM]
TELLS_OF_SAVING = re.compile(r"\n?[^\n]*status: [^\n]*")


@contextlib.contextmanager
def stock_voila(folder: Path) -> Iterator[str]:
    """The address of Voila itself on the notebooks of a folder."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with (folder / "voila.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "voila", str(folder), "--no-browser", f"--port={port}"],
            cwd=folder,
            env=os.environ | {"JUPYTER_CONFIG_DIR": str(folder / "config")},
            stdout=log,
            stderr=log,
        )
    try:
        wait_for(process, address)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def until_shown(page: Page) -> None:
    """Load a page of stock Voila again if it never comes to life, as some do."""
    for _ in range(3):
        with contextlib.suppress(TooLate):
            page.get_by_text("Nothing yet", exact=True).wait_for(timeout=20_000)
            return
        page.reload()


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Our server: the first module as it is, and in place of the second one the notebook `both`."""
    folder = tmp_path_factory.mktemp("ours")
    copy = shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    both(copy / LATE, of=copy / RISK)
    with serving(folder / "workshop.sqlite", "--notebooks", str(copy)) as running:
        yield running


@pytest.fixture(scope="module")
def opened(browser: Browser, ours: Running, tmp_path_factory: pytest.TempPathFactory):
    """Open the notebook `both` in one of the front ends, each once."""
    folder = tmp_path_factory.mktemp("theirs")
    original = ROOT / "notebooks" / RISK
    both(shutil.copy(original, folder / "both.ipynb"), of=original)
    context = browser.new_context(viewport={"width": 1280, "height": 14000}, locale="en-GB")
    context.set_default_timeout(2 * PATIENCE)

    def nothing_from_elsewhere(route: Route) -> None:
        route.abort()

    context.route(re.compile("^https://"), nothing_from_elsewhere)
    pages: dict[str, Page] = {}

    def page(name: str, address: str) -> Page:
        pages[name] = context.new_page()
        pages[name].goto(address)
        return pages[name]

    with jupyterlab(folder) as lab, stock_voila(folder) as voila:

        def opened(name: str) -> Page:
            if name in pages:
                return pages[name]
            if name == JUPYTERLAB:
                it = page(name, f"{lab}/lab/tree/both.ipynb?token={TOKEN}")
                it.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
                run_all(it)
            elif name == VOILA:
                it = page(name, f"{voila}/voila/render/both.ipynb")
                until_shown(it)
            else:
                enter(context, ours)
                slug = "risk" if name == SLIM else "womens-services"
                it = page(name, ours.url(f"/m/{slug}#all"))
                ready(it)
            if name != SLIM:
                it.get_by_text("Nothing yet", exact=True).wait_for()
            it.locator("[data-myths-item='risk.commitment.then.after']").wait_for()
            return it

        yield opened
    context.close()


def shown(page: Page) -> list[str]:
    """What assistive technology tells of each cell's output: roles, names, texts, states."""
    said = [output.aria_snapshot() for output in page.locator(SHOWN).all()]
    return [TELLS_OF_SAVING.sub("", text) for text in said if text.strip()]


@pytest.mark.parametrize("name", FRONTS[1:])
def test_people_see_the_same_as_in_jupyterlab(opened: Callable[[str], Page], name: str):
    theirs, here = shown(opened(JUPYTERLAB)), shown(opened(name))
    if name == STOCK:
        assert "- slider\n" in theirs[-1]  # without a name, as ipywidgets makes them; ours has one
        theirs[-1] = theirs[-1].replace("- slider\n", '- slider "Minutes"\n')
    elif name == SLIM:  # the module as it is, without the last cell and its question
        theirs.pop()
    assert here == theirs


@pytest.mark.parametrize("name", FRONTS[:-1])
def test_what_people_do_reaches_the_kernel(opened: Callable[[str], Page], ours: Running, name: str):
    page = opened(name)
    page.get_by_role("slider").press("ArrowRight")
    page.get_by_label("Town").select_option("There")
    page.get_by_role("radio", name="Yes", exact=True).check()
    expect(page.get_by_text("4 minutes, There, 1")).to_be_visible()
    page.locator("[data-myths-item='risk.myth.before']").get_by_role("radio").nth(1).check()
    page.get_by_label("Who can read this?").first.select_option("evaluation")
    text = page.get_by_role("textbox", name="Why do you see it like this?").first
    text.press_sequentially(SENTENCE)
    page.keyboard.press("Tab")
    for item in ("risk.myth.before", "risk.reason.before"):
        question = page.locator(f"[data-myths-item='{item}']")
        kept = "saved" if name == STOCK else "preview"  # the kernel's receipt says so
        expect(question).to_have_attribute("data-myths-state", kept)
    if name == STOCK:
        answers = myths.answers(db=ours.db).set_index("item")
        assert answers.value["myth"] == 2
        assert answers.text["reason"] == SENTENCE
