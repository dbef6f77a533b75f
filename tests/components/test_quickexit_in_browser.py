"""The quick exit, on an empty page."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.components.acting import Bench, kept_in_browser, reflection


def leave(bench: Bench, **traits: object) -> None:
    bench("exit", "quickexit", url="http://weather.test/", leave_url="", **traits)


def test_three_presses_of_shift_leave_at_once_and_keep_nothing(page: Page, bench: Bench) -> None:
    leave(bench)
    reflection(bench, "lost")
    page.get_by_label("What is new?").fill("A secret")
    assert kept_in_browser(page) == 1
    page.keyboard.press("Shift")
    expect(page.locator("#exit")).to_contain_text("Press it 2 more times to leave.")
    page.keyboard.press("Shift")
    expect(page.locator("#exit")).to_contain_text("Press it once more to leave.")
    page.keyboard.press("Shift")
    page.wait_for_url("http://weather.test/")
    page.goto("http://page.test/")
    assert kept_in_browser(page) == 0


def test_shift_as_part_of_writing_does_not_leave(page: Page, bench: Bench) -> None:
    leave(bench)
    reflection(bench)
    page.get_by_label("What is new?").focus()
    for _ in range(4):
        page.keyboard.press("Shift+A")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.keyboard.press("b")
    page.keyboard.press("Shift")
    expect(page.locator("#exit")).to_contain_text("Press it 2 more times to leave.")
    assert page.url == "http://page.test/"


def test_presses_of_shift_are_forgotten_after_five_seconds(page: Page, bench: Bench) -> None:
    leave(bench)
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.clock.fast_forward(5100)
    expect(page.locator("#exit")).to_contain_text("You are still on this page.")
    page.keyboard.press("Shift")
    expect(page.locator("#exit")).to_contain_text("Press it 2 more times to leave.")


def test_the_exit_blanks_the_page_and_tells_the_server(page: Page, bench: Bench) -> None:
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.evaluate(
        """() => {
          const shown = () => getComputedStyle(document.documentElement).display;
          navigator.sendBeacon = (url, body) => console.log(url, `${body}`, shown());
        }"""
    )
    bench("exit", "quickexit", url="http://weather.test/", leave_url="/leave", xsrf="x1")
    page.get_by_role("link", name="Leave now").click()
    page.wait_for_url("http://weather.test/")
    assert told == ["/leave _xsrf=x1 none"]


def test_a_trainers_preview_stays_where_it_is(page: Page, bench: Bench) -> None:
    leave(bench, preview=True)
    for _ in range(3):
        page.keyboard.press("Shift")
    expect(page.locator("#exit")).to_contain_text("In the workshop this leaves the page at once.")
    assert page.url == "http://page.test/"
