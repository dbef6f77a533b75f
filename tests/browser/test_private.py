"""Nobody else learns of a visit, nothing stays in the browser, and one leaves at once."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import Running, agree, all_saved, by, enter, exit_ready, until, whole
from tests.browser.way import Way

NEUTRAL = "https://www.wikipedia.org/"
FIRST_PAGE = "Welcome to the workshop"
HOW = ["click", "touch", "keys"]


@pytest.fixture(autouse=True)
def neutral_site(phone: BrowserContext) -> None:
    """Answer here for the site where the quick exit leads, so that nothing goes out."""

    def weather(route: Route) -> None:
        route.fulfill(body="<!doctype html><title>Weather</title>Rain", content_type="text/html")

    phone.route(f"{NEUTRAL}**", weather)


@pytest.fixture
def page(phone: BrowserContext) -> Page:
    return phone.new_page()


def cookies(context: BrowserContext) -> dict[str, str]:
    return {cookie["name"]: cookie["value"] for cookie in context.cookies()}


def is_in(context: BrowserContext) -> bool:
    return any(name.startswith("visit-") for name in cookies(context))


def kept(page: Page, where: str) -> dict[str, str]:
    found: dict[str, str] = page.evaluate(f"({{...{where}}})")
    return found


def shift(page: Page, times: int = 3) -> None:
    for _ in range(times):
        page.keyboard.press("Shift")


def write_without_sending(page: Page) -> None:
    """Leave words in the page that have not reached the server."""
    page.get_by_role("textbox").first.press_sequentially("mine")
    assert any("mine" in value for value in kept(page, "sessionStorage").values())


def test_a_visit_stays_between_the_browser_and_the_server(
    phone: BrowserContext, page: Page, room: Running
):
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda wire: asked.append(wire.url))
    page.goto(room.link)
    assert kept(page, "localStorage") == kept(page, "sessionStorage") == {}
    agree(page)
    code = page.locator("#recovery-code").inner_text()
    whole(page, room)
    page.get_by_role("radio", name="Disagree", exact=True).first.check()
    all_saved(page)
    write_without_sending(page)
    assert kept(page, "localStorage") == {}

    (visit,) = [cookie for cookie in phone.cookies() if cookie["name"].startswith("visit-")]
    assert visit["httpOnly"]
    assert visit["sameSite"] == "Lax"
    assert visit["expires"] == -1
    page.goto(room.url("/leave"))
    page.get_by_role("button", name="Finish and clear").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have left the workshop")
    until(lambda: not kept(page, "sessionStorage"), page)
    assert kept(page, "localStorage") == {}
    assert not is_in(phone)
    assert all(name.startswith("xsrf-") for name in cookies(phone))

    page.goto(room.url("/m/risk"))
    expect(page.get_by_role("heading", level=1)).to_have_text(FIRST_PAGE)
    for _ in range(6):
        page.go_back()
        assert code not in page.content()
        assert page.locator("[data-myths-item]").count() == 0
    assert {urlsplit(url).netloc for url in asked} <= {urlsplit(room.link).netloc, ""}
    assert not [url for url in asked if visit["value"] in url or code in url]


def go(page: Page, how: str) -> None:
    """Take the quick exit; when this returns, the neutral site is there."""
    exit_ready(page)
    way_out = page.get_by_role("link", name="Leave now")
    {"click": way_out.click, "touch": way_out.tap, "keys": lambda: shift(page)}[how]()
    page.wait_for_url(NEUTRAL)


@pytest.mark.parametrize("how", HOW)
def test_one_leaves_the_first_page_at_once(page: Page, room: Running, how: str):
    page.goto(room.url("/"))
    page.get_by_label("Recovery code").fill("K7QF")
    go(page, how)
    assert page.title() == "Weather"
    page.go_back()
    assert page.url == "about:blank"


@pytest.mark.parametrize("how", HOW)
def test_one_leaves_a_module_at_once_and_nothing_stays(
    phone: BrowserContext, page: Page, room: Running, how: str
):
    enter(phone, room)
    page.goto(room.url("/"))
    whole(page, room)
    write_without_sending(page)
    go(page, how)
    until(lambda: not is_in(phone), page)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(FIRST_PAGE)
    assert page.url == room.url("/")  # the module itself is not in the history
    assert kept(page, "sessionStorage") == {}
    page.goto(room.url("/m/risk"))
    expect(page.get_by_role("heading", level=1)).to_have_text(FIRST_PAGE)


@pytest.mark.parametrize("how", HOW)
def test_one_leaves_without_a_connection_and_nothing_stays_in_the_page(
    phone: BrowserContext, page: Page, room: Running, way: Way, how: str
):
    enter(phone, by(way, room))
    whole(page, by(way, room))
    way.cut()
    expect(page.locator("#status")).to_contain_text("No connection")
    write_without_sending(page)
    go(page, how)
    page.go_back()
    assert page.url == "about:blank"  # the module itself is not in the history
    way.mend()
    page.goto(by(way, room).url("/"))
    assert kept(page, "sessionStorage") == {}


def test_one_shift_too_few_or_another_key_between_leaves_nothing(
    phone: BrowserContext, page: Page, room: Running
):
    page.goto(room.url("/"))
    exit_ready(page)
    shift(page, 2)
    expect(page.get_by_text("Press it once more to leave.")).to_be_attached()
    page.keyboard.press("a")
    page.get_by_label("Workshop code").fill("")
    page.keyboard.press("Shift+A")
    shift(page, 2)
    page.keyboard.type("ABC")
    assert page.url == room.url("/")
    assert page.get_by_label("Workshop code").input_value() == "AABC"


@pytest.fixture
def slow(way: Way, room: Running) -> Running:
    """A server from which a module comes only as far as its header."""
    way.hold(b'id="bar"')
    return by(way, room)


@pytest.mark.parametrize("how", HOW)
def test_one_leaves_while_a_module_is_still_loading(
    phone: BrowserContext, page: Page, slow: Running, how: str
):
    phone.set_extra_http_headers({"Accept-Encoding": "identity"})
    enter(phone, slow)
    page.goto(slow.url("/"))
    page.goto(slow.url("/m/risk"), wait_until="commit")
    expect(page.locator("#menu")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_count(0)
    assert page.evaluate("document.readyState") == "loading"
    go(page, how)
    until(lambda: not is_in(phone), page)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(FIRST_PAGE)


def test_the_way_out_works_without_scripts(browser, room: Running):
    context = browser.new_context(java_script_enabled=False)
    context.route(f"{NEUTRAL}**", lambda route: route.fulfill(body="Rain"))
    page = context.new_page()
    page.goto(room.link)
    page.get_by_role("link", name="Leave now").click()
    page.wait_for_url(NEUTRAL)
    context.close()
