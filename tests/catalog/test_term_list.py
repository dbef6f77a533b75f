"""A term of the original has its agreed words in every translation."""

from __future__ import annotations

from pathlib import Path

import pytest
from myths import catalog
from myths.catalog import TermList

TERMS = TermList(
    terms={
        "programme": ("Programm",),
        "perpetrator programme": ("Täterprogramm", "Täterarbeit"),
        "trainer": (),
    }
)


@pytest.mark.parametrize(
    ("source", "translation", "missing"),
    [
        ("A perpetrator programme is hard.", "Ein Täterprogramm ist schwer.", []),
        ("A perpetrator programme is hard.", "TÄTERARBEIT ist schwer.", []),
        ("A perpetrator programme is hard.", "Ein Täter\xadprogramm ist schwer.", []),
        ("A perpetrator programme is hard.", "Ein Kurs ist schwer.", ["perpetrator programme"]),
        ("A perpetrator\nprogramme is hard.", "Ein Kurs.", ["perpetrator programme"]),
        ("The programme is hard.", "Der Kurs ist schwer.", ["programme"]),
        ("Deprogrammed.", "Nichts.", []),
        ("Ask the trainer.", "Frag irgendwen.", []),
        ("A programme. No more.", "Mehr nicht. Ein Programm.", ["programme"]),
        ("A programme. No more.", "Ein Programm und mehr nicht.", []),
        ("No more. A programme.\n", "Nein. Mehr nicht. Ein Programm.", []),
    ],
)
def test_a_term_in_a_sentence_is_looked_for_in_its_translation(source, translation, missing):
    assert [term for term, _ in TERMS.missing(source, translation)] == missing


def test_check_names_the_text_and_what_is_agreed(content: Path, edit):
    edit("series.yml", "languages: [en]", "languages: [en, de]")
    (content / "terms.de.yml").write_text("terms: {hive: [Bienenstock]}\n", "utf-8")
    for path in [*content.rglob("*en.yml"), *content.rglob("guide.en.md")]:
        path.with_name(path.name.replace("en.", "de.")).write_text(path.read_text("utf-8"))
    (told,) = [each for each in catalog.check(content) if "agreed to be" in str(each)][:1]
    assert told.severity == "warning"
    assert "'hive' is agreed to be 'Bienenstock'; say that, or change terms" in str(told)
    edit("modules/bees/text.de.yml", "defend the hive", "defend the Bienenstock")
    said = [str(each) for each in catalog.check(content) if "agreed to be" in str(each)]
    assert str(told) not in said


def test_a_list_that_cannot_be_read_is_told(content: Path, edit):
    edit("series.yml", "languages: [en]", "languages: [en, de]")
    (content / "terms.de.yml").write_text("terms: [hive]\n", "utf-8")
    assert any("terms.de.yml:1: terms has the wrong type" in str(e) for e in catalog.check(content))
