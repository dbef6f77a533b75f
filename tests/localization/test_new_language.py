"""A new language: its files are marked whole, and nobody is shown them before they are words."""

from __future__ import annotations

from pathlib import Path

import pytest
from myths import catalog
from myths.errors import ContentError
from myths.localization import Translations, begin_language

from tests import pseudo
from tests.catalog import sample_content


def test_it_is_a_draft_in_the_series_and_all_its_files_are_there(content: Path):
    line = "languages: [en, {code: de, status: draft}]"
    assert line in (content / "series.yml").read_text("utf-8").splitlines()
    for file in ("ui/de.yml", "modules/bees/text.de.yml", "modules/bees/guide.de.md"):
        assert catalog.MARK in (content / file).read_text("utf-8")
    assert pseudo.check(content) == []
    words = catalog.load(content, language="de")
    assert not words.is_whole
    assert words.module("bees").language == "en"


def test_check_says_of_each_file_what_is_still_to_be_translated(content: Path):
    said = [str(each) for each in catalog.check(content)]
    assert any("bees/text.de.yml:1: still to be translated: title, question" in s for s in said)
    assert any("guide.de.md:1: still to be translated: 1, 2, 3 and" in s for s in said)


def test_its_words_that_go_with_a_number_have_the_forms_of_the_language(tmp_path: Path):
    folder = sample_content.copy(tmp_path / "content")
    begin_language(folder, "pl")
    places = {each.place: each for each in Translations(folder, "pl").units.values()}
    forms = {place for place in places if place.startswith("staff.joined.")}
    assert forms == {f"staff.joined.{form}" for form in ("one", "few", "many", "other")}
    assert "for numbers such as 2, 3, 4" in places["staff.joined.few"].context
    assert pseudo.check(folder) == []


@pytest.mark.parametrize(
    ("code", "told"), [("de", "has 'de' already"), ("xq", "no language"), ("../x", "no language")]
)
def test_a_language_that_there_is_not_or_is_already_is_refused(content: Path, code, told: str):
    before = {path: path.read_bytes() for path in content.rglob("*.*")}
    with pytest.raises(ContentError, match=told):
        begin_language(content, code)
    assert {path: path.read_bytes() for path in content.rglob("*.*")} == before


def test_it_has_a_glossary_with_the_names_of_the_word_list(tmp_path: Path):
    folder = sample_content.copy(tmp_path / "content")
    (folder / "word-list.en.yml").write_text('say: {"(ex-)hive": [beehive]}\n', "utf-8")
    begin_language(folder, "de")
    assert catalog.read_terms(folder, "de").terms == {"(ex-)hive": ()}


def test_a_translator_sees_the_agreed_words_beside_the_text(content: Path):
    (content / "terms.de.yml").write_text("terms: {hive: [Bienenstock]}\n", "utf-8")
    core = Translations(content, "de").units["modules/bees/text#core"]
    assert core.context.endswith("\nhive = Bienenstock")


@pytest.mark.parametrize("change", [pseudo.leftwards, pseudo.longer])
def test_the_pseudo_locales_of_the_tests_are_whole_and_fit_the_original(tmp_path: Path, change):
    folder = sample_content.copy(tmp_path / "content")
    pseudo.add(folder, "ar", change)
    assert pseudo.check(folder) == []
    assert catalog.load(folder, language="ar").is_whole
    said = [
        str(e) for e in catalog.check(folder) if "still to be" in str(e) or "in place" in str(e)
    ]
    assert said == []
