from __future__ import annotations

import json
import re
import shutil
import sqlite3
import stat
import subprocess
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import myths
import pandas as pd
import pytest
import typst
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from myths.cli import main
from myths.errors import CodingError, EvaluationError, StoreError
from myths.evaluation.data.strata import CLUSTERS_FROM
from myths.evaluation.disclosure.bands import share, stepped
from myths.evaluation.reports import Report
from myths.evaluation.reports.blocks import (
    HeadingBlock,
    NoteBlock,
    ParagraphBlock,
    PictureBlock,
    TableBlock,
)
from myths.evaluation.stats.inference import EFFECT_FROM, RESAMPLES, TESTS_FROM
from myths.evaluation.stats.ranks import EXACT_UP_TO, FLIPS
from myths.samples import make
from myths.store import Store, open_store
from playwright.sync_api import Browser

from tests.evaluation.coding.coders import room
from tests.evaluation.said import join, say
from tests.evaluation.said import room as said_room
from tests.store.samples import asked, given

DAY = date(2026, 11, 22)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("rehearsed") / "rehearsal.sqlite")


@pytest.fixture(scope="module")
def full(rehearsed: Path) -> Report:
    return myths.report(rehearsed, rehearsal=True, day=DAY)


@pytest.fixture(scope="module")
def coded(rehearsed: Path, tmp_path_factory: pytest.TempPathFactory) -> myths.Coding:
    """Two coders who differ now and then about what was learned."""
    folder = tmp_path_factory.mktemp("coded")
    coding = myths.Coding(folder, db=rehearsed, rehearsal=True, items=["learned"])
    coding.add("cooperation", name="Working together", definition="Speaks of working together.")
    for name in ("one", "two"):
        coder = coding.coder(name)
        for place, text in enumerate(sorted(coder.texts, key=lambda text: text.id)):
            if len(text.words) % 2 and (name == "one" or place % 9):
                coder.toggle(text.id, "cooperation")
            else:
                coder.none(text.id)
        coder.finish()
    return coding


@pytest.fixture
def unfinished(rehearsed: Path, tmp_path: Path) -> myths.Coding:
    """One coder, who has not finished."""
    coding = myths.Coding(tmp_path / "coding", db=rehearsed, rehearsal=True, items=["risk.learned"])
    coding.add("doubt", name="Doubt", definition="Speaks of doubt.")
    coder = coding.coder("anna-somebody")
    for text in coder.texts:
        coder.toggle(text.id, "doubt")
    return coding


@pytest.fixture(scope="module")
def quoted(rehearsed: Path, coded: myths.Coding) -> Report:
    return myths.report(rehearsed, rehearsal=True, day=DAY, coding=coded.folder)


def words(report: Report) -> str:
    """All that the report says, in tables, pictures and paragraphs."""
    told = []
    for block in report.text.blocks:
        if isinstance(block, TableBlock):
            told += [
                block.caption,
                block.how,
                *(cell for row in (block.head, *block.rows) for cell in row),
            ]
        elif isinstance(block, PictureBlock):
            told.append(str(block.figure))
        else:
            told.append(block.text)
    return "\n".join(told)


def table(report: Report, caption: str) -> list[tuple[str, ...]]:
    found = [b for b in report.text.blocks if isinstance(b, TableBlock) and b.caption == caption]
    return list(found[0].rows) if found else []


Answer = int | None | str  # a value, nothing, or "declined"


def rate(store: Store, code: str, answers: list[tuple[Answer, Answer]], item: str = "myth") -> None:
    """Open a workshop and let people rate a statement before and after."""
    scale = {str(value): f"option {value}" for value in range(1, 6)}
    question = {"question": f"Is <b>{item}</b> so?", "options": scale, "keyed": "myth"}
    room = store.open_workshop(code=code, pool_days=0)
    for both in answers:
        person = store.join(room.code, language="en", consent="agreed").participant
        for phase, value in zip(("before", "after"), both, strict=True):
            if value == "declined":
                store.save(person, asked(item, phase, words=question), given(declined=True))
            elif value is not None:
                store.save(person, asked(item, phase, words=question), given(value))


