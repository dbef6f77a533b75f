from __future__ import annotations

import re
from typing import Any

import myths
import pytest
from click.testing import CliRunner
from myths.cli import main
from myths.evaluation.data.strata import CLUSTERS_FROM, FLIPS_FROM, ROOMS_FROM
from myths.evaluation.disclosure.published import FARS, SPREADS
from myths.evaluation.reports.blocks import (
    NoteBlock,
    PictureBlock,
    TableBlock,
)
from myths.evaluation.stats.inference import EFFECT_FROM, TESTS_FROM
from myths.evaluation.stats.reliability import feldt
from myths.evaluation.stats.simulation import REPORT
from myths.evaluation.words import words as spoken
from myths.vocabulary import Mode

from tests.evaluation.reports.reading import DAY, is_in, rate, table, words
from tests.evaluation.said import join
from tests.store.samples import asked, given


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


@pytest.mark.parametrize(
    ("pages", "paper", "told"),
    [
        (12, 0, None),
        (12, 6, "joined on a page (10 to 14), joined on paper (5 to 9)."),
        (12, 3, "joined on a page, joined on paper."),
        (3, 12, "joined on a page, joined on paper."),
    ],
)
def test_how_many_joined_on_paper_is_told_as_far_as_it_tells_about_nobody(
    store, file, pages, paper, told
):
    store.open_workshop(code="REAL")
    join(store, "REAL", pages)
    for each in store.new_paper_sets("REAL", language="en", consent="agreed", count=paper):
        name = store.enter_paper_set(each.number, contributes=True).participant
        store.save(name, asked(), given(4), mode=Mode.PAPER)
    said = words(myths.report(file, day=DAY))
    assert ("typed in afterwards" in said) == (told is not None)
    assert told is None or told in said


