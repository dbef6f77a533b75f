from __future__ import annotations

import json
import re
from pathlib import Path

import myths
import pytest
from myths.errors import EvaluationError
from myths.store import open_store

from tests.evaluation.reports.reading import DAY, Answer, rate, table, words
from tests.evaluation.said import join, say
from tests.evaluation.said import room as said_room

MODULES = ("risk", "womens-services", "mediation")


def test_no_number_is_about_fewer_than_five_people(full):
    told = words(full)
    for pattern in (
        r"(?<![\d.])([0-9]+) (?:people|other|“)",
        r"(\d+) (?:to \d+ )?(?:joined|went no further|rated both times|at the follow-up)",
    ):
        counts = [int(n) for n in re.findall(pattern, told, re.MULTILINE)]
        assert counts, pattern
        assert min(counts) >= 5, pattern
    assert not re.findall(r"(?<!\d)(?:0|100) %(?! and| nor)(?! never)", told.split("So 0 %")[0])
    for caption, column in (
        ("How far people moved on the myths", 1),
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
    assert all(int(low) % 5 == 0 and int(high) % 5 == 4 for low, high in steps)
    left = re.findall(r"(\d+) to (\d+) went no further", told)
    assert all(int(low) % 5 == 1 and int(high) % 5 == 4 for low, high in left)
    crowd = rf"(?:{crowd}|went no further)"
    assert not re.findall(rf"(?<!to )(?<!than )\b\d+ {crowd}(?! at least)", told)
    assert [row[0] for row in table(full, "The workshops")] == [f"Workshop {n}" for n in (1, 2, 3)]
    assert "Their languages were English, German." in told


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


def test_fewer_than_five_people_to_hide_among_are_refused(file):
    with pytest.raises(EvaluationError, match="too few people to hide among"):
        myths.report(file, k=3)


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
