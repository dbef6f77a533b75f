"""Before anything is published it is told which answers can no longer be put together."""

from __future__ import annotations

from pathlib import Path

import pytest
from myths import catalog
from myths.scaffold import begin_module
from myths.studio import Publication

from tests.small_edition import MODULES
from tests.studio.conftest import Draft

RISK = "modules/risk/text.en.yml"
MYTH = "bring (ex-)partners into more danger"


@pytest.fixture
def publication(draft: Draft) -> Publication:
    publication = draft.publication()
    publication.open()
    return publication


def told(publication: Publication) -> list[tuple[str, str]]:
    return [(each.part, each.item) for each in publication.unpooled()]


def test_a_statement_with_other_words_is_told_with_both_and_other_words_are_not(
    draft: Draft, publication: Publication
):
    draft.words(RISK, "Asking for a perfect solution", "Asking for the moon")
    assert publication.changes()
    assert told(publication) == []
    draft.words(RISK, MYTH, "are of no use")
    (question,) = publication.unpooled()
    assert (question.part, question.item, question.language) == ("Risk", "myth", "en")
    assert question.before.startswith(f"Perpetrator programmes {MYTH}.\nStrongly disagree")
    assert question.after.startswith("Perpetrator programmes are of no use.\n")


def test_it_is_told_of_exactly_those_whose_hash_is_another(draft: Draft, publication: Publication):
    old = catalog.load(publication.served_content)
    draft.words("ui/en.yml", "Strongly disagree", "Not at all")
    new = catalog.load(draft.content)
    changed = {
        (part.title, item.id)
        for slug in (*old.series.modules, *old.series.pages)
        for part in [old.page(slug) if slug in old.series.pages else old.module(slug)]
        for item in part.items
        for later in [new.page(slug) if slug in old.series.pages else new.module(slug)]
        if later.item(item.id).wording != item.wording
    }
    assert len(changed) == 3 * len(MODULES)
    assert set(told(publication)) == changed


def test_options_in_another_order_are_pooled_and_other_options_are_not(
    draft: Draft, publication: Publication
):
    draft.words("modules/risk/module.yml", "options: [a, b, c, d]", "options: [c, a, b, d]")
    assert publication.changes()
    assert told(publication) == []
    draft.words(RISK, "text: It assesses the risk many times", "text: It looks again")
    (question,) = publication.unpooled()
    assert question.item == "recall"
    assert "It looks again" in question.after


def test_a_question_for_one_audience_is_told_once(draft: Draft, publication: Publication):
    path = draft.content / RISK
    before, audiences, after = path.read_text("utf-8").partition("\naudiences:\n")
    assert audiences
    after = after.replace("    reflection: ", "    reflection: And ", 1)
    path.write_text(before + audiences + after, "utf-8")
    (question,) = publication.unpooled()
    assert question.item == "practice"
    assert question.after == f"And {question.before}"


def test_a_trainers_own_question_is_told_when_its_words_change_or_when_it_goes(
    draft: Draft, publication: Publication
):
    draft.cells(
        "01_risk.ipynb",
        'module.ask("What will you do?", name="monday")',
        'module.ask("Whom would you call?", options=["The police", "Nobody"], name="call")',
        'module.ask("I know whom.", scale="agree", name="know")',
    )
    assert told(publication) == []  # nobody was asked them before
    publication.publish(run=False)
    path = draft.notebooks / "01_risk.ipynb"
    notebook = path.read_text()
    path.write_text(
        notebook.replace("What will you do?", "What will you do then?").replace(
            "Nobody", "My mother"
        )
    )
    assert told(publication) == [("Risk", "monday"), ("Risk", "call")]
    path.write_text(notebook.replace('module.ask(\\"I know whom.\\"', 'module.ask(\\"I do.\\"'))
    assert told(publication) == [("Risk", "know")]
    path.write_text(notebook.replace('name=\\"know\\"', 'name=\\"sure\\"'))
    (question,) = publication.unpooled()
    assert (question.item, question.after) == ("know", "")
    words = draft.content / "ui/en.yml"
    words.write_text(words.read_text().replace("Strongly disagree", "Not at all"))
    path.write_text(notebook)
    assert ("Risk", "know") in told(publication)


def test_a_question_of_a_module_that_is_a_draft_was_asked_of_nobody(
    draft: Draft, publication: Publication
):
    begin_module(draft.content, "courts", notebooks=draft.folder / "notebooks")
    (path,) = draft.notebooks.glob("*_courts.ipynb")
    draft.cells(path.name, 'module.ask("What will you do?", name="monday")')
    publication.publish(run=False)
    path.write_text(path.read_text().replace("What will you do?", "And then?"))
    assert publication.changes()
    assert told(publication) == []


def test_a_statement_that_is_asked_no_more_is_told(draft: Draft, publication: Publication):
    draft.words("modules/risk/module.yml", "  - {id: over, keyed: overcorrection, fact: r1}\n", "")
    draft.words(RISK, "  over: No programme removes all danger.\n", "")
    draft.words(
        RISK, '  over: "A responsible programme removes all danger for (ex-)partners."\n', ""
    )
    assert {(each.item, each.after) for each in publication.unpooled()} == {("over", "")}


@pytest.mark.parametrize("name", ["content/series.yml", "content/ui/en.yml", f"content/{RISK}"])
def test_of_what_cannot_be_read_nothing_is_told_for_the_check_tells_it(
    draft: Draft, publication: Publication, name: str
):
    (Path(draft.folder) / name).write_text("[")
    (draft.notebooks / "01_risk.ipynb").write_text("{")
    assert publication.changes()
    assert told(publication) == []


def test_a_step_back_tells_it_too(draft: Draft, publication: Publication):
    draft.words(RISK, MYTH, "are of no use")
    publication.publish(run=False)
    back = publication.step_back()
    assert back
    assert [(each.item, MYTH in each.after) for each in back.unpooled] == [("myth", True)]
