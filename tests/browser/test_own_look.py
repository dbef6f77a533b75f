"""An organisation's colour and logo: seen where they belong, readable, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from myths import catalog
from myths.catalog.accent import accent
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import PHONE, Running, enter, ready, stop
from tests.browser.test_accessible import nothing_found
from tests.browser.test_staff import come_in
from tests.server.conftest import command, launch
from tests.small_edition import copy_small_edition

SAYS = catalog.load().ui
OWN = accent("#7a4300")
NAME = "Women's Network of Exampletown"
LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 150 40">
<rect width="40" height="40" rx="8" fill="#7a4300"/>
<text x="50" y="27" font-size="20">Network</text>
<script>document.title = "run"</script></svg>"""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("look")
    copy_small_edition(folder)
    words = f"name: {NAME}\ncontact: data@network.example\ncolour: 7a4300\n"
    (folder / "content/organiser.yml").write_text(words)
    (folder / "content/logo.svg").write_text(LOGO)
    db, options = folder / "workshop.sqlite", ("--notebooks", str(folder / "notebooks"))
    more = {"MYTHS_CONTENT": str(folder / "content")}
    running = launch(command(db, *options), f"sqlite:///{db}", folder / "log", more=more)
    yield running
    stop(running)


def rgb(colour: str) -> str:
    """Return a colour as a browser tells it."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"


def has_own_colour(page: Page, button: Locator) -> None:
    """A button has it, and the exit does not: that looks like nothing else on the page."""
    way_out = page.get_by_role("link", name=SAYS.components.quickexit.exit)
    for scheme, wanted, exit_colour in (
        ("light", OWN.light, "#f9e4e5"),
        ("dark", OWN.dark, "#3b1b21"),
    ):
        page.emulate_media(color_scheme=scheme)
        expect(button).to_have_css("background-color", rgb(wanted))
        expect(way_out).to_have_css("background-color", rgb(exit_colour))
    page.emulate_media(color_scheme="light")


def test_who_joins_sees_whose_workshop_it_is_and_can_read_all(phone: BrowserContext, room: Running):
    page = phone.new_page()
    page.goto(room.link)
    logo = page.get_by_role("img", name=NAME)
    expect(logo).to_be_visible()
    assert logo.evaluate("each => each.naturalWidth") > 0
    assert page.title() == SAYS.page.tab  # a picture runs nothing
    has_own_colour(page, page.get_by_role("button", name=SAYS.join.button))
    nothing_found(page, "joining")
    page.close()


def test_a_page_has_the_colour_and_no_logo_over_a_shoulder(phone: BrowserContext, room: Running):
    enter(phone, room)
    page = phone.new_page()
    page.goto(room.url("/m/risk"))
    ready(page)
    assert NAME not in page.content()
    assert page.locator("img").count() == 0
    has_own_colour(page, page.get_by_role("link", name="Continue: The facts"))
    nothing_found(page, "risk")
    page.close()


def test_the_room_sees_the_logo_beside_the_code(phone: BrowserContext, room: Running):
    page = phone.new_page()
    page.goto(room.url("/staff/"))
    come_in(page, room)
    page.goto(room.url(f"/staff/{room.code}"))
    nothing_found(page, "workshop")
    page.emulate_media(media="print")
    expect(page.locator(".wall-sheet").get_by_role("img", name=NAME)).to_be_visible()
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(room.url(f"/staff/{room.code}/projector"))
    expect(page.get_by_role("img", name=NAME)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight") <= 720
    page.set_viewport_size(PHONE)
    page.close()