@pytest.mark.parametrize(
    ("options", "ends", "told"),
    [
        ({"1": "No; not = at all", "2": "So; so"}, None, "10 “No; not = at all”; 10 “So; so”"),
        ({"1": "1", "2": "2"}, None, "10 “1”; 10 “2”"),
        ({"1": "1", "2": "2"}, ["Bad; = 1", "Good"], "10 “Bad; = 1”; 10 “Good”"),
        ({}, None, None),
    ],
)
def test_labels_of_any_words_and_of_none_are_told_as_they_are(store, file, options, ends, told):
    store.open_workshop(code="REAL")
    question = {"question": "Was it good?", "options": options} | ({"ends": ends} if ends else {})
    for number in range(20):
        person = store.join("REAL", language="en", consent="agreed").participant
        felt = asked("felt", "after", words=question, module="closing")
        store.save(person, felt, given(1 + number % 2))
    said = words(myths.report(file, day=DAY))
    assert told is None or told in said
    assert ("Was it good?" in said) == (told is not None)


def test_one_command_writes_a_page_and_a_document(rehearsed, full, tmp_path):
    command = ["report", "--db", f"sqlite:///{rehearsed}", "--rehearsal", "--date", str(DAY)]
    told = CliRunner().invoke(main, [*command, "--out", str(tmp_path / "new" / "first")])
    assert told.exit_code == 0, told.output
    page, document = map(Path, told.output.split())
    assert page.read_text() == full.html()
    assert document.read_bytes() == full.pdf()


def test_the_same_database_and_day_give_the_same_bytes(rehearsed, full):
    again = myths.report(rehearsed, rehearsal=True, day=DAY)
    assert again.html() == full.html()
    assert again.pdf() == full.pdf()
    other = myths.report(rehearsed, rehearsal=True, day=date(2026, 11, 23))
    assert other.html().replace("23 Nov", "22 Nov").replace("11-23", "11-22") == full.html()


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_page_is_accessible_and_asks_nothing_of_anybody(full, browser: Browser, look, tmp_path):
    file = tmp_path / "report.html"
    file.write_text(full.html())
    page = browser.new_page(color_scheme=look, viewport={"width": 390, "height": 844})
    asked_for = []
    page.on("request", lambda request: asked_for.append(request.url))
    page.goto(file.as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    for summary in page.locator("summary").all():
        summary.click()
    found = Axe().run(page, options={"runOnly": RULES})
    assert found.violations_count == 0, found.generate_report()
    assert asked_for == [file.as_uri()]
    page.close()


def test_the_page_holds_no_script_and_no_address_to_load(full):
    html = full.html()
    assert not re.findall(r"<script|<link|<img|<iframe|javascript:|@import|\bon\w+=\"", html)
    assert not re.findall(r'(?:src|href)="(?!#)', html)
    assert not re.findall(r"url\((?!#)", html)
    assert html.count('role="img"') == len(full.figures) > 5
    assert '<html lang="en">' in html
    assert html.count("<caption") == html.count("<table") > 5


def test_headings_are_in_order_and_tables_are_even(full):
    levels = [block.level for block in full.text.blocks if isinstance(block, HeadingBlock)]
    assert levels[0] == 2
    assert all(below <= above + 1 for above, below in pairwise(levels))
    for block in full.text.blocks:
        if isinstance(block, TableBlock):
            assert {len(row) for row in block.rows} == {len(block.head)}, block.caption


def test_the_document_is_tagged_with_title_language_and_alternatives(full):
    document = full.pdf()
    assert document.startswith(b"%PDF-1.7")
    assert b"pdfuaid:part" in document
    for tag in (b"/MarkInfo", b"/StructTreeRoot", b"/Lang", b"/DisplayDocTitle true"):
        assert tag in document, tag
    assert full.text.title.encode() in document
    assert document.count(b"/S/Figure") + document.count(b"/S /Figure") == len(full.figures)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext")
def test_the_text_of_the_document_can_be_read_out(full, tmp_path):
    file = tmp_path / "report.pdf"
    file.write_bytes(full.pdf())
    done = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True)
    text = " ".join(done.stdout.split())
    for block in full.text.blocks:
        if isinstance(block, HeadingBlock | ParagraphBlock | NoteBlock):
            assert " ".join(block.text.split())[:60] in text


