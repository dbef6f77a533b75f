from __future__ import annotations

import re
from pathlib import Path

import myths
import pytest
from myths.errors import CodingError
from myths.evaluation.reports.phrases import part

from tests.evaluation.coding.coders import room
from tests.evaluation.reports.reading import DAY, ENGLISH, is_in, table, words
from tests.store.samples import given, written


def test_a_folder_of_coded_texts_that_is_not_there_is_named(file, store, tmp_path):
    with pytest.raises(CodingError, match=r"There is no folder .*absent"):
        myths.report(file, coding=tmp_path / "absent")


def test_an_address_finds_the_coded_texts_beside_its_file_as_a_path_does(file):
    for db in (file, str(file), f"sqlite:///{file}", f"sqlite+pysqlite:///{file}?timeout=5"):
        assert myths.Coding(db=db).folder == file.parent / "coding"
    for db in (None, "postgresql://host/workshop", "sqlite://"):
        assert myths.Coding(db=db).folder == Path("data/coding")


def test_without_coded_texts_the_report_says_so(full):
    assert "No text has been coded yet" in words(full)


def test_agreement_has_its_interval_and_quotes_are_those_that_somebody_approved(quoted, coded):
    found = coded.agreement().iloc[0]
    ends = f"{found['alpha_low']:.2f} to {found['alpha_high']:.2f}"
    (row,) = table(quoted, "What the texts are about")
    assert row[2] == f"{found['alpha']:.2f} ({ends})"
    quotes = table(quoted, "Quotes, drawn by chance")
    assert [row[1] for row in quotes] == [
        f"“{text}”" for text in coded.quotes(approved=True)["quote"]
    ]
    assert len(quotes) > 1


def test_a_text_that_nobody_has_approved_is_not_quoted(rehearsed, unfinished):
    one = unfinished.coder("anna-somebody")
    one.finish()
    two = unfinished.coder("two")
    for text in two.texts:
        two.toggle(text.id, "doubt")
    two.finish()
    assert len(unfinished.quotes()) > 0
    made = myths.report(rehearsed, rehearsal=True, day=DAY, coding=unfinished.folder)
    assert not table(made, "Quotes, drawn by chance")
    assert "somebody has read it and approved it" in words(made)


def test_a_quote_does_not_tell_that_somebody_came_since_the_last_report(file, store, tmp_path):
    """Of four who wrote something nobody is quoted, nor once one more has come: not before five."""
    room(store, "REAL", [f"gap {n}" for n in range(4)] + [f"other {n}" for n in range(6)])
    coding = myths.Coding(tmp_path / "coding", db=file)
    coding.add("gap", name="Gap", definition="Names a gap.")

    def published(out: str) -> list[tuple[str, ...]]:
        for name in ("one", "two"):
            coder = coding.coder(name)
            for text in coder.texts:
                if not coder.stands(text.id):
                    (coder.toggle(text.id, "gap") if "gap" in text.words else coder.none(text.id))
            coder.finish()
        coding.approve(coding.quotes(n=9)["quote"])
        made = myths.report(file, day=DAY, coding=coding.folder)
        made.save(tmp_path / out, kinds=["html"])
        return table(made, "Quotes, drawn by chance")

    assert published("first") == []
    workshop = store.workshop("REAL")
    for count in range(4, 9):
        name = store.join(workshop.code, language="en", consent="agreed").participant
        store.save(
            name, written("learned", "after"), given(text=f"gap {count}", reader="evaluation")
        )
        assert bool(published(f"later{count}")) == (count == 8)


def test_without_enough_people_behind_a_code_nothing_is_quoted(rehearsed, coded):
    made = myths.report(rehearsed, rehearsal=True, day=DAY, coding=coded.folder, k=50)
    assert not table(made, "Quotes, drawn by chance")
    assert "at least 50 people of its workshop" in words(made)


def test_codes_are_counted_by_people_and_with_their_agreement(rehearsed, tmp_path):
    folder = tmp_path / "coding"
    coding = myths.Coding(folder, db=rehearsed, rehearsal=True, items=["risk.learned"])
    coding.add("cooperation", name="Working together", definition="Speaks of working together.")
    for name in ("one", "two"):
        coder = coding.coder(name)
        for place, text in enumerate(sorted(coder.texts, key=lambda text: text.id)):
            if place % 2:
                coder.toggle(text.id, "cooperation")
            else:
                coder.none(text.id)
        coder.finish()
    made = myths.report(rehearsed, rehearsal=True, day=DAY, coding=folder)
    codes = coding.codes("one")
    people = codes.loc[codes["code"].notna(), "participant"].nunique()
    authors = codes["participant"].nunique()
    assert 5 <= people <= authors - 5
    row = ("Working together", part(people, authors, ENGLISH, k=5), "1.00 (no interval)")
    assert table(made, "What the texts are about") == [row]
    told = re.search("The texts of (.*) people were coded by 2 people", words(made))
    assert told
    assert is_in(authors, told[1])


@pytest.mark.parametrize("few", [0, 1, 4])
@pytest.mark.parametrize("has", [True, False])
def test_a_code_of_nobody_or_everybody_is_told_as_one_of_nearly_so(has, few, file, store):
    """The same is said of a code that none to four people have, and of one they lack."""
    people = room(store, "REAL", [f"text {number}" for number in range(22)])
    told = set()
    for others in (few, 2):
        coding = myths.Coding(file.parent / f"coding{others}", db=file)
        coding.add("doubt", name="Doubt", definition="Speaks of doubt.")
        for name in ("one", "two"):
            coder = coding.coder(name)
            for text in coder.texts:
                odd = text.id.split("/")[0] in people[:others]
                (coder.toggle(text.id, "doubt") if has != odd else coder.none(text.id))
            coder.finish()
        made = myths.report(file, day=DAY, coding=coding.folder)
        told.add(words(made).split("\nQuotes, drawn")[0])
        row = ("Doubt", "nearly all" if has else "nearly none", "not given")
        assert table(made, "What the texts are about") == [row]
    assert len(told) == 1


def test_texts_that_are_not_fully_coded_are_not_counted(rehearsed, unfinished):
    told = words(myths.report(rehearsed, rehearsal=True, day=DAY, coding=unfinished.folder))
    assert "The coding of the texts is not finished" in told
    assert "What the texts are about" not in told


def test_one_coder_is_no_two(rehearsed, unfinished):
    unfinished.coder("anna-somebody").finish()
    told = words(myths.report(rehearsed, rehearsal=True, day=DAY, coding=unfinished.folder))
    assert "One person has coded the texts" in told
    assert not re.search("What the texts are about|Quotes, drawn|each without knowing", told)


def test_a_fault_in_the_coding_stops_the_report_so_that_it_is_mended(rehearsed, unfinished):
    sheet = unfinished.folder / "anna-somebody.jsonl"
    sheet.write_text(sheet.read_text() + "{broken\n")
    with pytest.raises(CodingError, match=r"anna-somebody\.jsonl:"):
        myths.report(rehearsed, rehearsal=True, day=DAY, coding=unfinished.folder)
