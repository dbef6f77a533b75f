"""The coding desk in JupyterLab, where coders use it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import nbformat
import pytest
from myths.store import open_store
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE
from tests.browser.test_jupyterlab import TOKEN, lab, run_all
from tests.evaluation.coding.coders import book, coder, room

__all__ = ["lab"]  # a fixture

WORDS = ["The weekend is our gap.", "We ask her first 👩🏽\u200d⚖️ and then write."]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database, and a codebook beside it."""
    made = tmp_path_factory.mktemp("coding")
    room(open_store(f"sqlite:///{made / 'workshop.sqlite'}", create=True), "REAL", WORDS)
    book(made / "coding")
    return made


@pytest.fixture(scope="module")
def notebook(browser: Browser, lab: str, folder: Path) -> Iterator[Page]:
    source = f'import myths\nmyths.Coding(db="{folder / "workshop.sqlite"}").desk("ada")'
    cells = [nbformat.v4.new_code_cell(source)]
    content = nbformat.v4.new_notebook(
        cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    )
    address = lab.partition("/lab/")[0]
    httpx.put(
        f"{address}/api/contents/desk.ipynb",
        params={"token": TOKEN},
        json={"type": "notebook", "content": content},
    ).raise_for_status()
    context = browser.new_context(viewport={"width": 1280, "height": 1600})
    context.set_default_timeout(2 * PATIENCE)
    page = context.new_page()
    page.goto(lab.replace("01_risk.ipynb", "desk.ipynb"))
    page.get_by_text("| Idle").wait_for()
    run_all(page)
    page.get_by_role("region", name="Coding desk").wait_for()
    yield page
    context.close()


def test_a_coder_works_by_keys_and_jupyterlab_does_not_take_them(notebook: Page, folder: Path):
    desk = notebook.get_by_role("region", name="Coding desk")
    expect(desk.get_by_role("status").first).to_contain_text("Saved.")
    first = WORDS[0] in desk.inner_text()
    desk.get_by_role("button", name="Next").focus()
    for key in ("1", "n", "0", "a", "b", "x", "d", "d"):
        notebook.keyboard.press(key)
    expect(desk).to_contain_text("2 of 2 decided")
    desk.get_by_label("Memo").click()
    notebook.keyboard.type("a b dd\nsecond")
    notebook.keyboard.press("Escape")
    expect(desk.get_by_role("status").first).to_contain_text("The memo is kept.")
    notebook.keyboard.press("p")
    expect(desk).to_contain_text("Text 1 of 2")
    box = desk.get_by_role("textbox", name="The text")
    box.focus()
    notebook.keyboard.press("Control+Home")
    for _ in range(3 if first else 2):
        notebook.keyboard.press("Shift+ArrowRight")
    notebook.keyboard.press("2")
    expect(desk.locator("mark")).to_have_text("The" if first else "We")
    expect(notebook.locator(".jp-Cell")).to_have_count(1)
    lines = (folder / "coding" / "ada.jsonl").read_text("utf-8")
    assert lines.count("\n") == 3
    assert '"memo": "a b dd\\nsecond"' in lines
    assert f'"start": 0, "end": {3 if first else 2}' in lines
    assert coder(folder / "coding", "bea").sheet.entries == {}


def test_a_saved_notebook_holds_nothing_that_people_wrote(notebook: Page, lab: str):
    notebook.get_by_role("menuitem", name="File", exact=True).click()
    notebook.get_by_role("menuitem", name="Save Notebook").first.click()
    address = lab.partition("/lab/")[0]
    expect(notebook.get_by_role("tab", name="desk.ipynb")).not_to_have_class(
        re.compile("jp-mod-dirty")
    )
    saved = httpx.get(
        f"{address}/api/contents/desk.ipynb", params={"token": TOKEN, "content": 1}
    ).text
    assert "widget-view" in saved
    assert not any(words[:10] in saved for words in (*WORDS, "a b dd\\nsecond"))
