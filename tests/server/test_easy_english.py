"""Easy English in a workshop whose trainer ticked it: what is there in it, and what is not."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from myths import catalog

from tests.server.conftest import Running, Visitor, read
from tests.server.test_languages_offered import language, spoken, switch

EASY = catalog.load(language="en-simple")
PLAIN = catalog.load()


@pytest.fixture(scope="module")
def room(server: Running) -> Running:
    code = server.store.open_workshop().code
    server.store.change_workshop(code, languages=("en", "en-simple"), language="en")
    return replace(server, code=code)


@pytest.fixture
def visitor(room: Running) -> Iterator[Visitor]:
    with Visitor(room) as someone:
        yield someone


def test_it_is_chosen_by_its_name_before_one_joins_and_later(visitor: Visitor):
    page = visitor.get(f"/?w={visitor.server.code}")
    assert language(page) == "en"
    assert re.findall(
        r'name="language" value="([^"]+)" lang="([^"]+)" dir="ltr">([^<]+)<', page.text
    )
    assert 'value="en-simple" lang="en-simple" dir="ltr">Easy English<' in page.text
    easy = visitor.get(f"/?w={visitor.server.code}&language=en-simple")
    assert language(easy) == "en-simple"
    said = read(easy)
    assert EASY.ui.language.draft in said
    assert "Taking part is your free choice." in said  # the consent is in easy words, too
    assert EASY.ui.join.contributes_hint in said
    visitor.join()
    switch(visitor, "en-simple")
    assert spoken(visitor) == "en-simple"
    assert language(visitor.get("/m/risk")) == "en-simple"
    switch(visitor, "en")
    assert language(visitor.get("/m/risk")) == "en"


def test_risk_is_in_it_and_its_words_for_safety_are_not_until_it_is_reviewed(visitor: Visitor):
    visitor.join()
    switch(visitor, "en-simple")
    page = visitor.get("/m/risk")
    said = read(page)
    module, original = EASY.module("risk"), PLAIN.module("risk")
    assert catalog.plain(module.facts["r5"].text).strip() in said
    assert module.prompts["protect"] in html.unescape(page.text)
    assert EASY.ui.language.unchecked.format(language="English") in said
    box = re.search(r'<details class="[^"]*box" data-block="signs"[^>]*>', page.text)
    assert box
    assert 'lang="en"' in box[0]
    assert catalog.plain(original.boxes["signs"].text)[:60] in said
    assert EASY.ui.language.untranslated.partition("{")[0] not in said


def test_a_module_that_is_not_in_it_is_in_english_and_says_so(visitor: Visitor):
    visitor.join()
    switch(visitor, "en-simple")
    page = visitor.get("/m/mediation")
    assert language(page) == "en-simple"
    assert EASY.ui.language.untranslated.format(language="English") in read(page)
    assert 'class="cell view" lang="en" dir="ltr"' in page.text
    assert PLAIN.module("mediation").question in read(page)


def test_a_browser_that_asks_for_english_is_not_given_the_easy_form(visitor: Visitor):
    for accepted in ("en", "en-GB", "en-US, en;q=0.9", "*"):
        page = visitor.http.get(f"/?w={visitor.server.code}", headers={"Accept-Language": accepted})
        assert language(page) == "en"


def test_answers_given_in_both_have_one_wording(room: Running):
    wordings = set()
    for code in ("en", "en-simple"):
        words = catalog.load(language=code)
        for id_ in ("myth", "fact", "over", "recall"):
            own = words.module("risk").item(id_).wording
            wordings.add((id_, words.shared_wording("risk", id_, own)))
    assert len(wordings) == 4


def test_a_trainer_ticks_it_by_its_name(room: Running):
    with Visitor(room) as trainer:
        trainer.send("/staff/", do="enter", key=room.store.new_staff_key())
        page = trainer.get(f"/staff/{room.code}").text
    assert re.search(r'name="languages" value="en-simple" checked[^<]*>[^E]*Easy English', page)
    assert re.search(r'<option value="en-simple"[^>]*>Easy English</option>', page)
