"""The projector shows what the console says, large, and nothing private or of the staff."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from myths import catalog
from myths.live import acts, settle
from playwright.sync_api import Browser, Page, Route, expect

from tests.axe import RULES, by_axe
from tests.browser.conftest import PATIENCE, Running
from tests.browser.test_led_room import lead
from tests.store import samples

UI = catalog.load().ui
WORDS = UI.projector
WALL = {"width": 1920, "height": 1080}
SMALLEST = 36  # px
MODULE = catalog.load().module("risk")


@pytest.fixture
def room(server: Running) -> Running:
    return server.another_workshop()


@pytest.fixture
def wall(browser: Browser, room: Running) -> Iterator[Page]:
    context = browser.new_context(viewport=WALL)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(room.url(f"/staff/{room.code}/projector"))
    page.get_by_label(UI.staff.key).fill(room.store.new_staff_key())
    page.get_by_role("button", name=UI.staff.enter).click()
    expect(page.get_by_text(room.code, exact=True)).to_be_visible()
    yield page
    context.close()


def at(page: Page, scene: str) -> None:
    """Wait for a scene; see that it is large, whole and accessible, with nothing of the staff."""
    expect(page.locator(f".myths-projector[data-scene={scene}]")).to_be_visible()
    with page.expect_response(lambda answer: answer.status == 204):
        pass  # a look that found nothing new, so nothing is drawn anew meanwhile
    sizes = page.evaluate(
        """() => [...document.querySelectorAll("main *")].filter((each) =>
          [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) &&
          !each.closest("svg"))
          .map((each) => parseFloat(getComputedStyle(each).fontSize))"""
    )
    assert min(sizes) >= SMALLEST
    assert page.evaluate("document.documentElement.scrollHeight") <= WALL["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= WALL["width"]
    assert page.locator("a, button").count() == 0
    found = by_axe(page, runOnly=RULES)
    assert found.violations_count == 0, found.generate_report()


@pytest.fixture
def people(room: Running) -> Callable[[str, float], None]:
    """Ten people who rate all statements of a module."""
    store = room.store
    names = [store.join(room.code, language="en", consent="agreed").participant for _ in range(10)]

    def rate(phase: str, first: float) -> None:
        for number, name in enumerate(names):
            for item in MODULE.statements:
                options = {str(option.value): option.label for option in item.options}
                words = {"question": item.question, "options": options}
                value = first if number < 6 else 3
                store.save(name, samples.asked(item.id, phase, words=words), samples.given(value))

    return rate


def test_it_goes_with_the_room_from_joining_to_the_results(
    wall: Page, room: Running, people: Callable[[str, float], None]
):
    at(wall, "join")
    square = wall.locator(".square svg").bounding_box()
    assert square is not None
    assert square["height"] > 0.7 * WALL["height"]
    lead(room, acts.go, "risk", "view")
    at(wall, "step")
    expect(wall.get_by_role("heading", name=MODULE.question)).to_be_visible()
    items = [each.id for each in MODULE.statements]
    lead(room, acts.open_vote, "risk", "before", items)
    lead(room, acts.count_down, 300)
    at(wall, "vote")
    expect(wall.locator(".counting")).to_contain_text(f"0 {WORDS.answered.format(total=10)}")
    people("before", 4)
    expect(wall.locator(".counting")).to_contain_text(f"10 {WORDS.answered.format(total=10)}")
    assert "%" not in wall.locator("main").inner_text()
    lead(room, acts.close)
    settle(room.store, room.code, room.store.live_state(room.code).vote)
    at(wall, "voted")
    assert "%" not in wall.locator("main").inner_text()
    lead(room, acts.go, "risk", "facts")
    expect(wall.get_by_role("heading", name=UI.steps.facts)).to_be_visible()
    at(wall, "step")
    lead(room, acts.show, "fact", "r3")
    expect(wall.get_by_text(WORDS.fact.format(n=3, total=6))).to_be_visible()
    at(wall, "fact")
    lead(room, acts.go, "risk", "story")
    expect(wall.get_by_role("listitem")).to_have_text(list(MODULE.prompts.values()))
    at(wall, "step")
    lead(room, acts.count_down, 720)
    lead(room, acts.show, "story")
    expect(wall.get_by_text("It is 23:40.")).to_be_visible()
    expect(wall.get_by_text("She said")).to_have_count(0)  # what happened next comes later
    at(wall, "story")
    lead(room, acts.show, "outcome")
    expect(wall.get_by_text(WORDS.outcome)).to_be_visible()
    at(wall, "outcome")
    lead(room, acts.draw_curtain, "look-up")
    at(wall, "look_up")
    lead(room, acts.draw_curtain, "break")
    at(wall, "break")
    lead(room, acts.go, "risk", "again")
    lead(room, acts.open_vote, "risk", "after", items)
    people("after", 2)
    lead(room, acts.close)
    settle(room.store, room.code, room.store.live_state(room.code).vote)
    lead(room, lambda state: acts.reveal(state, "risk", "myth", asked=("before", "after")))
    at(wall, "results")
    expect(wall.get_by_text(WORDS.belief)).to_be_visible()
    told = WORDS.agreed_two.format(before="60 %", after=WORDS.nearly_none)
    expect(wall.get_by_text(told)).to_be_visible()
    cells = wall.locator("tbody").get_by_role("cell")
    expect(cells).to_have_text(["60 %", "nearly nobody", "40 %", "40 %", "nearly nobody", "60 %"])


def test_at_the_end_it_shows_the_points_and_the_cards_of_the_room(wall: Page, room: Running):
    closing = catalog.load().page("closing")
    lead(room, acts.go, "closing", "keep")
    lead(room, acts.show, "fact", "c2")
    expect(wall.get_by_text(WORDS.point.format(n=2, total=6))).to_be_visible()
    at(wall, "fact")
    lead(room, acts.go, "closing", "agree")
    lead(room, acts.show, "agreement")
    expect(wall.get_by_role("heading")).to_have_text(closing.section("agreement").heading)
    cards = [catalog.load().module(slug).card for slug in catalog.load().series.modules]
    expect(wall.get_by_role("listitem")).to_have_text(cards)
    at(wall, "agreement")


@pytest.mark.parametrize("slug", catalog.load().series.modules)
def test_every_story_its_ending_and_the_longest_fact_fit_on_it(
    wall: Page, room: Running, slug: str
):
    facts = catalog.load().module(slug).facts
    longest = max(facts, key=lambda name: len(facts[name].text))
    lead(room, acts.go, slug, "facts")
    lead(room, acts.count_down, 600)
    for step, scene, detail in (
        ("facts", "fact", longest),
        ("story", "step", ""),
        ("story", "story", ""),
        ("story", "outcome", ""),
    ):
        lead(room, acts.go, slug, step)
        lead(room, acts.count_down, 600)
        lead(room, acts.show, scene, detail)
        expect(wall.locator(f"[data-scene={scene}]")).to_be_visible()
        expect(wall.get_by_role("timer")).to_be_visible()
        expect(wall.get_by_text(UI.steps[step]).first).to_be_visible()
        assert wall.evaluate("document.documentElement.scrollHeight") <= WALL["height"], scene


@pytest.mark.parametrize(
    ("fault", "told"), [({"status": 502}, WORDS.lost_server), (None, WORDS.lost)]
)
def test_a_connection_that_stays_away_is_told_as_far_as_it_is_known(
    wall: Page, fault: dict[str, int] | None, told: str
):
    def fail(route: Route) -> None:
        if fault is None:
            route.abort()
        else:
            route.fulfill(**fault)  # type: ignore[arg-type]

    wall.route("**/projector", fail)
    line = wall.locator("#line")
    expect(line).to_have_text(told)
    assert (
        wall.evaluate("parseFloat(getComputedStyle(document.querySelector('#line')).fontSize)")
        >= SMALLEST
    )
    wall.unroute("**/projector")
    expect(line).to_be_empty()


def test_without_the_key_it_shows_nothing(browser: Browser, room: Running):
    context = browser.new_context()
    page = context.new_page()
    page.goto(room.url(f"/staff/{room.code}/projector"))
    expect(page.get_by_label(UI.staff.key)).to_be_visible()
    assert page.request.post(page.url.partition("?")[0], data="{}").status == 403
    context.close()
