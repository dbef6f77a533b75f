"""A series in several languages: which are reviewed, and what falls back to the original."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from myths import catalog
from myths.catalog.translation import differences
from myths.errors import ContentError

DRAFT = "languages: [en, de]"
REVIEWED = "languages: [en, {code: de, status: reviewed, by: a women's service, date: 2026-02-01}]"
TEXT = "modules/bees/text.de.yml"


@pytest.fixture
def german(content: Path, edit) -> Path:
    """The sample with every file in German, of which only some words are made up."""
    for path in [*content.rglob("*en.yml"), content / "modules/bees/guide.en.md"]:
        words = path.read_text("utf-8").replace("title: Bees", "title: Bienen")
        words = words.replace("To ask a beekeeper", "An Imker").replace(" the ", " dem ")
        path.with_name(path.name.replace("en.", "de.")).write_text(words, "utf-8")
    edit("modules/bees/module.yml", "boxes: [ask]", "boxes: [ask]\nunfolded: [ask]")
    edit("support/xx.yml", "name: {en: ", "name: {de: Hilfe, en: ")
    edit("support/xx.yml", "for: {en: ", "for: {de: Alle, en: ")
    edit("support/xx.yml", "hours: {en: ", "hours: {de: Immer, en: ")
    edit("series.yml", "languages: [en]", DRAFT)
    return content


def test_the_short_form_names_languages_and_the_first_is_the_original(german: Path):
    series = catalog.load(german).series
    assert (series.languages, series.original) == (("en", "de"), "en")
    assert series.is_reviewed("en")
    assert not series.is_reviewed("de")


def test_who_reviewed_a_language_and_when_must_be_told(german: Path, edit, complaints):
    edit("series.yml", DRAFT, "languages: [en, {code: de, status: reviewed, by: translator}]")
    (told,) = complaints()
    assert "nobody is said to have reviewed 'de', or not when; add 'by', a role" in told


def test_a_language_that_stands_twice_is_told(german: Path, edit, complaints):
    edit("series.yml", DRAFT, "languages: [en, de, {code: de}]")
    assert "'de' stands here twice; remove one" in complaints()[0]


def test_a_module_that_is_not_translated_is_there_in_the_original(german: Path):
    (german / TEXT).unlink()
    loaded = catalog.load(german, language="de")
    module = loaded.module("bees")
    assert (module.language, module.title) == ("en", "Bees")
    assert {item.language for item in module.items} == {"en"}
    assert module.item("myth").wording == catalog.load(german).module("bees").item("myth").wording
    assert loaded.page("start").language == "de"
    assert loaded.of_part("bees").language == "en"


def test_a_module_of_which_one_text_is_still_marked_is_not_translated(german: Path, edit):
    edit(TEXT, "title: Bienen", 'title: "TO TRANSLATE: Bees"')
    assert catalog.load(german, language="de").module("bees").language == "en"
    (told,) = [each for each in catalog.check(german) if "still to be translated:" in str(each)]
    assert (told.line, told.severity) == (1, "warning")
    assert "title; until then the original is shown" in str(told)


def test_safety_texts_stay_in_the_original_until_the_language_is_reviewed(german: Path, edit):
    draft = catalog.load(german, language="de").module("bees")
    assert (draft.title, draft.boxes["ask"].heading) == ("Bienen", "To ask a beekeeper")
    assert draft.safety_language == "en"
    (country,) = catalog.load(german, language="de").support
    assert (country.lines[0].audience, country.lines[0].language) == ("Everyone", "en")
    edit("series.yml", DRAFT, REVIEWED)
    reviewed = catalog.load(german, language="de").module("bees")
    assert reviewed.boxes["ask"].heading == "An Imker"
    assert reviewed.safety_language == "de"
    (country,) = catalog.load(german, language="de").support
    assert (country.lines[0].audience, country.lines[0].language) == ("Alle", "de")


def test_a_language_can_be_offered_once_the_words_of_its_buttons_are_whole(german: Path, edit):
    assert catalog.load(german, language="de").is_whole
    edit("ui/de.yml", "tab: Workshop", 'tab: "TO TRANSLATE: Workshop"')
    assert not catalog.load(german, language="de").is_whole
    (german / "ui/de.yml").unlink()
    with pytest.raises(ContentError, match=r"ui/de\.yml:1: the file is missing"):
        _ = catalog.load(german, language="de").ui


def test_words_without_an_original_are_told_as_are_copied_sentences(german: Path, edit):
    edit(TEXT, "terms: [dies]", "terms: [dies]\n  b3: {text: Mehr, terms: [mehr]}")
    said = [str(each) for each in catalog.check(german, today=date(2026, 3, 1))]
    assert any("not in 'en': facts.b3.text" in each for each in said)
    assert any("the same words as in 'en': question" in each for each in said)


@pytest.mark.parametrize(
    ("original", "translation", "told"),
    [
        ("Call {number} now.", "Jetzt anrufen.", "the placeholder {number} is missing"),
        ("Call now.", "Ruf {nummer} an.", "{nummer} is no placeholder of the original"),
        ("One.\n\nTwo.", "Eins. Zwei.", "paragraphs: 1 in place of 2"),
        ("- a\n- b", "- a", "entries of lists: 1 in place of 2"),
        ("A **b** c.", "A b c.", "words in **: 0 in place of 1"),
        ("[a](https://a.org)", "[a](https://b.org)", "links to https://a.org: 0 in place of 1"),
        (
            "It is still early here. Bees sleep in the dark.",
            "Es ist noch sehr früh. Bees sleep in the dark.",
            "not translated: 'Bees sleep in the dark.'",
        ),
        (
            "It is still early here. Bees sleep in the dark. They wake up very late.",
            "Es ist noch sehr früh.",
            "only 1 of 3 sentences",
        ),
    ],
)
def test_what_a_translation_lost_or_added_is_named(original: str, translation: str, told: str):
    assert told in list(differences(original, translation))


def test_a_translation_that_is_built_alike_is_not_complained_of():
    words = "Call **{number}** at once, please.\n\n- [a](https://a.org)\n- b"
    other = "Bitte sofort **{number}** anrufen.\n\n- [x](https://a.org)\n- y"
    assert list(differences(words, other)) == []
