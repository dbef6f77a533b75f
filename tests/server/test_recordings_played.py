"""A recording of a step is played from this server, in pieces; a page without one is as ever."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from myths import catalog

from tests.films import CAPTIONS, HEADS, record
from tests.server.conftest import ROOT, Running, Visitor, serving

SAYS = catalog.load().ui.recording
FILM = "/recordings/risk/facts.en.sign.mp4"
ODD = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{27,}|2\|[0-9a-f]{8}\|[0-9a-f]+\|\d+|myths-[0-9a-f]{8}|\b[0-9a-f]{32}\b"
)


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recorded") / "content"
    shutil.copytree(ROOT / "content", folder)
    return folder


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, content: Path) -> Iterator[Running]:
    db = tmp_path_factory.mktemp("store") / "workshop.sqlite"
    with serving(db, more={"MYTHS_CONTENT": str(content)}) as running:
        yield running


@pytest.fixture
def risk(content: Path) -> Iterator[Path]:
    """The folder of the module, without recordings after the test."""
    yield content / "modules/risk"
    shutil.rmtree(content / "modules/risk/recordings", ignore_errors=True)


@pytest.fixture
def visitor(running: Running) -> Iterator[Visitor]:
    with Visitor(running) as someone:
        someone.join()
        yield someone


def told(page: httpx.Response) -> str:
    """The page without what is drawn by lot for each visit or each time that it is prepared."""
    return ODD.sub("*", page.text)


def steps(page: httpx.Response) -> dict[str, list[str]]:
    """Which recordings stand in which step of a page."""
    parts = re.split(r'<section class="step" id="(\w+)"', page.text)[1:]
    found = {
        step: re.findall(r'src="(/recordings/[^"]+\.(?:mp4|webm|mp3))"', html)
        for step, html in zip(parts[::2], parts[1::2], strict=True)
    }
    return {step: names for step, names in found.items() if names}


def test_a_page_without_recordings_is_byte_for_byte_as_before(visitor: Visitor, risk: Path):
    visitor.get("/m/harm")  # where somebody has been is told to every page
    before = visitor.get("/m/risk")
    assert "recording" not in told(before)
    assert "media-src" not in before.headers["Content-Security-Policy"]
    record(risk, "facts.en.sign.mp4")
    between = visitor.get("/m/risk")
    assert steps(between) == {"facts": [FILM]}
    assert "media-src 'self'" in between.headers["Content-Security-Policy"]
    assert "media-src" not in visitor.get("/m/harm").headers["Content-Security-Policy"]
    shutil.rmtree(risk / "recordings")
    after = visitor.get("/m/risk")
    assert told(after) == told(before)
    assert after.headers["Content-Security-Policy"] == before.headers["Content-Security-Policy"]


def test_it_stands_below_the_title_of_its_step_and_loads_nothing_by_itself(visitor, risk: Path):
    record(risk, "facts.en.sign.mp4")
    record(risk, "facts.en.mp3")
    record(risk, "view.en.webm")
    page = visitor.get("/m/risk").text
    assert steps(visitor.get("/m/risk")) == {
        "view": ["/recordings/risk/view.en.webm"],
        "facts": ["/recordings/risk/facts.en.mp3", FILM],
    }
    facts = page.partition('id="facts"')[2]
    assert (
        facts.index('<h2 class="step-title"') < facts.index("<video") < facts.index("myths-block")
    )
    assert page.index("<h1>") < page.index("<video")
    for video in re.findall(r"<video[^>]*>", page):
        assert 'preload="none"' in video
        assert " controls " in video
        assert "autoplay" not in video
        assert re.search(r' src="/recordings/', video)
    assert page.count('<track kind="captions" src="/recordings/risk/') == 3
    assert "default" not in "".join(re.findall(r"<track[^>]*>", page))
    assert SAYS.sign.format(size=1) in page
    assert SAYS.sound.format(size=1) in page


def test_a_browser_gets_the_pieces_that_it_asks_for(visitor: Visitor, risk: Path):
    whole = record(risk, "facts.en.sign.mp4").read_bytes()
    length = len(whole)
    answer = visitor.get(FILM)
    assert (answer.status_code, answer.content) == (200, whole)
    assert answer.headers["Content-Type"] == "video/mp4"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    for asked, first, last in (
        ("0-3", 0, 3),
        ("4-", 4, length - 1),
        ("-5", length - 5, length - 1),
        (f"8-{length + 1000}", 8, length - 1),
    ):
        piece = visitor.http.get(FILM, headers={"Range": f"bytes={asked}"})
        assert piece.status_code == 206, asked
        assert piece.headers["Content-Range"] == f"bytes {first}-{last}/{length}"
        assert piece.content == whole[first : last + 1]
    beyond = visitor.http.get(FILM, headers={"Range": f"bytes={length}-"})
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{length}")
    head = visitor.http.head(FILM)
    assert (head.content, head.headers["Content-Length"]) == (b"", str(length))


def test_a_changed_film_is_not_taken_for_the_one_before(visitor: Visitor, risk: Path):
    film = record(risk, "facts.en.sign.mp4")
    first = visitor.get(FILM)
    known = {"If-None-Match": first.headers["Etag"]}
    assert visitor.http.get(FILM, headers=known).status_code == 304
    film.write_bytes(HEADS[".mp4"] + b"another one")
    again = visitor.http.get(FILM, headers=known)
    assert (again.status_code, again.content) == (200, film.read_bytes())


def test_captions_come_as_text(visitor: Visitor, risk: Path):
    record(risk, "facts.en.sign.mp4")
    answer = visitor.get("/recordings/risk/facts.en.sign.vtt")
    assert answer.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert answer.text == CAPTIONS


@pytest.mark.parametrize(
    "path",
    [
        "/recordings/risk/facts.en.mp4",
        "/recordings/harm/facts.en.sign.mp4",
        "/recordings/risk/..%2Ftext.en.yml",
        "/recordings/risk/../text.en.yml",
        "/recordings/risk/%2e%2e/text.en.yml",
        "/recordings/risk/story.en.mp3",
        "/recordings/risk/",
    ],
)
def test_nothing_else_can_be_got_there(visitor: Visitor, risk: Path, path: str):
    record(risk, "facts.en.sign.mp4")
    record(risk, "story.en.mp3", captions="")  # so it is not offered
    assert visitor.get(path).status_code == 404


def test_who_is_in_no_workshop_gets_none(running: Running, risk: Path):
    record(risk, "facts.en.sign.mp4")
    with Visitor(running) as stranger:
        assert stranger.get(FILM).status_code == 404


def test_a_room_with_its_own_story_or_of_ten_minutes_is_not_shown_another_one(
    running: Running, risk: Path
):
    for step in ("view", "facts", "story", "write"):
        record(risk, f"{step}.en.mp4")
    rooms = {
        audience: running.store.open_workshop(audience=audience).code
        for audience in ("mixed", "womens-services")
    }
    rooms["short"] = running.store.open_workshop(modules=("risk",), short=True).code
    shown = {}
    for name, code in rooms.items():
        with Visitor(replace(running, code=code)) as someone:
            someone.join()
            shown[name] = [*steps(someone.get("/m/risk"))]
    assert shown == {
        "mixed": ["view", "facts", "story", "write"],
        "womens-services": ["view", "facts"],
        "short": [],
    }


def test_a_page_has_those_of_the_language_that_its_texts_are_in(running: Running, content: Path):
    made = [
        record(content / "modules/risk", "facts.en-simple.mp3"),
        record(content / "modules/risk", "facts.en.mp3"),
        record(content / "modules/harm", "facts.en.mp3"),
    ]
    code = running.store.open_workshop().code
    running.store.change_workshop(code, languages=("en", "en-simple"), language="en-simple")
    with Visitor(replace(running, code=code)) as someone:
        someone.http.headers["Accept-Language"] = "el"
        someone.join()
        assert steps(someone.get("/m/risk")) == {"facts": ["/recordings/risk/facts.en-simple.mp3"]}
        harm = someone.get("/m/harm")
        assert steps(harm) == {"facts": ["/recordings/harm/facts.en.mp3"]}
        assert re.search(r'<track kind="captions"[^>]* srclang="en"', harm.text)
    for each in made:
        shutil.rmtree(each.parent, ignore_errors=True)
