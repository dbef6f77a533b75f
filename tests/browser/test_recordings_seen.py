"""A step with a film: a line to open, nothing loaded before play, captions, silence on leaving."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from myths import catalog
from myths.live import acts
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.conftest import Running, at_step, enter, go_to, phone, ready, whole
from tests.browser.test_accessible import nothing_found
from tests.browser.test_led_room import lead, together
from tests.films import CAPTIONS, record
from tests.server.conftest import ROOT, serving

__all__ = ["phone"]

UI = catalog.load().ui
SAYS = UI.recording
SIGNED, HEARD = SAYS.sign.format(size=1), SAYS.sound.format(size=1)
FILMED = """async () => {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  const made = new MediaRecorder(canvas.captureStream(10), { mimeType: "video/webm" });
  const parts = [];
  made.ondataavailable = ({ data }) => parts.push(data);
  const ended = new Promise((done) => { made.onstop = done; });
  made.start();
  for (let at = 0; at < 15; at++) {
    pen.fillStyle = `hsl(${at * 24} 60% 50%)`;
    pen.fillRect(0, 0, 300, 150);
    await new Promise((done) => setTimeout(done, 100));
  }
  made.stop();
  await ended;
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}"""


@pytest.fixture(scope="module")
def film(browser: Browser) -> bytes:
    """A film of a second and a half, made by the browser."""
    page = browser.new_page()
    made = base64.b64decode(page.evaluate(FILMED))
    page.close()
    return made


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, film: bytes) -> Iterator[Running]:
    """A server whose module Risk has a signed film, and a sound that is no more than its name."""
    folder = tmp_path_factory.mktemp("recorded") / "content"
    shutil.copytree(ROOT / "content", folder)
    risk: Path = folder / "modules/risk"
    record(risk, "facts.en.sign.webm", content=film, captions=CAPTIONS.replace("04", "01"))
    record(risk, "facts.en.mp3")
    record(risk, "view.en.sign.webm", content=film)
    db = folder.parent / "workshop.sqlite"
    with serving(db, more={"MYTHS_CONTENT": str(folder)}) as running:
        yield running


@pytest.fixture
def page(phone: BrowserContext, room: Running) -> Page:
    enter(phone, room)
    page = phone.new_page()
    page.goto(room.url("/m/risk#facts"))
    ready(page)
    at_step(page, "facts")
    return page


def opened(page: Page, label: str, step: str = "facts") -> Locator:
    """Open the line with this label; returns the player."""
    box = page.locator(f"#{step} .recording", has_text=label)
    box.locator("summary").click()
    video = box.locator("video")
    expect(video).to_be_visible()
    return video


def play(video: Locator) -> None:
    video.evaluate("(video) => video.play()")
    expect(video).to_have_js_property("paused", False)


def test_nothing_is_loaded_before_somebody_presses_play(page: Page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    ready(page)
    video = opened(page, SIGNED)
    expect(video).to_have_js_property("readyState", 0)
    assert not [url for url in asked if "/recordings/" in url]
    with page.expect_request("**/facts.en.sign.vtt"), page.expect_request("**/facts.en.sign.webm"):
        play(video)
    assert all(url.startswith(page.url.partition("/m/")[0]) for url in asked if "http" in url)


def test_it_plays_with_captions_from_the_first_moment(page: Page):
    video = opened(page, SIGNED)
    play(video)
    shows = "(video) => video.textTracks[0].mode === 'showing' && video.textTracks[0].cues.length"
    page.wait_for_function("([v, f]) => eval(f)(v)", arg=[video.element_handle(), shows])
    track = video.evaluate("(video) => [video.textTracks[0].cues[0].text, video.error]")
    assert track == ["No intervention is free of risk.", None]
    page.wait_for_function("(video) => video.ended", arg=video.element_handle())


def test_captions_that_somebody_switched_off_stay_off(page: Page):
    video = opened(page, SIGNED)
    play(video)
    page.wait_for_function("(video) => video.ended", arg=video.element_handle())
    video.evaluate("(video) => { video.textTracks[0].mode = 'disabled'; }")
    play(video)
    assert video.evaluate("(video) => video.textTracks[0].mode") == "disabled"


def endless(video: Locator) -> None:
    video.evaluate("(video) => { video.loop = true; }")
    play(video)


def test_it_stops_when_the_step_is_left_and_when_it_is_folded(page: Page):
    video = opened(page, SIGNED)
    endless(video)
    go_to(page, "story")
    expect(video).to_have_js_property("paused", True)
    go_to(page, "facts")
    endless(video)
    page.locator("#facts .recording summary", has_text=SIGNED).click()
    expect(video).to_have_js_property("paused", True)


def test_one_plays_at_a_time(page: Page):
    page.evaluate("location.hash = 'all'")
    first, second = opened(page, SIGNED), opened(page, SIGNED, "view")
    endless(first)
    endless(second)
    expect(first).to_have_js_property("paused", True)


def test_it_is_silent_at_once_when_one_leaves_by_the_exit(page: Page):
    video = opened(page, SIGNED)
    endless(video)
    assert page.evaluate(
        """(video) => {
          dispatchEvent(new Event("myths:left"));
          return video.paused;
        }""",
        video.element_handle(),
    )


def test_a_room_that_is_led_takes_nobody_away_from_a_film(page: Page, room: Running):
    video = opened(page, SIGNED)
    endless(video)
    together(room, "risk", "story")
    expect(page.get_by_role("button", name=UI.room.go)).to_be_visible()
    at_step(page, "facts")
    expect(video).to_have_js_property("paused", False)
    video.evaluate("(video) => video.pause()")
    together(room, "risk", "check")
    at_step(page, "check")
    lead(room, acts.set_pace, "own")


def test_it_can_be_opened_and_played_by_keyboard(page: Page):
    line = page.locator("#facts .recording summary", has_text=SIGNED)
    line.focus()
    page.keyboard.press("Enter")
    video = page.locator("#facts .recording", has_text=SIGNED).locator("video")
    expect(video).to_be_visible()
    page.keyboard.press("Tab")
    expect(video).to_be_focused()
    page.keyboard.press("Space")
    expect(video).to_have_js_property("paused", False)


@pytest.mark.parametrize("step", ["view", "facts"])
def test_a_step_with_a_film_has_no_fault_for_axe(page: Page, step: str):
    go_to(page, step)
    for line in page.locator(f"#{step} .recording summary").all():
        line.click()
    expect(page.locator(f"#{step} video:visible")).not_to_have_count(0)
    nothing_found(page, step)


def test_it_is_not_printed(page: Page, room: Running):
    whole(page, room)
    page.emulate_media(media="print")
    expect(page.locator(".recording").first).to_be_hidden()
