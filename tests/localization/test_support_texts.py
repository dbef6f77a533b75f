"""Support lines go to translators with their words, and never with their numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from myths import catalog
from myths.localization import Translations, take_over, write
from myths.localization.returned import Returned, ReturnedText

from tests import pseudo
from tests.localization.test_yaml_words import difference

NAME, FOR, HOURS = (f"support/xx#bee-line.{part}" for part in ("name", "for", "hours"))
LINE = (NAME, FOR, HOURS)


def take(content: Path, texts: dict[str, str]) -> int:
    """Take translations over, as from a spreadsheet."""
    german = Translations(content, "de")
    units = [german.units[id_] for id_ in texts]
    told = [ReturnedText("here", u.id, u.hash, u.source, texts[u.id]) for u in units]
    returned = Returned([*told])
    for other in german.units.values():
        if other.file == "support/xx" and other.id not in texts:
            returned.texts.append(
                ReturnedText("here", other.id, other.hash, other.source, other.translation)
            )
    count = take_over(german, returned)
    assert returned.faults == []
    return count


def said(content: Path, language: str = "de") -> list[str]:
    pseudo.reviewed(content, language)
    (support,) = catalog.load(content, language=language).support
    return [f"{line.name}|{line.audience}|{line.hours}" for line in support.lines]


def test_their_words_are_units_and_their_numbers_are_not(german: Translations):
    assert tuple(id_ for id_ in german.units if id_.startswith("support/")) == LINE
    assert german.units[FOR].source == "Everyone"
    assert all("116 999" not in each.source for each in german.units.values())
    assert [each.file for each in german.status][-1] == "support/xx"


def test_a_line_is_told_in_a_language_once_all_of_it_is(content: Path):
    path = content / "support/xx.yml"
    before = path.read_text("utf-8")
    assert take(content, {NAME: "Bienentelefon"}) == 1
    assert "de: Bienentelefon" in path.read_text("utf-8")
    assert any(
        "people see these lines in 'en', and not in 'de': bee-line" in str(each)
        for each in catalog.check(content)
    )
    assert pseudo.check(content) == []
    assert take(content, {FOR: "Alle", HOURS: "Immer"}) == 2
    changed = difference(before, path.read_text("utf-8"))
    keys = [line.partition(":")[0].strip("+ ") for line in changed if line.startswith("+")]
    assert keys == ["name", "for", "hours"]
    assert not any("people see these lines" in str(each) for each in catalog.check(content))
    assert said(content) == ["Bienentelefon|Alle|Immer"]


def test_a_line_that_is_told_in_part_is_shown_in_the_original(content: Path):
    take(content, {NAME: "Bienentelefon"})
    assert said(content) == ["Bee line|Everyone|Always"]


def test_what_changes_in_the_original_makes_them_out_of_date(content: Path):
    take(content, {NAME: "Bienentelefon", FOR: "Alle", HOURS: "Immer"})
    path = content / "support/xx.yml"
    path.write_text(path.read_text("utf-8").replace("en: Always", "en: By day"), "utf-8")
    assert Translations(content, "de").units[HOURS].changed == "[-Always-] {+By day+}"
    (status,) = [e for e in Translations(content, "de").status if e.file == "support/xx"]
    assert (status.texts, status.missing, status.outdated) == (3, 0, 1)


def test_a_line_that_is_still_to_be_written_waits(content: Path):
    path = content / "support/xx.yml"
    path.write_text(path.read_text("utf-8").replace('"116 999"', '"TO WRITE: it"'), "utf-8")
    assert not [id_ for id_ in Translations(content, "de").units if id_.startswith("support/")]


def test_words_that_cannot_stand_there_are_told_and_nothing_is_written(content: Path):
    before = (content / "support/xx.yml").read_bytes()
    german = Translations(content, "de")
    texts = {NAME: "<b>Bienen</b>", FOR: "Alle", HOURS: "Immer"}
    returned = Returned(
        [
            ReturnedText("here", u.id, u.hash, u.source, texts[u.id])
            for u in german.units.values()
            if u.id in texts
        ]
    )
    assert take_over(german, returned) == 0
    assert any("HTML or script is not allowed here" in fault for fault in returned.faults)
    assert (content / "support/xx.yml").read_bytes() == before


@pytest.mark.parametrize("place", ["here", "there"])
def test_comments_and_other_languages_of_a_file_stay(content: Path, place: str):
    path = content / "support/xx.yml"
    words = path.read_text("utf-8").replace("{en: Bee line}", f"{{en: Bee line}}   # {place}")
    path.write_text(words.replace("kind: survivors", "kind: survivors   # for all"), "utf-8")
    write(Translations(content, "de").changed_files({NAME: "Bienentelefon"}, {}))
    assert f"de: Bienentelefon}} # {place}" in path.read_text("utf-8")
    assert "kind: survivors   # for all" in path.read_text("utf-8")
