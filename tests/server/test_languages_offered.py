"""A workshop in several languages: chosen on joining, changed later, and no answer is lost."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from myths import catalog

from tests import pseudo
from tests.server.conftest import ROOT, Running, Visitor, serving
from tests.server.test_bounds import rate
from tests.server.test_staff_settings import fields
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
    with serving(db, more={"MYTHS_CONTENT": str(content)}) as running:
        yield running


@pytest.fixture
def visitor(running: Running) -> Iterator[Visitor]:
    """Somebody in a workshop of which the trainer ticked all languages, though they are drafts."""
    running.store.change_workshop(running.code, languages=("en", "fi", "sv"), language="en")
    with Visitor(running) as visitor:
        yield visitor


@pytest.fixture
def trainer(running: Running) -> Iterator[Visitor]:
    with Visitor(running) as someone:
        someone.send("/staff/", do="enter", key=running.store.new_staff_key())
        yield someone


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
    page = visitor.http.get(f"/?w={visitor.server.code}&language=sv", headers=FINNISH)
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


def test_what_is_not_translated_is_marked_and_says_so(visitor: Visitor, content: Path):
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
    kept = catalog.load(content, language="fi").ui.language.unchecked.partition("{")[0]
    assert visitor.get("/m/closing").text.count(kept) == 2  # in the menu, and in its own section


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


def test_a_draft_that_nobody_ticked_is_offered_to_nobody(server: Running):
    for draft in catalog.load().series.languages[1:]:
        nobody_is_offered(server, draft)


def nobody_is_offered(server: Running, draft: str) -> None:
    with Visitor(server) as visitor:
        visitor.http.headers["Accept-Language"] = draft
        for address in ("/", f"/?w={server.code}", f"/?w={server.code}&language={draft}"):
            page = visitor.get(address)
            assert language(page) == "en"
            assert 'name="language"' not in page.text
            assert catalog.load().ui.language.draft not in page.text
        told = {"code": server.code, "agree": "yes", "contributes": "yes"}
        visitor.send("/", **told, language=draft)
        assert spoken(visitor) == "en"
        switch(visitor, draft)
        assert spoken(visitor) == "en"
        assert 'name="language"' not in visitor.get("/m/risk").text


def test_each_page_of_a_draft_says_that_nobody_reviewed_it(visitor: Visitor, content: Path):
    visitor.http.headers.update(FINNISH)
    says = [catalog.load(content, language=code).ui.language.draft for code in ("fi", "en")]
    way = f"/?w={visitor.server.code}"
    assert says[0] in visitor.get(way).text
    assert says[1] not in visitor.get(f"{way}&language=en").text
    visitor.join()
    for path in ("/m/harm", "/m/risk", "/withdraw", "/privacy", "/leave"):
        assert says[0] in visitor.get(path).text, path
    switch(visitor, "en")
    assert says[1] not in visitor.get("/m/harm").text


def test_the_way_to_the_privacy_page_and_out_keeps_the_language(visitor: Visitor):
    visitor.http.headers.update(FINNISH)
    page = visitor.get(f"/?w={visitor.server.code}")
    (link,) = re.findall(r'href="(/privacy\?[^"]+)"', page.text)
    privacy = visitor.get(html.unescape(link))
    assert language(privacy) == "fi"
    (back,) = re.findall(r'class="tools"><a href="([^"]+)"', privacy.text)
    assert language(visitor.get(html.unescape(back))) == "fi"
    visitor.join()
    form = visitor.get("/leave").text
    (kept,) = re.findall(r'name="language" value="(\w+)"', form)
    left = visitor.send("/leave", language=kept)
    assert language(visitor.get(left.headers["Location"])) == "fi"


def test_who_wants_none_of_the_languages_reads_that_of_the_workshop(visitor: Visitor):
    store, code = visitor.server.store, visitor.server.code
    greek = {"Accept-Language": "el"}
    assert language(visitor.http.get(f"/?w={code}", headers=greek)) == "en"
    store.change_workshop(code, language="fi", languages=("en",))
    assert language(visitor.http.get(f"/?w={code}", headers=greek)) == "fi"
    assert language(visitor.http.get("/", headers=greek)) == "en"


@pytest.mark.parametrize(
    "languages", [("en",), ("en", "fi"), ("en", "de"), ("en", "fi", "de")], ids="-".join
)
def test_the_menu_of_a_page_offers_the_languages_of_the_own_workshop(
    running: Running, languages: tuple[str, ...]
):
    """A page that was prepared for one workshop is not shown to another with other languages."""
    code = running.store.open_workshop(languages=languages).code
    with Visitor(running) as someone:
        someone.join(code)
        page = someone.get("/m/risk").text
    assert re.findall(r'name="language" value="([\w-]+)"', page) == sorted(languages[1:])


def test_a_trainer_ticks_languages_and_takes_them_away(
    trainer: Visitor, running: Running, content: Path
):
    code, store = running.store.open_workshop().code, running.store
    page = trainer.get(f"/staff/{code}").text
    shown = fields(page)
    boxes = re.findall(r'type="checkbox" name="languages" value="([\w-]+)"( checked)?', page)
    assert boxes == [("en", " checked"), ("de", ""), ("en-simple", ""), ("fi", "")]
    drafts = catalog.load(content).ui.workshop.languages_draft
    assert page.count(drafts) == 3
    with Visitor(running) as someone:
        someone.http.headers.update(FINNISH)
        assert language(someone.get(f"/?w={code}")) == "en"
        trainer.send(f"/staff/{code}", do="change", **shown, languages=["", "en", "fi"])
        assert store.workshop(code).languages == ("en", "fi")
        someone.join(code)
        assert spoken(someone) == "fi"
        trainer.send(f"/staff/{code}", do="change", **shown, languages="")
        assert store.workshop(code).languages == ("en",)
        assert spoken(someone) == "fi"  # who reads it already goes on
        assert language(someone.get("/m/harm")) == "fi"
    trainer.send(f"/staff/{code}", do="change", **shown | {"title": "Courts"})
    assert store.workshop(code).languages == ("en",)


def test_a_workshop_is_opened_with_the_languages_ticked(trainer: Visitor, running: Running):
    made = trainer.send("/staff/", do="open", language="fi", languages=["", "de"])
    code = made.headers["Location"].rpartition("/")[2]
    assert running.store.workshop(code).languages == ("de", "fi")
    again = trainer.send(f"/staff/{code}/rehearsal", do="new")
    rehearsal = running.store.workshop(again.headers["Location"].rpartition("/")[2])
    assert (rehearsal.language, rehearsal.languages) == ("fi", ("de", "fi"))
    usual = trainer.send("/staff/", do="open").headers["Location"].rpartition("/")[2]
    assert running.store.workshop(usual).languages == ("en",)


def test_the_console_reads_as_its_trainer_and_the_screen_as_the_workshop(
    trainer: Visitor, running: Running
):
    code = running.store.open_workshop(language="fi", languages=("en", "fi")).code
    trainer.http.headers["Accept-Language"] = "en"
    assert language(trainer.get(f"/staff/{code}/lead")) == "en"
    assert language(trainer.get(f"/staff/{code}/projector")) == "fi"
    trainer.http.headers.update(FINNISH)
    assert language(trainer.get(f"/staff/{code}/lead")) == "fi"
    assert language(trainer.get("/staff/")) == "en"  # it belongs to no workshop
