"""Charts, tables and videos of a trainer show, or the place says why not; the page is made once."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

import pytest
from myths import catalog

from tests.server.conftest import launch, read, stop
from tests.server.test_last_good import Room, own_copy

SAYS = catalog.load().ui.page
VIDEO = "https://www.youtube.com/embed/abc"
PICTURE = "https://elsewhere.example/map.png"
MARKDOWN = f'![A map]({PICTURE})\n\n<video src="here.mp4"></video>\n\nAfter it'
CODES = [
    "import pandas as pd\ntable = pd.DataFrame({'town': ['Here', 'There'], 'groups': [2, 3]})\n"
    "table",
    "import altair as alt\n"
    "alt.Chart(table, title='Groups by town').mark_bar().encode(x='groups', y='town')",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title('A line upwards');",
    "from IPython.display import YouTubeVideo\nYouTubeVideo('abc')",
    "alt.Chart('https://elsewhere.example/data.csv').mark_bar().encode(x='a:Q')",
]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("charts")
    command, more = own_copy(folder, seconds=120)
    for slug in ("risk", "harm"):
        Room.write(folder, slug, MARKDOWN, *CODES)
    running = launch(command, f"sqlite:///{folder}/workshop.sqlite", folder / "log", more=more)
    yield Room(running, folder)
    stop(running)


@pytest.fixture(scope="module", params=["", "?front=stock"])
def page(request: pytest.FixtureRequest, room: Room) -> str:
    """The page in our front end, and in Voila's."""
    return str(room.visitor.get(f"/m/risk{request.param}").text)


def pictures(page: str, kind: str) -> list[tuple[str, bytes]]:
    """The pictures of a page with their words."""
    found = re.findall(rf'alt="([^"]*)" src="data:image/{re.escape(kind)};base64,([^"]+)"', page)
    return [(words, base64.b64decode(data)) for words, data in found]


def test_a_chart_of_altair_is_a_still_picture_with_words(page: str):
    ((words, svg),) = pictures(page, "svg+xml")
    assert words == "Groups by town"
    assert b"There" in svg
    assert b"<script" not in svg


def test_a_figure_of_matplotlib_is_a_still_picture_with_words(page: str):
    ((words, png),) = pictures(page, "png")
    assert words == "A line upwards"
    assert png.startswith(b"\x89PNG")


def test_a_table_of_pandas_is_a_table(page: str):
    assert re.search(r"<td>\s*There\s*</td>", page)


def test_where_a_part_comes_from_elsewhere_the_place_says_so_with_the_address(page: str):
    for address in (VIDEO, PICTURE):
        assert SAYS.elsewhere.format(address=address).replace("'", "&#39;") in page
        assert f'src="{address}' not in page
    assert page.count(f">{SAYS.left_out}<") == 1  # the video in the Markdown
    assert "After it" in page


def test_a_chart_whose_data_are_elsewhere_fails_and_the_trainer_reads_why(page: str, room: Room):
    assert page.count(f">{SAYS.section_failed}<") == 1
    assert "01_risk.ipynb: cell 6, line 1: RuntimeError: This chart cannot be drawn" in room.told()


def test_such_a_page_is_made_once_for_all_visitors(page: str, room: Room):
    assert "at each visit" not in room.running.log.read_text()
    assert "starts a thread" not in room.running.log.read_text()


def test_data_and_pictures_beside_the_notebook_are_found(room: Room):
    (room.notebook("harm").parent / "towns.csv").write_text("town\nElsewhere\n")
    room.edit("harm", "Words", CODES[0], "pd.read_csv('towns.csv')")
    assert "Elsewhere" in read(room.visitor.get("/m/harm"))
