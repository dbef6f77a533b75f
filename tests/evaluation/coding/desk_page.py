"""A coder's desk on a page in a real browser, with the real coder behind it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from myths.evaluation.coding.coder import Coder
from myths.evaluation.coding.desk import CodingDesk
from myths.evaluation.words import words as evaluation_words
from playwright.sync_api import Locator, Page, Route, expect

from tests.evaluation.coding.coders import book, coder

ADDRESS = "http://page.test/"
HARNESS = Path(__file__).with_name("coding.html")

Shown = Callable[..., Coder]


@pytest.fixture
def show(page: Page, tmp_path: Path) -> Shown:
    """Show a coder's desk; the text with `first` in it comes first."""

    def put(
        first: str = "weekend",
        *,
        name: str = "ada",
        codes: tuple[str, ...] = (),
        language: str = "en",
    ) -> Coder:
        if not (tmp_path / "codebook.yml").exists():
            book(tmp_path, *codes)
        who = coder(tmp_path, name)
        who.texts.sort(key=lambda text: first not in text.words)
        desk = CodingDesk(who, evaluation_words(language))
        files = {"desk.js": desk._esm, "desk.css": desk._css, "": HARNESS.read_text("utf-8")}
        kinds = {"js": "text/javascript", "css": "text/css", "": "text/html"}

        def answer(route: Route) -> None:
            name = route.request.url.removeprefix(ADDRESS)
            kind = kinds[name.rpartition(".")[2]]
            route.fulfill(body=files[name], content_type=f"{kind}; charset=utf-8")

        page.route("**/*", answer)
        page.expose_function("python", desk.heard)
        page.expose_function(
            "traits",
            lambda: {
                "words": dict(desk.words),
                "html": desk.html,
                "codes": list(desk.codes),
                "role": desk.role,
                "language": desk.language,
                "questions": list(desk.questions),
            },
        )
        page.goto(ADDRESS)
        expect(status(page)).to_contain_text(desk.words["saved"])
        return who

    return put


def status(page: Page) -> Locator:
    return page.locator(".myths-state")


def words(page: Page) -> Locator:
    return page.get_by_role("textbox", name="The text")


def code(page: Page, name: str) -> Locator:
    return page.get_by_role("checkbox", name=name, exact=False)


def given(who: Coder, place: int = 0) -> list[tuple[str, int | None, int | None]]:
    entry = who.entry(who.texts[place].id)
    return [(mark.code, mark.start, mark.end) for mark in entry.codes] if entry else []


def choose(page: Page, part: str) -> None:
    """Choose a passage as a mouse does, by the selection."""
    page.evaluate(
        """(part) => {
          const box = document.querySelector(".myths-words");
          const nodes = [...box.children].map((piece) => piece.firstChild);
          const node = nodes.find(({ data }) => data.includes(part));
          const at = node.data.indexOf(part);
          box.focus();
          getSelection().setBaseAndExtent(node, at, node, at + part.length);
        }""",
        part,
    )
    expect(page.locator(".myths-chosen")).to_contain_text(part)
