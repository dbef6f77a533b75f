"""The sheet of a module asks and tells what its page does, in the page's order and words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import myths
import pytest
from ipywidgets import Widget
from myths import catalog, components
from myths.catalog import Html, plain
from myths.handouts import PaperSheet, nodes
from myths.vocabulary import Audience, Reader

CATALOG = catalog.load()
MODULES = CATALOG.series.modules
NOTEBOOKS = Path(__file__).parents[2] / "notebooks" / "participants"
ASKS = (components.Rating, components.Recall, components.Reflection)


def sheet(slug: str, *, audience: str = Audience.MIXED) -> dict[str, Any]:
    return PaperSheet(CATALOG, CATALOG.module(slug, audience=audience), country="eu").content()


def shown(slug: str) -> Iterator[Widget]:
    """Every widget that the module's notebook shows, in its order."""
    (path,) = NOTEBOOKS.glob(f"0?_{slug}.ipynb")
    names: dict[str, Any] = {"myths": myths}
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        *first, last = "".join(cell["source"]).split("\n")
        if cell["cell_type"] == "code" and last.startswith("module."):
            yield from inside(eval(last, names))  # noqa: S307  our own notebook
        elif cell["cell_type"] == "code":
            exec("\n".join([*first, last]), names)  # noqa: S102  our own notebook


def inside(widget: Widget) -> Iterator[Widget]:
    yield widget
    for child in getattr(widget, "children", ()):
        yield from inside(child)


def letters(html: str) -> str:
    return re.sub(r"\W+", "", plain(html))


def words(inner: list[Any]) -> str:
    parts = (each if isinstance(each, str) else f" {words(each['inner'])} " for each in inner)
    return " ".join("".join(parts).split())


def asked(slug: str) -> list[dict[str, Any]]:
    return [block for block in sheet(slug)["blocks"] if "item" in block]


@pytest.mark.parametrize("slug", MODULES)
def test_the_sheet_asks_item_by_item_what_the_page_asks(slug: str):
    on_the_page = [
        {
            "item": getattr(each, "first_item", each.item),
            "later": each.item if isinstance(each, components.Recall) else "",
            "question": getattr(each, "statement", "")
            or getattr(each, "question", "")
            or each.label,
            "options": [option["label"] for option in getattr(each, "options", ())],
            "ends": list(getattr(each, "ends", ())),
            "hint": getattr(each, "hint", ""),
        }
        for each in shown(slug)
        if isinstance(each, ASKS)
    ]
    on_paper = [
        {
            "item": block["item"],
            "later": block.get("later", ""),
            "question": block["question"],
            "options": block["options"],
            "ends": list(block.get("ends", ())),
            "hint": block.get("hint", ""),
        }
        for block in asked(slug)
    ]
    assert on_paper == on_the_page


@pytest.mark.parametrize("slug", MODULES)
def test_the_sheet_tells_what_the_page_tells(slug: str):
    told = letters(" ".join(words_of(block) for block in sheet(slug)["blocks"]))
    content, place = CATALOG.module(slug), 0
    for each in shown(slug):
        if isinstance(each, components.Reading):
            for block in each.blocks:
                items = [item["html"] for item in block.get("items", ())]
                for html in filter(None, [block.get("heading", ""), block.get("html", ""), *items]):
                    if html in (content.question, CATALOG.ui.sections.change):
                        continue  # the title, and what only a page can show
                    found = told.find(letters(html), place)
                    assert found >= 0, html
                    place = found
        elif isinstance(each, components.Vignette):
            case = content.vignette
            assert all(letters(part) in told for part in (case.title, case.text, case.next))
        elif isinstance(each, components.Discussion):
            assert all(letters(part) in told for part in (*each.prompts, each.card))


def words_of(block: dict[str, Any]) -> str:
    parts = [block.get(key, "") for key in ("text", "lead", "question", "hint", "card_question")]
    rich = [block.get("inner", []), *block.get("items", [])]
    return " ".join([*parts, *block.get("prompts", []), *map(words, rich)])


@pytest.mark.parametrize("slug", MODULES)
def test_the_first_ratings_are_not_before_the_eye_when_people_rate_again(slug: str):
    blocks = sheet(slug)["blocks"]
    before = [n for n, each in enumerate(blocks) if each.get("item", "").endswith(".before")]
    after = [n for n, each in enumerate(blocks) if each.get("item", "").endswith("myth.after")]
    assert {"kind": "page"} in blocks[max(before[:5]) : min(after)]


@pytest.mark.parametrize("slug", MODULES)
def test_who_may_read_a_text_can_be_ticked_but_no_paper_comes_to_the_wall(slug: str):
    names = CATALOG.ui.components.reflection
    offered = [names[f"reader_{reader}"] for reader in Reader if reader != Reader.GROUP]
    assert sheet(slug)["words"]["may_read"] == offered


@pytest.mark.parametrize("audience", Audience)
def test_each_audience_is_asked_about_its_own_work(audience: str):
    module, blocks = CATALOG.module("risk", audience=audience), sheet("risk", audience=audience)
    told = " ".join(words_of(block) for block in blocks["blocks"])
    assert module.prompts["practice"] in told
    assert module.item("practice").question in told
    assert module.vignette.title in told


def test_words_stay_apart_where_the_html_parts_them():
    html = Html("<p>One <strong>two</strong>\n<em>three</em><br>four</p>\n<ul>\n<li>a</li>\n</ul>")
    assert words(nodes(html)) == "One two three four a"
    assert [each["tag"] for each in nodes(html)] == ["p", "ul"]
