"""The easy form of the original: what it may leave out, what it may keep, and what is too hard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from myths import catalog
from myths.catalog.translation import differences
from myths.errors import ContentError

WORDS = "modules/bees/text.en-simple.yml"
BUTTONS = "ui/en-simple.yml"
LONG = "A bee goes out and finds a flower and comes home and dies there."


@pytest.fixture(autouse=True)
def easy(content: Path, edit) -> Path:
    """The sample with an easy form: of the module, and of two buttons."""
    edit("series.yml", "languages: [en]", "languages: [en, en-simple]")
    module = (content / "modules/bees/text.en.yml").read_text("utf-8")
    own = re.sub(
        r"ratings:\n(?:  .*\n)+|  question: When.*\n|text: For fun, |text: In danger, ", "", module
    )
    (content / WORDS).write_text(own.replace("note: This page", "note: This part"), "utf-8")
    (content / BUTTONS).write_text(
        "join: {button: Come in}\nown: {elsewhere: {one: One visit, other: '{n} visits'}}\n",
        "utf-8",
    )
    return content


def ui(content: Path) -> catalog.Interface:
    return catalog.load(content, language="en-simple").ui


def test_words_of_the_buttons_that_it_does_not_have_are_those_of_the_original(content: Path):
    easy, original = ui(content), catalog.load(content).ui
    assert (easy.join.button, easy.join.heading) == ("Come in", original.join.heading)
    assert easy.own.elsewhere.of(1) == "One visit"
    assert easy.own.heading == original.own.heading
    assert catalog.load(content, language="en-simple").routes.keys() == original.routes.keys()


def test_it_can_be_offered_without_any_words_of_buttons(content: Path, edit):
    assert catalog.load(content, language="en-simple").is_whole
    edit(BUTTONS, "Come in", '"TO TRANSLATE: Join"')
    assert not catalog.load(content, language="en-simple").is_whole
    (content / BUTTONS).unlink()
    words = catalog.load(content, language="en-simple")
    assert words.is_whole
    assert words.ui.join == catalog.load(content).ui.join


def test_a_button_that_there_is_not_is_still_told(content: Path, edit):
    edit(BUTTONS, "button: Come in", "buton: Come in")
    with pytest.raises(
        ContentError, match=r"ui/en-simple\.yml:1: unknown key 'join.buton'; did you"
    ):
        _ = ui(content)


def test_all_other_languages_need_all_words_of_the_buttons(content: Path, edit):
    edit("series.yml", "languages: [en, en-simple]", "languages: [en, de]")
    (content / "ui/de.yml").write_text("join: {button: Los}\n", "utf-8")
    with pytest.raises(ContentError, match=r"ui/de\.yml"):
        _ = catalog.load(content, language="de").ui


def test_sentences_that_are_easy_already_may_stay_and_parts_may_be_missing(content, complaints):
    assert complaints() == []  # no guide, no page, most of it word for word
    (content / WORDS).unlink()
    assert complaints() == []
    module = catalog.load(content, language="en-simple").module("bees")
    assert (module.language, module.note) == ("en", catalog.load(content).module("bees").note)


def test_a_module_of_which_it_has_one_text_has_all(content: Path, edit, complaints):
    edit(WORDS, "question: Do bees sting without a reason?\n", "")
    assert any(f"{WORDS}" in told and "question" in told for told in complaints())


def test_what_is_measured_has_the_words_of_the_original_also_after_a_change(content: Path, edit):
    edit("modules/bees/text.en.yml", "Bees never sting.", "No bee ever stings.")
    edit("modules/bees/text.en.yml", "text: For fun", "text: For the fun of it")
    words = catalog.load(content)
    original, easy = (
        words.module("bees"),
        catalog.load(content, language="en-simple").module("bees"),
    )
    assert (original.language, easy.language) == ("en", "en-simple")
    for name in ("myth", "fact", "over", "recall", "confidence", "plan"):
        assert easy.item(name).wording == original.item(name).wording
    old = catalog.wording("Bees never sting.", [])
    assert words.shared_wording("bees", "over", old) == old


@pytest.mark.parametrize(
    ("file", "own"),
    [
        (WORDS, "ratings: {over: Bees do not sting.}\n"),
        (WORDS, "recall: {question: When?, options: {}}\n"),
        (BUTTONS, "scale_done: {1: 'No'}\n"),
        (BUTTONS, "module: {confidence_low: not at all}\n"),
    ],
)
def test_own_words_for_what_is_measured_are_refused(content, complaints, file, own):
    path = content / file
    kept = re.sub(r"^recall:\n(?:  .*\n)+", "", path.read_text("utf-8"), flags=re.M)
    path.write_text(kept + own, "utf-8")
    told = [each for each in complaints() if "an easy form has the original's words here" in each]
    assert [f"{file}:" in each and "take this line out" in each for each in told] == [True]


@pytest.mark.parametrize(
    ("file", "old"), [(WORDS, "A bee that stings dies."), (BUTTONS, "Come in")]
)
def test_a_sentence_of_more_than_twelve_words_is_told(file: str, old: str, edit, complaints):
    edit(file, old, LONG)
    (told,) = complaints()
    assert re.search(rf"{file}:\d+: a sentence of 14 words \(A bee goes out and finds", told)


def test_hard_words_are_told(edit, complaints):
    hard = "Institutional accountability necessitates investigations. " * 5 + "It dies."
    edit(WORDS, "A bee that stings dies.", hard)
    assert any("years at school to read; at most 5" in told for told in complaints())


def test_one_thing_has_the_same_name_in_it(content: Path, edit, complaints):
    (content / "word-list.en.yml").write_text("say:\n  bee: [honeybee]\n", "utf-8")
    edit(WORDS, "A bee that stings dies.", "A honeybee that stings dies.")
    (told,) = complaints()
    assert f"{WORDS}:16: 'honeybee' has another name elsewhere; say 'bee'" in told


@pytest.mark.parametrize(
    ("original", "easy", "told"),
    [
        ("One and two.", "One.\n\nTwo.", []),
        ("One and **two**.", "- One.\n- **Two**.", []),
        ("Call {number} now.", "Call now.", ["the placeholder {number} is missing"]),
        ("One.\n\nTwo.", "One. Two.", ["paragraphs: 1 in place of 2"]),
        ("Here.", "[Here](https://a.org).", ["links to https://a.org: 1 in place of 0"]),
        ("It is still early. Bees sleep.", "It is still early. Bees sleep.", []),
    ],
)
def test_it_may_be_parted_further_and_loses_nothing(original: str, easy: str, told: list[str]):
    assert list(differences(original, easy, easy=True)) == told


def test_the_word_for_a_language_says_that_it_is_easy(content: Path):
    assert ui(content).language.easy == "Easy {language}"
    assert catalog.load(content, language="en-simple").language_name("en-simple") == "Easy English"