def test_the_alternatives_agree_with_the_tables(rehearsed, full):
    change = myths.change(rehearsed, rehearsal=True, by="wording")
    told = full.figures["intervals"].alternative
    rows = change[change["primary"]].drop_duplicates(["module", "wording"])
    assert told.count("\n") + 1 == len(rows[rows["n"] >= 10])
    for row in rows.itertuples():
        both = f"{row.n} people with both answers"
        assert f"{both}: the mean change was {row.mean_change:+.1f}" in told
    far = table(full, "How far people moved on the myths")
    assert [row[1] for row in far] == re.findall(r"(\d+) people with both answers: the mean", told)
    counts = myths.attrition(rehearsed, rehearsal=True, module="risk").sum(numeric_only=True)
    told = full.figures["attrition-modules"].alternative.splitlines()[0]
    steps = re.findall("(\\d+ to \\d+) (?:joined|rated before|rated both times)", told)
    for name, step in zip(("joined", "before", "complete"), steps, strict=True):
        assert is_in(counts[name], step)


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
    assert is_in(theirs["n"], people)
    low, high = feldt(round(theirs["alpha"], 1), theirs["n"] // 5 * 5, 3)
    assert alpha == f"about {theirs['alpha']:.1f} ({low:.1f} to {high:.1f})"
    assert omega == "not given"


def test_where_statements_are_no_scale_the_refusal_is_told(file, store):
    rate(store, "REAL", [(5, 1), (4, 2)] * 6)
    told = words(myths.report(file, day=DAY))
    assert "Statements that repeat a myth (English). It takes at least three modules" in told
    assert "Do the first ratings" not in told


def test_a_rehearsal_says_so_before_anything_else(full):
    notes = [block.text for block in full.text.blocks if isinstance(block, NoteBlock)]
    assert "made up" in notes[0]


def test_it_says_whom_the_workshops_were_for(rehearsed, full, tmp_path):
    told = "Whom the workshops were for, as their trainers said: "
    both = "Mixed group (2 workshops); Judges and prosecutors (1 workshop)."
    assert told + both in words(full)
    command = ["report", "--db", f"sqlite:///{rehearsed}", "--rehearsal", "--date", str(DAY)]
    command += ["--format", "html", "--out", str(tmp_path / "courts"), "--audience", "courts"]
    command += ["--language", "en"]
    assert CliRunner().invoke(main, command).exit_code == 0
    page = (tmp_path / "courts.html").read_text()
    assert f"{told}Judges and prosecutors (1 workshop)." in page
    same = {"rehearsal": True, "day": DAY, "language": "en"}
    courts = myths.report(rehearsed, audience="courts", **same)
    assert courts.html() == page
    assert courts.html() == myths.report(rehearsed, "TRIAL2", **same).html()


def test_while_people_can_withdraw_the_report_warns(file, store):
    store.open_workshop(code="REAL", pool_days=30)
    store.join("REAL", language="en", consent="agreed")
    assert "can still withdraw" in words(myths.report(file))


CASES: dict[str, tuple[list[Any], str]] = {
    "nobody": ([], "There are no answers to report yet"),
    "one person": ([(5, 1)], "Fewer than 5 people joined"),
    "all declined": ([("declined", "declined")] * 12, "nothing can be said about change"),
    "never asked after": ([(4, None)] * 12, "nothing can be said about change"),
    "all identical": ([(5, 5)] * 12, "Before: most “agree” to “strongly agree”, few other"),
    "all moved alike": ([(5, 1)] * 24, "-3.6 or less"),
    "a few pairs": ([(5, 1)] * 6 + [(4, None)] * 6, "the groups are too small to show"),
    "one workshop": ([(5, 1), (4, 2), (5, 2), (3, 4), (4, 4)] * 8, "0.002"),
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
        f"From {EFFECT_FROM} pairs on the mean change is given",
        f"From {TESTS_FROM} on it has an interval, if",
        "told as 0.5, 0.75, 1, 1.5 or 2 points to either side",
        f"p is of the t with {FLIPS_FROM - 1} degrees of freedom",
        "at most {:g}, at most {:g}, or more".format(*SPREADS),
        f"t has {CLUSTERS_FROM - 1} degrees of freedom",
    ):
        assert rule in told, rule
    assert (ROOMS_FROM, FLIPS_FROM, CLUSTERS_FROM) == (3, 6, 10)
    assert FARS == (0.5, 0.75, 1, 1.5, 2)
    assert "From ten workshops on, the deviation counts whole workshops" in told


@pytest.mark.parametrize(
    ("language", "few", "many"),
    [
        ("en", "it is {} to {} of 100 times", "with ten to twenty such workshops, {} to {} times"),
        (
            "de",
            "ist es in {} bis {} von 100",
            "zwanzig solchen Workshops in {} bis {}",
        ),
    ],
)
def test_how_often_intervals_hold_is_what_the_simulation_found(language, few, many):
    told = spoken(language).report.methods.replace("\n", " ")
    rows = [row.strip("| ").split(" | ") for row in REPORT.read_text("utf-8").splitlines()]
    rows = [row for row in rows if row[0].isdigit()]

    def held(column: int, *, workshops: range, unequal: bool) -> tuple[int, int]:
        """Return the least and the most share of made-up studies, in hundredths."""
        shares = [
            float(row[column].removesuffix(" %"))
            for row in rows
            if int(row[0]) in workshops and (not unequal or " to " in row[1])
        ]
        return round(min(shares)), round(max(shares))

    assert few.format(*held(8, workshops=range(3, 10), unequal=False)) in told
    assert many.format(*held(6, workshops=range(10, 21), unequal=True)) in told


def test_a_module_that_was_never_asked_after_is_named(file, store):
    rate(store, "REAL", [(4, None)] * 12)
    assert "so there are no pairs: Risk." in words(myths.report(file, day=DAY))


def test_below_ten_pairs_people_are_only_described(file, store):
    rate(store, "REAL", [(5, 1), (4, 4), (4, 2)] * 3)
    row = table(myths.report(file), "How far people moved on the myths")[0]
    assert row[1:] == ("9", "not given", "not given", "no test")


def test_only_tests_that_the_report_shows_are_counted(file, store):
    """With two workshops the row for all has no test, though one room has 30 people."""
    for code in ("ROOM1", "ROOM2"):
        rate(store, code, [(5, 2), (4, 3), (5, 3)] * 11)
    made = myths.report(file, day=DAY)
    assert {row[-1] for row in table(made, "How far people moved on the myths")} == {"no test"}
    assert "None of these changes could be tested" in words(made)


def test_where_thirty_people_changed_by_nothing_the_test_is_told_as_any_other(file, store):
    """That there was no test told that nobody had moved."""
    rate(store, "REAL", [(4, 4)] * 30)
    row = table(myths.report(file, day=DAY), "How far people moved on the myths")[0]
    assert row[1:] == ("30", "0.0 (-0.6 to 0.6)".replace(" 0.6", " +0.6"), "not given", "1.000")
