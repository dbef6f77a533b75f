"""The easy form goes out to a translator and comes back: buttons that it leaves out stay out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from myths import catalog
from myths.errors import LocalizationError
from myths.localization import (
    Translations,
    begin_language,
    of_po,
    of_xlsx,
    take_over,
    to_po,
    to_xlsx,
    write,
)

from tests.catalog import sample_content

BUTTON, HEADING = "ui#join.button", "ui#join.heading"
LEFT = "ui#own.elsewhere.one"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = sample_content.copy(tmp_path / "content")
    begin_language(folder, "en-simple")
    return folder


def words(content: Path) -> Translations:
    return Translations(content, "en-simple")


def say(content: Path, texts: dict[str, str], file: str) -> list[str]:
    """Take a file back in which somebody said these texts; returns the faults."""
    path, made = content.parent / file, words(content)
    write({path: to_po(made) if path.suffix == ".po" else to_xlsx(made)})
    returned = of_po(path) if path.suffix == ".po" else of_xlsx(path)
    returned.texts = [
        replace(each, translation=texts.get(each.id, each.translation)) for each in returned.texts
    ]
    take_over(words(content), returned)
    return returned.faults


def test_it_begins_with_what_participants_read_and_without_buttons(content: Path):
    line = "languages: [en, {code: en-simple, status: draft}]"
    assert line in (content / "series.yml").read_text("utf-8").splitlines()
    made = {path.relative_to(content).as_posix() for path in content.rglob("*en-simple*")}
    assert made == {
        "modules/bees/text.en-simple.yml",
        "pages/start/text.en-simple.yml",
        "terms.en-simple.yml",
    }
    assert catalog.load(content, language="en-simple").is_whole
    assert words(content).name == "Easy English"


def test_buttons_that_it_leaves_out_are_not_missing(content: Path):
    status = {each.file: each for each in words(content).status}
    assert (status["ui"].missing, status["modules/bees/text"].missing > 0) == (0, True)
    assert set(status) == {"ui", "modules/bees/text", "pages/start/text", "support/xx"}


@pytest.mark.parametrize("file", ["easy.xlsx", "easy.po"])
def test_only_the_buttons_that_are_said_come_into_its_file(content: Path, file: str):
    assert say(content, {BUTTON: "Come in", LEFT: "You have 1 visit more."}, file) == []
    path = content / "ui/en-simple.yml"
    told = yaml.safe_load(path.read_text("utf-8"))
    other = catalog.load(content).ui.own.elsewhere.forms["other"]
    visits = {"one": "You have 1 visit more.", "other": other}
    assert told == {"join": {"button": "Come in"}, "own": {"elsewhere": visits}}
    first = path.read_bytes()
    assert say(content, {}, file) == []
    assert path.read_bytes() == first
    assert say(content, {HEADING: "Hello"}, file) == []
    told = yaml.safe_load(path.read_text("utf-8"))
    assert told["join"] == {"heading": "Hello", "button": "Come in"}
    assert catalog.load(content, language="en-simple").ui.join.heading == "Hello"


def test_a_form_that_is_none_is_no_language(content: Path):
    with pytest.raises(LocalizationError, match="an easy form as 'en-simple'"):
        begin_language(content, "en-simpel")
