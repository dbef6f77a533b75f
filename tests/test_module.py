"""What a notebook calls shows the words of the content and asks every item."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import myths
import pytest
from ipywidgets import VBox, Widget
from myths import catalog, components
from myths.console import plan
from myths.errors import ContentError
from myths.module import CALLS
from myths.store import open_store

CATALOG = catalog.load()


def inside(widget: Widget) -> Iterator[Widget]:
    yield widget
    for child in getattr(widget, "children", ()):
        yield from inside(child)


def sheet(module: myths.Module) -> VBox:
    """All sections of a module, in the order of the run sheet."""
    return VBox(
        [
            module.question(),
            module.rate("before"),
            module.reading(),
            module.recall(),
            module.vignette(),
            module.discuss(),
            module.reflect(),
            module.rate("after"),
            module.change(),
            module.commit(),
        ]
    )


def questions(widget: Widget) -> list[components.Question]:
    return [each for each in inside(widget) if isinstance(each, components.Question)]


@pytest.mark.parametrize("slug", CATALOG.series.modules)
def test_a_module_asks_each_of_its_items_and_the_ratings_twice(slug):
    asked = {question.item for question in questions(sheet(myths.Module(slug)))}
    items = CATALOG.module(slug).items
    twice = [item for item in items if item.keyed or item.kind == "confidence"]
    after = [item for item in items if item.id not in ("reason", "plan")]
    assert asked == (
        {f"{slug}.{item.id}.before" for item in twice}
        | {f"{slug}.reason.before"}
        | {f"{slug}.{item.id}.after" for item in after}
    )


@pytest.mark.parametrize("slug", CATALOG.series.modules)
def test_a_trainer_may_have_the_statements_rated_as_people_see_their_view_of_before(slug):
    asked = [question.item for question in questions(myths.Module(slug).rate("retrospective"))]
    statements = CATALOG.module(slug).statements
    assert asked == [f"{slug}.{item.id}.retrospective" for item in statements]


@pytest.mark.parametrize("phase", ["followup", "later"])
def test_a_module_rates_in_no_other_phase(phase):
    with pytest.raises(ContentError, match="rates before, after, retrospective, and not"):
        myths.Module("risk").rate(phase)


def test_a_box_offers_to_let_the_group_read_only_where_the_wall_can_show_it(tmp_path: Path):
    modules = [sheet(myths.Module(slug)) for slug in CATALOG.series.modules]
    pages = [myths.Page(slug).reflect() for slug in CATALOG.series.pages]
    boxes = [
        each
        for page in [*modules, *pages, myths.Page("closing").agreement()]
        for each in questions(page)
        if isinstance(each, components.Reflection)
    ]
    assert len(boxes) > 30
    offering = {box.item for box in boxes if tuple(box.readers) == ("me", "group", "evaluation")}
    others = {box.item for box in boxes if tuple(box.readers) == ("me", "evaluation")}
    room = open_store(f"sqlite:///{tmp_path}/room.sqlite", create=True).open_workshop()
    led = plan.parts(CATALOG, room)
    assert offering == {
        f"{part.slug}.{item.id}.after" for part in led for step in part.steps for item in step.texts
    }
    assert len(offering) + len(others) == len(boxes)
    assert "My group" in str(CATALOG.page("start").section("answers").text)


@pytest.mark.parametrize("slug", CATALOG.series.modules)
def test_a_module_shows_every_fact(slug):
    shown = [
        entry
        for widget in inside(sheet(myths.Module(slug)))
        if isinstance(widget, components.Reading)
        for block in widget.blocks
        for entry in block.get("items", ())
    ]
    facts = CATALOG.module(slug).facts
    assert {entry["id"]: entry["html"] for entry in shown} == {
        fact: said.text for fact, said in facts.items()
    }


def test_the_right_answer_to_the_recall_question_stays_in_python():
    (recall,) = questions(myths.Module("risk").recall())
    item = next(item for item in CATALOG.module("risk").items if item.kind == "recall")
    told = repr({name: getattr(recall, name) for name in recall.keys if name != "_esm"})
    assert "correct" not in told
    assert not any(str(option.feedback) in told for option in item.options)


def test_the_first_rating_is_shown_only_beside_the_second():
    module = myths.Module("risk")
    change = next(w for w in inside(module.change()) if isinstance(w, components.Change))
    before, after = (questions(module.rate(phase))[0] for phase in ("before", "after"))
    before.answer = {"key": "0" * 8 + "-0000-4000-8000-" + "0" * 12, "value": 4, "sent": 1}
    assert before.receipt["state"] == "preview"
    assert change.rows[0]["before"] == 4
    assert "Agree" not in change.html
    assert CATALOG.ui.components.change.nothing in change.html
    after.answer = {"key": "0" * 8 + "-0000-4000-8000-" + "0" * 11 + "1", "value": 2, "sent": 1}
    assert "You moved two steps towards the fact." in change.html
    assert "Danger must be watched for, with a programme and without one." in change.html
    assert 'href="#fact-r1">Fact 1<' in change.html


@pytest.mark.parametrize("slug", CATALOG.series.modules)
def test_the_fact_that_a_remark_names_is_on_the_page(slug):
    module = CATALOG.module(slug)
    html = components.rendered(myths.Module(slug).reading())
    assert all(f' id="fact-{item.fact}"' in html for item in module.statements)


@pytest.mark.parametrize("slug", CATALOG.series.modules)
def test_disagreeing_with_the_myth_and_with_too_much_is_towards_the_fact(slug):
    change = next(
        w for w in inside(myths.Module(slug).change()) if isinstance(w, components.Change)
    )
    assert [row["better"] for row in change.rows] == [-1, 1, -1]
    assert [row["strong"] for row in change.rows] == [False, False, True]


def test_a_question_of_ones_own_is_asked_by_the_component_of_its_kind():
    module, followup = myths.Module("risk"), myths.Page("followup")
    text = module.ask("What will you do on Monday?")
    choice = module.ask("Whom would you call?", options=["The police", "A colleague"], name="call")
    rating = followup.ask("I did it.", scale="done")
    assert isinstance(text, components.Reflection)
    assert isinstance(choice, components.Rating)
    assert isinstance(rating, components.Rating)
    assert [each.item for each in (text, choice, rating)] == [
        "risk.what_will_you_do_on_monday.after",
        "risk.call.after",
        "followup.i_did_it.followup",
    ]
    assert module.ask("Whom?", phase="before").item == "risk.whom.before"
    with pytest.raises(ContentError, match="name 'reason'"):
        module.ask("Reason?")


def test_a_module_that_does_not_exist_is_told_with_those_that_do():
    with pytest.raises(ContentError, match="risk"):
        myths.Module("rsk")
    with pytest.raises(ContentError, match="consent"):
        myths.Page("start").section("consnt")


def test_every_page_has_its_sections_and_the_support_lines():
    start = myths.Page("start")
    for name in CATALOG.page("start").sections:
        assert start.section(name).blocks[0]["heading"]
    words, lines, others = start.support().blocks
    assert words["heading"]
    assert [line["id"] for line in lines["items"]] == ["emergency"]
    assert "Checked on" in lines["items"][0]["html"]
    assert others["html"] == CATALOG.ui.support.ask


def test_check_knows_what_a_notebook_may_call():
    assert {"rate", "reading", "commit"} <= set(CALLS["Module"])
    assert {"section", "support"} <= set(CALLS["Page"])


def test_an_unknown_name_is_told_with_those_that_exist():
    with pytest.raises(AttributeError, match="Module"):
        myths.Modul  # noqa: B018  the access is the test


def test_questions_that_stand_alone_have_headings_of_their_own():
    closing, followup = myths.Page("closing"), myths.Page("followup")
    ui = CATALOG.ui.sections
    headings = {
        ui.recall: myths.Module("risk").recall(),
        ui.page_rate: closing.rate(),
        ui.page_reflect: closing.reflect(),
        ui.plans: followup.outcomes(),
        ui.again: followup.again(),
    }
    for heading, cell in headings.items():
        assert cell.children[0].blocks[0]["heading"] == heading
        assert questions(cell)