def test_the_document_uses_only_fonts_that_come_with_its_program(full):
    fonts = set(re.findall(rb"/FontName\s*/[A-Z]{6}\+(\w+)", full.pdf()))
    families = {family.replace(" ", "").encode() for family in _embedded()}
    assert fonts
    assert all(any(font.startswith(family) for family in families) for font in fonts), fonts


def _embedded() -> list[str]:
    return typst.Fonts(include_system_fonts=False).families()


def test_the_alternatives_agree_with_the_tables(rehearsed, full):
    change = myths.change(rehearsed, rehearsal=True, by="wording")
    told = full.figures["medians"].alternative
    rows = change[change["primary"]].drop_duplicates(["module", "wording"])
    assert told.count("\n") + 1 == len(rows[rows["n"] >= 5])
    for row in rows.itertuples():
        sentence = (
            f"{row.n} people with both answers: the median was {row.median_before:g} "
            f"before and {row.median_later:g} after."
        )
        assert sentence in told
    counts = myths.attrition(rehearsed, rehearsal=True, module="risk").sum(numeric_only=True)
    told = full.figures["attrition-modules"].alternative.splitlines()[0]
    assert f"{stepped(counts['joined'])} joined" in told
    assert f"{stepped(counts['before'])} rated before" in told
    assert f"{stepped(counts['complete'])} rated both times" in told


def test_no_number_is_about_fewer_than_five_people(full):
    told = words(full)
    for pattern in (
        r"(?<![\d.])([0-9]+) (?:people|closer|the same|further|other|“)",
        r"(\d+) (?:to \d+ )?(?:joined|went no further|rated both times|at the follow-up)",
        r"of (\d+)$",
    ):
        counts = [int(n) for n in re.findall(pattern, told, re.MULTILINE)]
        assert counts, pattern
        assert min(counts) >= 5, pattern
    assert not re.findall(r"(?<!\d)(?:0|100) %(?! and| nor)(?! never)", told.split("So 0 %")[0])
    for caption, column in (
        ("How people moved, and where they stood before", 1),
        ("Each workshop by itself", 2),
        ("From before to the follow-up", 1),
        ("Other questions", 1),
        ("The question about the facts", 1),
    ):
        rows = table(full, caption)
        assert rows, caption
        assert min(int(row[column].split(" to ")[0]) for row in rows) >= 5, caption


def test_who_joined_and_who_left_is_told_in_steps_only(full):
    """An exact number beside another one would tell that a few people left."""
    told = words(full)
    steps_on = "rated before|rated both|at the follow-up"
    crowd = rf"(?:people (?:joined|in \d)|joined|{steps_on})"
    steps = re.findall(rf"(\d+) to (\d+) {crowd}", told)
    assert len(steps) > 20
    assert all(int(low) % 5 == 0 and int(high) == int(low) + 4 for low, high in steps)
    left = re.findall(r"(\d+) to (\d+) went no further", told)
    assert all(int(low) % 5 == 1 and int(high) == int(low) + 8 for low, high in left)
    crowd = rf"(?:{crowd}|went no further)"
    assert not re.findall(rf"(?<!to )(?<!than )\b\d+ {crowd}(?! at least)", told)
    people = [row[2] for row in table(full, "People in each workshop")]
    assert people == ["20 to 24", "20 to 24", "15 to 19"]
    assert "English (35 to 39), German (20 to 24)" in told


def test_a_few_who_left_alter_nothing_in_the_whole_report(tmp_path):
    """Not its words, not its pictures: neither that one to four left, nor what they had said."""
    pairs = [(5, 1), (4, 2), (5, 4), (3, 3)] * 5
    lost: list[list[tuple[Answer, Answer]]] = [[], [(1, None)], [(None, 5), (2, "declined")]]
    lost.append([(5, None), (5, None), (None, None), ("declined", None)])
    pages = set()
    for number, people in enumerate(lost):
        file = tmp_path / f"{number}.sqlite"
        rate(open_store(f"sqlite:///{file}", create=True), "ROOM", [*pairs, *people])
        pages.add(myths.report(file, day=DAY).html())
    assert len(pages) == 1


