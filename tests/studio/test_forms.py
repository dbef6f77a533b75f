"""Every text has its place in a form, in the order of the page, and beside it what is wrong."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from myths import catalog
from myths.scaffold import begin_module
from myths.studio import DraftEditor
from myths.studio.shown_pieces import shown_pieces
from myths.vocabulary import Audience, Step

from tests.studio.conftest import CONTENT, ROOT, UI, Opened

WORDS = UI.studio
SERIES = catalog.load(CONTENT).series


def leaves(value: Any, place: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{place}.{key}" if place else str(key))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for index, inner in enumerate(value):
            yield from leaves(inner, f"{place}.{index}")
    else:
        yield place


def names(part: str, **options: Any) -> set[str]:
    return set(DraftEditor(CONTENT, UI, part=part, **options).fields)


@pytest.mark.parametrize("slug", SERIES.modules)
def test_every_text_of_a_module_is_in_the_form_of_some_audience(slug: str):
    words = yaml.safe_load((CONTENT / f"modules/{slug}/text.en.yml").read_text("utf-8"))
    shown = set().union(*(names(slug, audience=each) for each in Audience.words()))
    assert {f"t:{place}" for place in leaves(words)} - shown == set()
    assert {"p:recall.correct", "p:discussion_minutes"} <= shown


@pytest.mark.parametrize("slug", SERIES.pages)
def test_every_text_of_a_page_is_in_its_form(slug: str):
    words = yaml.safe_load((CONTENT / f"pages/{slug}/text.en.yml").read_text("utf-8"))
    assert {f"t:{place}" for place in leaves(words)} - names(slug) == set()


def test_every_button_and_message_is_in_the_form_of_its_section():
    words = yaml.safe_load((CONTENT / "ui/en.yml").read_text("utf-8"))
    parts = [each.name for each in DraftEditor(CONTENT, UI).parts if each.kind == "ui"]
    shown = set().union(*(names(part) for part in parts))
    assert shown == {f"t:{place}" for place in leaves(words)}
    assert max(len(names(part)) for part in parts) < 260


def test_every_setting_is_in_a_form():
    assert names("organiser") == {"t:name", "t:contact", "t:exit", "t:colour"}
    lines = yaml.safe_load((CONTENT / "support/eu.yml").read_text("utf-8"))
    kept = {place for place in leaves(lines) if not place.endswith((".id", ".de"))}
    assert {f"t:{place}" for place in kept - {"country", "note.en"}} - names("support/eu") == set()


def test_a_form_has_the_steps_of_the_page_in_their_order():
    editor = DraftEditor(CONTENT, UI, part="risk")
    steps = [Step.VIEW, Step.FACTS, Step.CHECK, Step.STORY, Step.WRITE, Step.AGAIN]
    assert [group.step for group in editor.groups] == steps
    assert [group.title for group in editor.groups] == [str(UI.steps[step]) for step in steps]


def test_no_two_fields_have_one_name_or_label_within_their_fold():
    for slug in (*SERIES.modules, *SERIES.pages):
        for group in DraftEditor(CONTENT, UI, part=slug).groups:
            labels = [(each.legend, field.label) for each in group.sets for field in each.fields]
            assert len(labels) == len(set(labels)), (slug, group.title)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("t:title", "", "The words are empty"),
        ("t:card", "Who <b>calls</b>?", "HTML or script is not allowed here"),
        ("t:core", "# Fact\n\nIt is so.", "A heading is not allowed here"),
        ("t:facts.r1.text", "Nothing is safe, and no intervention is.", "free of risk"),
        ("t:facts.r1.terms", "", "at least 1"),
        ("t:ratings.fact", "A responsible programme can " + "very " * 40 + "help.", "characters"),
        ("t:prompts.protect", "Who tells the spouse?", "say"),
        ("t:reflections.learned", "word " * 45, "words"),
        ("t:myth", "It misleads. " * 60, "more room than the belief"),
        ("p:discussion_minutes", "many", "whole number"),
        ("t:title", "{nobody} knows", "{nobody}"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_while_one_types(
    opened: Opened, name: str, text: str, says: str
):
    form = opened()
    form.fields[name] = text
    checked = form.check()
    assert says in checked["notes"][name]
    assert WORDS.error in checked["notes"][name] or WORDS.warning in checked["notes"][name]
    others = [n for n, note in checked["notes"].items() if note.strip() and n != name]
    assert others == []
    assert checked["unsaved"] != WORDS.all_saved


def test_what_is_still_to_be_written_is_said_once_at_its_field(content: Path):
    sheets = shutil.copytree(ROOT / "notebooks", content.parent / "notebooks")
    begin_module(content, "alcohol", notebooks=sheets, title="Alcohol")
    editor = DraftEditor(content, UI, part="alcohol")
    assert editor.unfinished == {"alcohol": "Alcohol"}
    assert editor.view()["title"] == WORDS.unfinished.format(title="Alcohol")
    found = editor.problems()
    assert len({each.name for each in found}) == len(found) > 25
    assert all(each.text.startswith("This is still to be written (") for each in found)
    assert "t:facts.f1.terms" in {each.name for each in found}


def test_a_form_without_faults_says_so(opened: Opened):
    checked = opened().check()
    assert checked["summary"] == WORDS.fine
    assert not any(note.strip() for note in checked["notes"].values())
    assert checked["unsaved"] == WORDS.all_saved


def test_warnings_and_errors_are_told_apart_and_counted(opened: Opened):
    form = opened()
    form.fields |= {"t:title": "", "t:prompts.protect": "Who tells the spouse?"}
    checked = form.check()
    assert checked["summary"] == f"{WORDS.errors.of(1)} {WORDS.warnings.of(1)}"
    assert WORDS.error in checked["notes"]["t:title"]
    assert WORDS.warning in checked["notes"]["t:prompts.protect"]


def test_a_fault_of_one_text_hides_nothing_of_another(opened: Opened):
    form = opened()
    form.fields |= {"t:core": "<b>No</b>", "t:facts.r1.text": "No intervention is perfect."}
    form.fields["t:prompts.protect"] = "Who tells the spouse?"
    notes = form.check()["notes"]
    assert "HTML" in notes["t:core"]
    assert "free of risk" in notes["t:facts.r1.text"]
    assert "spouse" in notes["t:prompts.protect"]


@pytest.mark.parametrize(
    ("part", "name", "text", "says"),
    [
        ("support/eu", "t:lines.1.phone", "call us", "a number such as"),
        ("support/eu", "t:lines.1.checked", "2020-01-01", "last checked"),
        ("ui/join", "t:join.dates", "No dates", "{until}"),
        ("closing", "t:facts.c1.text", "The approach is holistic.", "gendered"),
    ],
)
def test_settings_and_pages_are_looked_over_too(
    opened: Opened, part: str, name: str, text: str, says: str
):
    form = opened(part)
    form.fields[name] = text
    checked = form.check()
    assert any(says in note for note in checked["notes"].values())


def test_what_differs_from_the_edition_as_it_came_is_listed_and_put_back(
    content: Path, opened: Opened
):
    form = opened()
    form.fields |= {"t:card": "Who hears of danger here, and by when?", "n:prompts": "Who else?"}
    form.press("save")
    editor = DraftEditor(content, UI, part="risk")
    changes = {each.name: each for each in editor.shipped()}
    assert {each.kind for each in changes.values()} == {"changed", "added"}
    assert {"same", "gone", "new"} == {kind for kind, _ in changes["t:card"].pieces}
    opened().press("remove", list="boxes", id="shift")
    kinds = {each.kind for each in DraftEditor(content, UI, part="risk").shipped()}
    assert "left_out" in kinds
    opened().press("restore", name="t:card")
    assert "t:card" not in {each.name for each in DraftEditor(content, UI, part="risk").shipped()}


def test_the_edition_itself_has_nothing_to_be_compared_with():
    editor = DraftEditor(CONTENT, UI, part="risk")
    assert editor.draft.shipped is None
    assert WORDS.changes_own in editor.markup(xsrf="", page_url="", step="")


def test_own_cells_are_shown_at_their_step_and_a_step_left_out_is_told(tmp_path: Path):
    folder = ROOT / "notebooks/participants"
    notebook = yaml.safe_load((folder / "01_risk.ipynb").read_text("utf-8"))
    cells = [cell for cell in notebook["cells"] if "recall" not in "".join(cell["source"])[:20]]
    own = [
        ("markdown", "## Coffee\n\nAt eleven."),
        ("code", 'module.ask("What will you do on Monday?")'),
    ]
    cells[5:5] = [
        {"cell_type": kind, "source": source, "metadata": {}, "id": str(number)}
        | ({"outputs": [], "execution_count": None} if kind == "code" else {})
        for number, (kind, source) in enumerate(own)
    ]
    (tmp_path / "01_risk.ipynb").write_text(json.dumps(notebook | {"cells": cells}))
    found = shown_pieces(tmp_path / "01_risk.ipynb", "risk")
    asked = next(cell for cell in found if cell.kind == "question")
    assert (asked.words, asked.step) == ("What will you do on Monday?", "facts")
    html = DraftEditor(CONTENT, UI, part="risk", notebooks=tmp_path).markup(
        xsrf="", page_url="", step=""
    )
    assert WORDS.cell_question.format(n=asked.number, words="What will you do on Monday?") in html
    assert "Coffee" in html
    assert WORDS.left_out.partition("{")[0] in html
    assert shown_pieces(tmp_path / "none.ipynb", "risk") == []


def test_cells_under_any_name_of_the_module_are_its_sections_and_no_other_call_is(tmp_path: Path):
    sources = [
        "import myths\nours = myths.Module('risk')\nchart = ours.data",
        "display(ours.reading(), ours.recall())",
        "last = ours.ask('When do you call?')\nlast",
        "ours.ask(question='Who calls?')",
        "chart.question('Not of the page')",
        "myths.Module('harm').reflect()",
        "%matplotlib inline\nours.vignette()",
    ]
    cells = [{"cell_type": "code", "metadata": {}, "source": source} for source in sources]
    path = tmp_path / "01_risk.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "cells": cells}))
    assert [(each.number, each.kind, each.step) for each in shown_pieces(path, "risk")] == [
        (2, "section", "facts"),
        (2, "section", "check"),
        (3, "code", "check"),
        (4, "question", "check"),
        (5, "code", "check"),
        (6, "code", "check"),
        (7, "section", "story"),
    ]
    html = DraftEditor(CONTENT, UI, part="risk", notebooks=tmp_path).markup(
        xsrf="", page_url="", step=""
    )
    assert WORDS.cell_question.format(n=4, words="Who calls?") in html
