"""Pages in a language that runs leftwards, and in one of long words: nothing is out of place.

The languages are made up of the English words, in a folder of content of their own.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests import pseudo
from tests.axe import RULES, by_axe
from tests.browser.conftest import PATIENCE, Running, ready, show_whole
from tests.browser.test_accessible import OVERFLOW
from tests.server.conftest import ROOT, serving

WIDTHS = {"phone": (390, 844), "desk": (1280, 900)}
PAGES = ["start", "risk", "closing"]
LEFT = "(node) => node.getBoundingClientRect().left"
DIRECTION = "(node) => getComputedStyle(node).direction"


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server whose content is offered in English and in both pseudo-locales."""
    folder = tmp_path_factory.mktemp("pseudo") / "content"
    shutil.copytree(ROOT / "content", folder)
    for code, change in ((pseudo.LEFTWARDS, pseudo.leftwards), (pseudo.LONGER, pseudo.longer)):
        pseudo.add(folder, code, change, only=lambda file: not file.endswith(("guide", "book")))
        pseudo.reviewed(folder, code)
    assert pseudo.check(folder) == []
    db = folder.parent / "workshop.sqlite"
    with serving(db, more={"MYTHS_CONTENT": str(folder)}) as running:
        yield running


@pytest.fixture(scope="module", params=[pseudo.LEFTWARDS, pseudo.LONGER])
def inside(request: pytest.FixtureRequest, browser: Browser, spoken: Running) -> Iterator[Page]:
    """Somebody who joined with a browser of that language, on a phone."""
    context: BrowserContext = browser.new_context(
        viewport={"width": 390, "height": 844}, locale=request.param
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(spoken.link)
    fits(page)
    page.get_by_role("checkbox").check()
    page.locator("input[name=contributes][value=yes]").check()
    page.locator("form[method=post] button.button").first.click()
    fits(page)
    assert page.locator("#recovery-code").evaluate(DIRECTION) == "ltr"
    page.locator("form button.button").first.click()
    ready(page)
    yield page
    context.close()


def fits(page: Page) -> None:
    for width, height in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(OVERFLOW) == [], (page.url, width)


def is_leftwards(page: Page) -> bool:
    return page.evaluate("document.documentElement.dir") == "rtl"


@pytest.mark.parametrize("slug", PAGES)
def test_a_page_has_all_its_words_and_its_width(inside: Page, spoken: Running, slug: str):
    inside.goto(spoken.url(f"/m/{slug}"))
    ready(inside)
    show_whole(inside)
    inside.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    fits(inside)
    assert ("⟦" in inside.locator("main").inner_text()) == is_leftwards(inside)


@pytest.mark.parametrize("size", WIDTHS)
def test_a_scale_is_mirrored_and_its_values_are_not(inside: Page, spoken: Running, size: str):
    width, height = WIDTHS[size]
    inside.set_viewport_size({"width": width, "height": height})
    inside.goto(spoken.url("/m/risk"))
    ready(inside)
    show_whole(inside)
    for name in ("risk.myth.before", "risk.confidence.before"):
        radios = inside.locator(f"[data-myths-item='{name}'] .myths-scale input").all()
        values = [int(each.get_attribute("value") or "") for each in radios]
        assert values == list(range(values[0], values[0] + len(radios)))
        first, last = (each.locator("xpath=..").evaluate(LEFT) for each in (radios[0], radios[-1]))
        assert (first > last) == is_leftwards(inside)
    exit_button = inside.locator("#exit-here a").first.evaluate(LEFT)
    menu = inside.locator("#menu").evaluate(LEFT)
    assert (exit_button < menu) == is_leftwards(inside)


def test_another_language_is_chosen_in_the_menu_and_the_step_stays(inside: Page, spoken: Running):
    code = inside.evaluate("document.documentElement.lang")
    inside.set_viewport_size({"width": 390, "height": 844})
    inside.goto(spoken.url("/m/risk"))
    ready(inside)
    with inside.expect_response("**/place"):
        inside.locator(".step:visible .onward .on").click()
    inside.locator("#menu > summary").click()
    inside.get_by_role("button", name="English").click()
    ready(inside)
    assert inside.evaluate("document.documentElement.lang") == "en"
    assert "#facts" in inside.url
    inside.locator("#menu > summary").click()
    inside.locator(f"button[name=language][value={code}]").click()
    ready(inside)
    assert inside.evaluate("document.documentElement.lang") == code


def test_the_choice_of_languages_is_easy_to_hit_and_axe_finds_nothing(
    inside: Page, spoken: Running
):
    inside.set_viewport_size({"width": 390, "height": 844})
    inside.goto(spoken.url("/m/risk"))
    ready(inside)
    inside.locator("#menu > summary").click()
    for button in inside.locator(".languages button").all():
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
    found = by_axe(inside, runOnly=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert inside.context.browser
    joining = inside.context.browser.new_page()
    joining.goto(spoken.link)
    found = by_axe(joining, runOnly=RULES)
    assert found.violations_count == 0, found.generate_report()
    for button in joining.locator("button[name=language]").all():
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
    joining.close()
