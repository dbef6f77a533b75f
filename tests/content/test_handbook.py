"""The trainer's handbook: clocks that add up, one disclosure card, one paper method."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import nbformat
import pytest
from myths import catalog
from myths.module import Module
from myths.occasion import Occasion
from myths.session_request import SessionRequest
from myths.vocabulary import Audience

CONTENT = Path(__file__).parents[2] / "content"
HANDBOOK = (CONTENT / "handbook.en.md").read_text("utf-8")
CATALOG = catalog.load(CONTENT)
MODULES = CATALOG.series.modules


def part(heading: str) -> str:
    return HANDBOOK.split(f"# {heading}\n")[1].split("\n#")[0]


def guide(slug: str) -> str:
    return (CONTENT / "modules" / slug / "guide.en.md").read_text("utf-8")


def rows(table: str) -> list[list[str]]:
    found = [[cell.strip() for cell in row.strip("| ").split("|")] for row in table.splitlines()]
    return [row for row in found if re.match(r"\d", row[0])]


@pytest.mark.parametrize("minutes", [65, 45, 25])
def test_the_clock_of_a_module_adds_up(minutes: int):
    clock = rows(part(f"Module in {minutes} minutes"))
    assert sum(int(row[0]) for row in clock) == minutes


def test_ten_minutes_before_a_meeting_are_ten():
    assert sum(int(row[0]) for row in rows(part("Ten minutes before a meeting"))) == 10


@pytest.mark.parametrize("minutes", [65, 45, 25])
def test_the_console_goes_by_the_same_minutes(minutes: int):
    clock = rows(part(f"Module in {minutes} minutes"))
    planned = CATALOG.series.plans[minutes]
    assert [int(row[0]) for row in clock] == [each.minutes for each in planned]
    ten = rows(part("Ten minutes before a meeting"))
    assert [int(row[0]) for row in ten] == [each.minutes for each in CATALOG.series.plans[10]]


@pytest.mark.parametrize(
    ("day", "route"),
    [("Full day", "full-day"), ("Half day", "half-day"), ("One module", "one-module")],
)
def test_the_console_knows_the_same_day(day: str, route: str):
    told = [
        (int(minutes), name in ("Break", "Lunch")) for _, minutes, name, *_ in rows(part(day))[:-1]
    ]
    assert told == [(each.minutes, each.page is None) for each in CATALOG.series.day(route)]


@pytest.mark.parametrize("day", ["Full day", "Half day", "One module"])
def test_each_part_of_a_day_begins_when_the_one_before_has_ended(day: str):
    clock = rows(part(day))
    ends = [
        datetime.strptime(begin, "%H:%M") + timedelta(minutes=int(minutes))
        for begin, minutes, *_ in clock
    ]
    begins = [datetime.strptime(begin, "%H:%M") for begin, *_ in clock]
    assert begins[1:] == ends[:-1]
    assert clock[-1][2] == "End"


def test_the_full_day_has_every_module_in_its_order_and_at_a_length_that_has_a_clock():
    held = {row[2]: int(row[1]) for row in rows(part("Full day")) if row[2] in MODULES}
    assert list(held) == list(MODULES)
    assert set(held.values()) <= {65, 45, 25}


ROUTES = {"full-day": "Full day", "half-day": "Half day", "one-module": "One module"}


@pytest.mark.parametrize("route", ["full-day", "half-day"])
def test_a_route_has_the_modules_of_its_clock_in_their_order(route: str):
    clock = rows(part(ROUTES[route]))
    assert [row[2] for row in clock if row[2] in MODULES] == list(
        CATALOG.series.routes[route].modules
    )


def test_one_module_and_ten_minutes_have_one_module():
    assert [row[2] for row in rows(part("One module"))][1] == "one module"
    assert len(CATALOG.series.routes["one-module"].modules) == 1
    brief = CATALOG.series.routes["ten-minutes"]
    assert (len(brief.modules), brief.short) == (1, True)
    assert [name for name, way in CATALOG.series.routes.items() if way.short] == ["ten-minutes"]


@pytest.mark.parametrize("route", ROUTES)
def test_a_route_says_the_length_of_its_clock(route: str):
    minutes = sum(int(row[1]) for row in rows(part(ROUTES[route])))
    hours = f"{minutes // 60} hour{'s' if minutes >= 120 else ''}"
    length = f"{hours} {minutes % 60} minutes" if minutes % 60 else hours
    assert CATALOG.routes[route].length.startswith(length)


def test_the_talk_of_ten_minutes_has_the_minutes_of_the_handbook(monkeypatch: pytest.MonkeyPatch):
    clock = {row[1]: int(row[0]) for row in rows(part("Ten minutes before a meeting"))}
    request = SessionRequest(
        db="sqlite://", content=str(CONTENT), occasion=Occasion(modules=("risk",), short=True)
    )
    for name, value in request.environment().items():
        monkeypatch.setenv(name, value)
    assert Module("risk").discuss().minutes == clock["One question in pairs"]
    assert CATALOG.routes["ten-minutes"].length.startswith("10 minutes")


def test_the_run_sheets_and_guides_have_the_minutes_of_the_handbook():
    clock = [int(row[0]) for row in rows(part("Module in 45 minutes"))]
    for sheet in (CONTENT.parent / "notebooks" / "participants").glob("0[1-7]_*.ipynb"):
        cells = nbformat.read(sheet, as_version=4).cells
        notes = [
            note for cell in cells for note in re.findall(r"module\.\w+\(.*#(.+)", cell.source)
        ]
        assert [int(minutes) for note in notes for minutes in re.findall(r"\d+", note)] == clock
    for slug in MODULES:
        plan = guide(slug).split("## Plan (45 minutes)")[1].split("\n## ")[0]
        assert [int(n) for n in re.findall(r"^\| *(\d+)", plan, re.MULTILINE)] == clock


def test_the_steps_have_the_same_names_in_the_handbook_and_in_each_guide():
    clock = [re.split("[:,]", row[1])[0] for row in rows(part("Module in 45 minutes"))]
    for slug in MODULES:
        plan = guide(slug).split("## Plan (45 minutes)")[1].split("\n## ")[0]
        assert [row[1] for row in rows(plan)] == clock


def test_each_guide_has_the_question_of_the_plenary_that_the_handbook_speaks_of():
    assert "the room's own question" in HANDBOOK
    for slug in MODULES:
        assert guide(slug).count("The room's own question") == 1


@pytest.mark.parametrize("slug", MODULES)
def test_each_guide_knows_the_story_of_each_audience_that_has_its_own(slug: str):
    for audience in Audience:
        story = CATALOG.module(slug, audience=audience).vignette.title
        assert f'"{story}"' in guide(slug)


def test_a_guide_names_facts_by_their_place_since_the_page_shows_no_ids():
    for slug in MODULES:
        spoken = guide(slug).split("## What to say")[1].split("\n## ")[0]
        plan = guide(slug).split("## Plan")[1].split("\n## ")[0]
        assert not re.search(r"\b[a-z][1-6]\b", spoken + plan), slug


def test_each_source_of_the_handbook_can_be_opened():
    entries = re.findall(r"^- (.+)$", part("Sources"), re.MULTILINE)
    assert len(entries) >= 5
    assert all("](http" in entry for entry in entries)


def test_no_guide_has_a_disclosure_card_or_a_paper_method_of_its_own():
    for slug in MODULES:
        assert guide(slug).count("the one card in the trainer's handbook") == 1
        assert guide(slug).count("the one paper method in the trainer's handbook") == 1
        assert "112" not in guide(slug)


def test_the_card_says_what_cannot_be_kept_secret_and_who_must_act():
    card = part("If somebody tells you of violence")
    for words in ("cannot keep secret", "duty to act", "A woman tells", "A man tells", "A child"):
        assert words in card


@pytest.mark.parametrize("slug", MODULES)
def test_each_guide_tells_a_good_outcome_of_its_story(slug: str):
    assert guide(slug).count("**A good outcome of the story.**") == 1
