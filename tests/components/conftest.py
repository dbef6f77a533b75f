"""Words and an empty page for the tests of the components."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import myths
import pytest
from myths import catalog
from myths.catalog import ComponentWords
from myths.components import markup
from myths.components.markup import AnswerPlaces
from playwright.sync_api import Page, Route

from tests.components.asking import Shelf
from tests.components.scripts import EVERY

ROOT = Path(__file__).parents[2]
PACKAGE = Path(myths.__file__).parent
COMPONENTS = PACKAGE / "components" / "dist"  # what a widget brings along
PAGE = PACKAGE / "server" / "dist"  # what a page loads
ADDRESS = "http://page.test/"  # plain http and not localhost: no crypto.randomUUID, as in a room


@pytest.fixture(scope="session")
def words() -> ComponentWords:
    return catalog.load(ROOT / "content").ui.components


def drawn(component: str, words: Mapping[str, str], name: str, **traits: object) -> str:
    """Fill a component's template as Python does; what is not given is as its class has it."""
    kind = next(each for each in EVERY if each.component == component)
    usual = {
        each: kind.class_traits()[each].default() for each in kind.class_trait_names(markup=True)
    }
    values = usual | {each: value for each, value in traits.items() if each in usual}
    place = AnswerPlaces(name)
    return markup(component, words, id="myths-00000000", item=name, place=place, **values)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def bench(page: Page, words: ComponentWords) -> Callable[..., None]:
    """Put components on an empty page: bench("name", "rating", replies=["failed"], **traits)."""
    harness = (Path(__file__).parent / "harness.html").read_text(encoding="utf-8")

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(ADDRESS)
        if name == "page.css":
            route.fulfill(path=PAGE / name)
        elif name.endswith(".js"):
            route.fulfill(path=COMPONENTS / name)
        elif name == "":
            route.fulfill(body=harness, content_type="text/html; charset=utf-8")
        else:
            route.fulfill(body="<!doctype html><title>Elsewhere</title><p>Weather")

    page.clock.install()
    page.route("**/*", answer)
    page.goto(ADDRESS)

    def put(name: str, component: str, replies: list[str] | None = None, **traits: object) -> None:
        page.wait_for_function("window.isReady")
        question = words.question.flat() if component in ("rating", "recall", "reflection") else {}
        spoken = {**question, **words[component].flat()}
        state = {"words": spoken, "html": drawn(component, spoken, name, **traits), **traits}
        if component == "recall":
            state["told"] = [
                markup("feedback", spoken, right=right, feedback="<p>Because.</p>")
                for right in (False, True)
            ]
        page.evaluate("(all) => window.put(...all)", [name, component, state, replies or []])

    return put
