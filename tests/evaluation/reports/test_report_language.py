"""The report in other languages: its words, what was asked in others, and the same seal."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from pathlib import Path

import myths
import pytest
from click.testing import CliRunner
from myths import catalog
from myths.catalog import Item
from myths.cli import main
from myths.errors import EvaluationError
from myths.evaluation.reports import Report
from myths.evaluation.reports.blocks import TableBlock
from myths.store import Store

from tests import pseudo
from tests.catalog import sample_content
from tests.evaluation.english import english_among, english_in, told_in
from tests.evaluation.reports.published import STAY, counted, publish
from tests.evaluation.reports.reading import DAY, rate, words
from tests.evaluation.said import join, room, say
from tests.store.samples import asked, given, written

NUMBER = re.compile(r"[+-]?\d[\d.,]*")


@pytest.fixture(scope="session")
def german(rehearsed: Path, coded: myths.Coding) -> Report:
    return myths.report(rehearsed, rehearsal=True, day=DAY, coding=coded.folder, language="de")


def test_in_a_german_report_no_english_is_left_but_what_is_marked(german):
    page = re.sub(r"<span lang.*?</span>|<style>.*?</style>", "", german.html(), flags=re.DOTALL)
    assert len(told_in("en") - told_in("de")) > 300
    assert english_in(page, "de") == []
    assert english_among(set(re.findall(r">\s*([^<>]+?)\s*<", page)), "de") == []
    assert page.startswith('<!DOCTYPE html>\n<html lang="de">')
    assert not re.search(r"“\w|”", page)  # „so“, and not “so”
    assert "22. November 2026" in page
    assert "Ihre Sprachen waren Englisch, Deutsch." in page


def test_the_search_for_english_finds_what_is_left(full):
    page = full.html()
    assert {"What changed", "people with both answers"} <= set(english_in(page, "de"))
    labels = english_among(set(re.findall(r">\s*([^<>]+?)\s*<", page)), "de")
    assert {"before", "Statement"} <= set(labels)


def numbers(report: Report) -> list[str]:
    """List all numbers in tables and pictures, but for versions, as English writes them."""
    texts: list[str] = []
    *tables, _versions = [b for b in report.text.blocks if isinstance(b, TableBlock)]
    texts += [cell for block in tables for row in block.rows for cell in row[1:]]
    for figure in report.figures.values():
        texts += [re.sub("[„“].*?[“”]", "", line) for line in figure.lines]
    found = [number.rstrip(".,") for text in texts for number in NUMBER.findall(text)]
    swapped = str.maketrans(".,", ",.") if report.text.language == "de" else {}
    return sorted(number.translate(swapped) for number in found)


def test_all_numbers_are_the_same_in_each_language(german, quoted):
    assert len(numbers(german)) > 300
    assert numbers(german) == numbers(quoted)


def test_what_is_published_does_not_depend_on_the_language(file, store, tmp_path):
    room(store, "ROOM1", [*STAY, *STAY])
    german, english = (myths.report(file, day=DAY, language=code) for code in ("de", "en"))
    assert german.draft
    assert german.draft.rows
    assert english.draft
    assert german.draft.rows == english.draft.rows
    publish(file, tmp_path, language="de")
    publish(file, tmp_path, language="en")
    assert counted(store) == [10]  # the other language tells nothing new, and is not logged
    room(store, "ROOM2", STAY[:1])
    later = publish(file, tmp_path, language="de")
    assert "10 Personen mit beiden Antworten" in words(later)
    assert "1 Person ist nicht mitgezählt. Schon veröffentlicht: " in later.notes[0]
    assert "ROOM1" in later.notes[0]


def test_without_a_choice_it_is_in_the_language_of_the_workshops(store, file, rehearsed):
    for code, language in (("ROOM1", "de"), ("ROOM2", "de"), ("ROOM3", "en"), ("ROOM4", "ar")):
        store.open_workshop(code=code, language=language)
        join(store, code)
    assert myths.report(file, ["ROOM1", "ROOM2"]).text.language == "de"
    assert myths.report(file).text.language == "en"
    assert myths.report(file, "ROOM1", language="en").text.language == "en"
    arabic = myths.report(file, "ROOM4")
    assert arabic.text.language == "en"
    assert arabic.notes[0].startswith("The evaluation has no words in Arabic yet")
    assert myths.report(rehearsed, "TRIAL2", rehearsal=True).text.language == "de"


def test_the_command_takes_a_language_and_refuses_one_without_words(rehearsed, tmp_path, german):
    command = ["report", "--db", f"sqlite:///{rehearsed}", "--rehearsal", "--format", "html"]
    command += ["--date", str(DAY), "--out", str(tmp_path / "report"), "--language"]
    assert CliRunner().invoke(main, [*command, "de"]).exit_code == 0
    assert '<html lang="de">' in (tmp_path / "report.html").read_text("utf-8")
    refused = CliRunner().invoke(main, [*command, "xx"])
    assert refused.exit_code == 1
    assert refused.output == ("Error: The evaluation has no words in 'xx': choose from en, de.\n")
    with pytest.raises(EvaluationError, match="choose from en, de"):
        myths.report(rehearsed, language="xx")


@pytest.fixture
def bees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Content of one module in English and in made-up German."""
    folder = sample_content.copy(tmp_path / "content")
    pseudo.add(folder, "de", pseudo.longer)
    monkeypatch.setenv("MYTHS_CONTENT", str(folder))
    return folder