def test_every_picture_and_table_says_how_to_read_it(quoted):
    shown = [b for b in quoted.text.blocks if isinstance(b, TableBlock | PictureBlock)]
    hows = [b.how if isinstance(b, TableBlock) else b.figure.how_to_read for b in shown]
    assert len(shown) > 20
    assert all(how.endswith(".") and "{" not in how for how in hows)
    page = quoted.html()
    assert page.count("How to read this:") == len(shown)


def test_reliability_is_told_with_intervals_for_each_language(full, rehearsed):
    rows = table(full, "Do the first ratings of one kind go together?")
    assert len(rows) == 8
    kind, modules, people, alpha, omega = rows[0]
    assert (kind, modules) == ("Statements that repeat a myth (English)", "3")
    theirs = myths.reliability(rehearsed, rehearsal=True, language="en", composite="myths").iloc[0]
    assert people == stepped(theirs["n"])
    ends = f"{theirs['alpha_low']:.2f} to {theirs['alpha_high']:.2f}"
    assert alpha == f"{theirs['alpha']:.2f} ({ends})"
    assert omega == "not given"


def test_where_statements_are_no_scale_the_refusal_is_told(file, store):
    rate(store, "REAL", [(5, 1), (4, 2)] * 6)
    told = words(myths.report(file, day=DAY))
    assert "Statements that repeat a myth (English). It takes at least three modules" in told
    assert "Do the first ratings" not in told


def test_times_are_coarse_and_of_nobody_by_themselves(full, rehearsed):
    rows = table(full, "Minutes for each section")
    steps = {"under 1", "1 to 5", "5 to 15", "15 to 30", "over 30", "-"}
    assert len(rows) == 7
    assert {cell for row in rows for cell in row[1:]} <= steps
    more = words(myths.report(rehearsed, rehearsal=True, day=DAY, k=30))
    assert "fewer than 30 people" in more


def test_nothing_names_a_workshop_or_a_person(rehearsed, full, quoted, unfinished):
    people = myths.participants(rehearsed, rehearsal=True)
    working = myths.report(rehearsed, rehearsal=True, day=DAY, coding=unfinished.folder)
    for made in (full, quoted, working):
        page = made.html() + json.dumps([vars(b) for b in made.text.blocks], default=str)
        for name in {*people["participant"], *people["workshop"], "anna-somebody"}:
            assert name not in page
        for place in (rehearsed, unfinished.folder, Path.cwd()):
            assert str(place) not in page


def test_a_rehearsal_says_so_before_anything_else(full):
    notes = [block.text for block in full.text.blocks if isinstance(block, NoteBlock)]
    assert "made up" in notes[0]


def test_it_says_whom_the_workshops_were_for(rehearsed, full, tmp_path):
    told = "Whom the workshops were for, as their trainers said: "
    both = "Mixed group (2 workshops); Judges and prosecutors (1 workshop)."
    assert told + both in words(full)
    command = ["report", "--db", f"sqlite:///{rehearsed}", "--rehearsal", "--date", str(DAY)]
    command += ["--format", "html", "--out", str(tmp_path / "courts"), "--audience", "courts"]
    assert CliRunner().invoke(main, command).exit_code == 0
    page = (tmp_path / "courts.html").read_text()
    assert f"{told}Judges and prosecutors (1 workshop)." in page
    courts = myths.report(rehearsed, audience="courts", rehearsal=True, day=DAY)
    assert courts.html() == page
    assert courts.html() == myths.report(rehearsed, "TRIAL2", rehearsal=True, day=DAY).html()


def test_while_people_can_withdraw_the_report_warns(file, store):
    store.open_workshop(code="REAL", pool_days=30)
    store.join("REAL", language="en", consent="agreed")
    assert "can still withdraw" in words(myths.report(file))


