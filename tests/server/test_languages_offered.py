"""A workshop in several languages: chosen on joining, changed later, and no answer is lost."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests import pseudo
from tests.server.conftest import ROOT, Running, Visitor, command, launch, stop
from tests.server.test_bounds import rate
from tests.server.wire import Wire

WHOLE = {"ui", "pages/start/text", "pages/closing/text", "modules/harm/text"}
FINNISH = {"Accept-Language": "sv;q=0.4, fi-FI;q=0.9, en;q=0.1"}


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content with a draft of which harm and two pages are translated, and one just begun."""
    folder = tmp_path_factory.mktemp("spoken") / "content"
    shutil.copytree(ROOT / "content", folder)
    pseudo.add(folder, pseudo.LONGER, pseudo.longer, only=lambda file: file in WHOLE)
    pseudo.add(folder, "sv", pseudo.longer, only=lambda file: file == "modules/harm/text")
    return folder


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, content: Path) -> Iterator[Running]:
    db = tmp_path_factory.mktemp("store") / "workshop.sqlite"
    more = {"MYTHS_CONTENT": str(content)}
    running = launch(command(db), f"sqlite:///{db}", db.with_suffix(".log"), more=more)
    yield running
    stop(running)


@pytest.fixture
def visitor(running: Running) -> Iterator[Visitor]:
    with Visitor(running) as visitor:
        yield visitor


def language(page: httpx.Response) -> str:
    found = re.search(r'<html lang="([^"]*)"', page.text)
    assert found
    return found[1]


def spoken(visitor: Visitor) -> str:
    return str(visitor.server.store.visitor(visitor.token).language)


def switch(visitor: Visitor, code: str) -> httpx.Response:
    return visitor.send("/language", language=code)


def test_whoever_joins_reads_their_browsers_language_and_can_choose_another(visitor: Visitor):
    way = f"/?w={visitor.server.code}"
    assert language(visitor.http.get(way, headers=FINNISH)) == "fi"
    assert language(visitor.http.get(way, headers={"Accept-Language": "sv, el"})) == "en"
    page = visitor.http.get(f"{way}&language=en", headers=FINNISH)
    assert language(page) == "en"
    assert re.findall(r'name="language" value="(\w+)" lang', page.text) == ["fi"]
    assert '<b lang="en" aria-current="true">English</b>' in page.text


def test_a_language_of_which_the_buttons_are_not_whole_is_not_offered(visitor: Visitor):
    page = visitor.http.get("/?language=sv", headers=FINNISH)
    assert language(page) == "fi"
    assert 'value="sv"' not in page.text


def test_the_language_is_kept_and_can_be_changed(visitor: Visitor):
    visitor.http.headers.update(FINNISH)
    visitor.join()
    assert spoken(visitor) == "fi"
    assert language(visitor.get("/m/harm")) == "fi"
    page = switch(visitor, "en")
    assert page.status_code == 303
    assert spoken(visitor) == "en"
    assert language(visitor.get("/withdraw")) == "en"
    switch(visitor, "sv")
    switch(visitor, "xx")
    assert spoken(visitor) == "en"


def test_what_is_not_translated_is_marked_and_says_so(visitor: Visitor):
    visitor.http.headers.update(FINNISH)
    visitor.join()
    page = visitor.get("/m/risk")
    assert language(page) == "fi"
    assert 'class="cell view" lang="en" dir="ltr"' in page.text
    assert re.search(r"<p class=\"cell hint\">[^<]*englanti", page.text)
    own = visitor.get("/m/harm")
    assert 'class="cell view" data-model' in own.text
    assert '<div lang="en" dir="ltr">\n<ul>' in own.text  # the support lines of a draft
    assert '<span lang="en" dir="ltr">' in own.text  # the titles of other modules


def test_an_answer_stays_chosen_in_another_language(visitor: Visitor):
    visitor.join()
    wire = Wire(visitor, "harm")
    assert wire.answer("harm.myth.before", rate(2))["state"] == "saved"
    wire.shut_down()
    switch(visitor, "fi")
    page = visitor.get("/m/harm")
    assert language(page) == "fi"
    chosen = r'name="harm\.myth\.before" value="(\d)" checked'
    assert re.findall(chosen, page.text) == ["2"]
    store = visitor.server.store
    (answer,) = [
        each
        for each in store.answer_versions(store.visitor(visitor.token).participant)
        if each.item == "myth"
    ]
    assert "Thee" not in answer.words["question"]  # it stays as it was asked


def test_with_one_language_nothing_is_shown(server: Running):
    with Visitor(server) as visitor:
        page = visitor.http.get(f"/?w={server.code}", headers=FINNISH)
        assert language(page) == "en"
        assert 'name="language"' not in page.text
        visitor.join()
        assert 'name="language"' not in visitor.get("/m/risk").text