def statement(bees: Path, language: str) -> Item:
    return catalog.load(bees, language=language).module("bees").item("myth")


def rated(store: Store, item: Item) -> None:
    """Let ten people rate the statement before and after."""
    options = {str(option.value): option.label for option in item.options}
    heard = {"question": item.question, "options": options, "keyed": item.keyed}
    place = {"module": "bees", "language": item.language, "wording": item.wording, "words": heard}
    store.open_workshop(code="BEES", language=item.language, pool_days=0)
    for number, name in enumerate(join(store, "BEES", 12, item.language)):
        say(store, name, "myth", "before", 5 - number % 2, **place)
        say(store, name, "myth", "after", 2 - number % 2, **place)


def marked_in(pdf: bytes) -> tuple[str, set[str]]:
    """Return the language of a document, and those that are marked in its pages."""
    parts: set[str] = set()
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        with suppress(zlib.error):
            page = zlib.decompressobj().decompress(stream)
            parts |= {each.decode() for each in re.findall(rb"/Span<<.*?/Lang\((\w+)\)", page)}
    (whole,) = {each.decode() for each in re.findall(rb"/Lang ?\((\w+)\)", pdf)}
    return whole, parts


@pytest.mark.parametrize(("was", "becomes"), [("en", "de"), ("de", "en")])
def test_a_statement_of_another_language_stands_beside_its_meaning(was, becomes, bees, store, file):
    item, meant = statement(bees, was), statement(bees, becomes)
    rated(store, item)
    asked_so, means = item.question.rstrip("."), meant.question.rstrip(".")
    own = myths.report(file, day=DAY)
    assert own.text.language == was
    assert means not in own.html()
    made = myths.report(file, day=DAY, language=becomes)
    how = "auf Englisch gefragt" if becomes == "de" else "asked in German"
    text = f"{means} ({how}: "
    html = made.html()
    told = re.escape(f'{text}<span lang="{was}" dir="auto">{asked_so}</span>)</th>')
    assert re.search(rf'<th scope="row">[^<:]+: {told}', html)
    said = re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL)
    assert said.count(asked_so) == said.count(f'<span lang="{was}" dir="auto">{asked_so}</span>')
    assert made.figures["intervals"].alternative.count(f"{text}{asked_so}") == 1
    drawn = " ".join(re.findall(r">([^<>]+)</t", made.figures["intervals"].svg()))
    assert f"{how}: {asked_so}"[:30] in drawn
    assert means[:30] in drawn
    (whole, parts), (own_whole, own_parts) = marked_in(made.pdf()), marked_in(own.pdf())
    assert (whole, own_whole) == (becomes, was)
    assert was in parts
    assert becomes not in own_parts


def test_words_of_another_day_have_no_meaning_and_stay_as_they_were_asked(store, file):
    rate(store, "REAL", [(5, 1), (4, 2)] * 6)
    made = myths.report(file, day=DAY, language="de")
    marked = '<span lang="en" dir="auto">Is &lt;b&gt;myth&lt;/b&gt; so?</span>'
    assert f'<th scope="row">Risiko: {marked}</th>' in made.html()
    assert "gefragt:" not in words(made)


PAGE = {"question": "Was it good?", "options": {"1": "no", "5": "yes"}}


def test_quotes_and_answers_of_another_language_are_marked(german, coded, store, file):
    html, quotes = german.html(), coded.quotes()
    assert set(quotes["language"]) == {"en", "de"}
    for row in quotes.itertuples():
        quote = str(row.quote).replace("'", "&#39;")
        marked = f'„<span lang="en" dir="auto">{quote}</span>“'
        assert (marked if row.language == "en" else f"„{quote}“") in html
    store.open_workshop(code="REAL")
    for name in join(store, "REAL", 12):
        store.save(name, asked("felt", "after", words=PAGE, module="closing"), given(5))
    html = myths.report(file, day=DAY, language="de").html()
    assert '„<span lang="en" dir="auto">yes</span>“' in html


@pytest.mark.parametrize(
    ("language", "enough", "few"),
    [
        ("en", "”: under 1.", "”: too few to tell."),
        ("de", "“: unter 1.", "“: zu wenige für eine Angabe."),
    ],
)
@pytest.mark.parametrize("people", [4, 6])
def test_how_long_a_page_took_is_a_sentence_however_few_answered(
    people, language, enough, few, store, file
):
    store.open_workshop(code="REAL")
    for number, name in enumerate(join(store, "REAL", 6)):
        say(store, name, "myth", "before", 4)
        if number < people:
            store.save(name, asked("felt", "after", words=PAGE, module="closing"), given(5))
    told = words(myths.report(file, day=DAY, language=language))
    assert (enough in told, few in told) == (people > 4, people < 5)
    assert "people minutes" not in told


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Texts that their authors let the evaluation read: too few to tell."),
        ("de", "Davon geben die Schreibenden der Auswertung zu lesen: zu wenige für eine Angabe."),
    ],
)
def test_how_many_texts_are_readable_is_a_sentence_also_where_too_few_are(
    language, told, store, file
):
    store.open_workshop(code="REAL")
    for number, name in enumerate(join(store, "REAL", 6)):
        reader = "evaluation" if number < 3 else "me"
        store.save(name, written(), given(text="Words.", reader=reader))
    assert told in words(myths.report(file, day=DAY, language=language))