CASES: dict[str, tuple[list[Any], str]] = {
    "nobody": ([], "There are no answers to report yet"),
    "one person": ([(5, 1)], "Fewer than 5 people joined"),
    "all declined": ([("declined", "declined")] * 12, "nothing can be said about change"),
    "never asked after": ([(4, None)] * 12, "nothing can be said about change"),
    "all identical": ([(5, 5)] * 12, "most the same"),
    "all moved alike": ([(5, 1)] * 24, "nearly all closer"),
    "a few pairs": ([(5, 1)] * 6 + [(4, None)] * 6, "too few to show"),
    "one workshop": ([(5, 1), (4, 2), (5, 2), (3, 4), (4, 4)] * 8, "below 0.001"),
}


@pytest.mark.parametrize("case", CASES)
def test_poor_data_give_an_honest_small_report(case, file, store):
    answers, sentence = CASES[case]
    rate(store, "REAL", answers)
    made = myths.report(file, day=DAY)
    told = words(made)
    assert sentence in told, told
    for wrong in ("NaN", "nan", "<NA>", "None", "inf "):
        assert wrong not in told.replace("None of", ""), wrong
    assert "<b>" not in made.html()
    assert made.pdf().startswith(b"%PDF")
    if case in ("all moved alike", "all identical"):
        assert not re.search(r"\b1\.00\b|100 %", told.split("So 0 %")[0])


def test_the_methods_are_those_of_the_code(full):
    """A change of a rule in the code must come with its sentence."""
    told = words(full)
    for rule in (
        f"With fewer than {EFFECT_FROM} pairs there is only description",
        f"From {EFFECT_FROM} to {TESTS_FROM - 1} there is an effect",
        f"From {TESTS_FROM} there are also tests",
        f"with {RESAMPLES:,} samples and a fixed seed",
        f"Up to {EXACT_UP_TO} pairs it is exact",
        f"{FLIPS:,} at random",
        "Hesterberg 2015, The American Statistician 69, 371-386",
        "Streitberg and Röhmel 1986",
    ):
        assert rule in told, rule
    assert CLUSTERS_FROM == 10
    assert "From ten workshops on the test is another one" in told


def test_a_module_that_was_never_asked_after_is_named(file, store):
    rate(store, "REAL", [(4, None)] * 12)
    assert "so there are no pairs: Risk." in words(myths.report(file, day=DAY))


def test_below_ten_pairs_people_are_only_described(file, store):
    rate(store, "REAL", [(5, 1), (4, 4), (4, 2)] * 3)
    row = table(myths.report(file), "How far people moved on the myths")[0]
    assert row[3:] == ("not given", "not given", "not given", "no test")


def test_an_old_database_and_a_wrong_one_are_told_in_a_sentence(file, store, tmp_path):
    with sqlite3.connect(file) as old:
        old.execute("update myths_version set version_num = '0000'")
    other = tmp_path / "other.txt"
    other.write_text("no database")
    for place in (file, other, tmp_path / "absent.sqlite"):
        with pytest.raises(StoreError):
            myths.report(place)
        told = CliRunner().invoke(main, ["report", "--db", f"sqlite:///{place}"])
        assert told.exit_code == 1
        assert told.output.startswith("Error: ")
        assert "Traceback" not in told.output


def test_fewer_than_five_people_to_hide_among_are_refused(file):
    with pytest.raises(EvaluationError, match="too few people to hide among"):
        myths.report(file, k=3)


def test_a_place_that_cannot_be_written_is_named(file, store, tmp_path):
    (tmp_path / "taken").write_text("")
    with pytest.raises(EvaluationError, match="choose another place"):
        myths.report(file).save(tmp_path / "taken" / "report")


def test_a_failure_leaves_the_older_report_and_no_part_of_a_new_one(file, store, tmp_path):
    made = myths.report(file)
    folder = tmp_path / "reports"
    (folder / "report.pdf").mkdir(parents=True)  # the document cannot take its place
    (folder / "report.html").write_text("older")
    broken = Report(replace(made.text, blocks=(*made.text.blocks, object())))
    with pytest.raises(AttributeError):
        broken.save(folder / "report")
    assert (folder / "report.html").read_text() == "older"
    with pytest.raises(EvaluationError, match=r"report\.pdf cannot be written"):
        made.save(folder / "report")
    assert sorted(path.name for path in folder.iterdir()) == ["report.html", "report.pdf"]


def test_only_its_owner_may_read_a_report(file, store, tmp_path):
    for path in myths.report(file).save(tmp_path / "report"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_ending_says_which_kind_to_write(file, store, tmp_path):
    assert myths.report(file).save(tmp_path / "only.html") == [tmp_path / "only.html"]
    assert not (tmp_path / "only.pdf").exists()


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


def test_agreement_has_its_interval_and_quotes_come_with_a_warning(quoted, coded):
    found = coded.agreement().iloc[0]
    ends = f"{found['alpha_low']:.2f} to {found['alpha_high']:.2f}"
    (row,) = table(quoted, "What the texts are about")
    assert row[2] == f"{found['alpha']:.2f} ({ends})"
    quotes = table(quoted, "Quotes, drawn by chance")
    assert [row[1] for row in quotes] == [f"“{text}”" for text in coded.quotes()["quote"]]
    assert any("Read every quote" in b.text for b in quoted.text.blocks if isinstance(b, NoteBlock))


def test_a_quote_that_may_point_to_a_person_is_left_out(rehearsed, coded, monkeypatch):
    drawn = coded.quotes()
    drawn["look_first"] = ["name", *[pd.NA] * (len(drawn) - 1)]
    monkeypatch.setattr(myths.Coding, "quotes", lambda *_, **__: drawn)
    made = myths.report(rehearsed, rehearsal=True, day=DAY, coding=coded.folder)
    assert len(table(made, "Quotes, drawn by chance")) == len(drawn) - 1
    assert "Some texts that were drawn are not shown" in words(made)


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
    row = ("Working together", share(people, authors), "1.00 (no interval)")
    assert table(made, "What the texts are about") == [row]
    assert f"The texts of {stepped(authors)} people were coded by 2 people" in words(made)


@pytest.mark.parametrize("few", [0, 1, 4])
@pytest.mark.parametrize("given", [True, False])
def test_a_code_of_nobody_or_everybody_is_told_as_one_of_nearly_so(given, few, file, store):
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
                (coder.toggle(text.id, "doubt") if given != odd else coder.none(text.id))
            coder.finish()
        made = myths.report(file, day=DAY, coding=coding.folder)
        told.add(words(made).split("\nQuotes, drawn")[0])
        row = ("Doubt", "nearly all" if given else "nearly none", "not given")
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


def test_only_tests_that_the_report_shows_are_counted(file, store):
    """With two workshops the row for all has no test, though one room has 30 people."""
    for code in ("ROOM1", "ROOM2"):
        rate(store, code, [(5, 2), (4, 3), (5, 3)] * 11)
    made = myths.report(file, day=DAY)
    assert {row[-1] for row in table(made, "How far people moved on the myths")} == {"no test"}
    assert "None of these changes could be tested" in words(made)


MODULES = ("risk", "womens-services", "mediation")


@pytest.mark.parametrize("others", [0, 1, 4])
def test_where_nearly_all_answered_alike_no_coefficient_tells_how_many(others, file, store):
    names = said_room(store, "ROOM", [(4 - (n % 3), 2) for n in range(12)])
    for place, name in enumerate(names):
        for module in MODULES[1:]:
            say(store, name, "myth", "before", 1 if place < others else 5, module=module)
    told = words(myths.report(file, day=DAY))
    assert "Statements that repeat a myth (English). People answered too much alike." in told
    assert not re.search("everybody (answered|has)|on some item|same sum", told)


def test_no_advice_for_python_and_no_language_of_a_few_is_in_the_report(file, store):
    names = said_room(store, "ROOM", [(4, 2)] * 10)
    for name in names[:5]:
        for module in MODULES[1:]:
            say(store, name, "myth", "before", 4, module=module)
            say(store, name, "myth", "after", 4, module=module, wording="other")
    for name in names[5:]:
        for module in MODULES[1:]:
            say(store, name, "myth", "before", 4, module=module, wording="other")
    alone = join(store, "ROOM", 1, "de")
    say(store, alone[0], "myth", "before", 4, language="de")
    told = words(myths.report(file, day=DAY))
    assert "(English). Not everybody was asked in the same words." in told
    assert not re.search(r"\w=|pool_wordings|choose", told)
    refused = told.split("for these reasons:")[1].split("How long it took")[0]
    assert "German" not in refused
