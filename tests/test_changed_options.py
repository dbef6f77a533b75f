"""Options that are moved, renamed, removed or added: an answer keeps meaning what was chosen."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable
from pathlib import Path

import myths
import pyreadstat
import pytest
from myths import catalog
from myths.answer import Answer
from myths.components import Recall
from myths.server import answer_list
from myths.session import Session, asked
from myths.session_request import SessionRequest
from myths.store import Store, open_store

ROOT = Path(__file__).parents[1]
NAME = "risk.recall.after"
SEVERAL = "not the same in each wording: see the codebook"
DECLINED = "Prefer not to say"
FORMATS = ["csv", "spss", "stata"]


class Content:
    """A copy of the content that a trainer changes."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(shutil.copytree(ROOT / "content", folder))

    def replace(self, file: str, old: str, new: str) -> None:
        path = self.folder / "modules" / "risk" / file
        words = path.read_text("utf-8")
        assert old in words
        path.write_text(words.replace(old, new), "utf-8")

    def move(self) -> None:
        self.replace("module.yml", "options: [a, b, c, d]", "options: [c, a, b, d]")

    def rename(self) -> None:
        self.replace("text.en.yml", "text: It assesses the risk many times", "text: It looks again")

    def ask_otherwise(self) -> None:
        question = "What does a responsible programme do about risk?"
        self.replace("text.en.yml", question, "What should it never do?")

    def remove(self) -> None:
        self.replace("module.yml", "options: [a, b, c, d]", "options: [a, c, d]")
        path = self.folder / "modules" / "risk" / "text.en.yml"
        words = path.read_text("utf-8")
        path.write_text(
            words[: words.index("    b:\n")] + words[words.index("    c:\n") :], "utf-8"
        )

    def add(self) -> None:
        self.replace("module.yml", "options: [a, b, c, d]", "options: [e, a, b, c, d]")
        option = "  options:\n    e: {text: Nothing at all., feedback: It does.}\n"
        self.replace("text.en.yml", "  options:\n", option)

    @property
    def item(self) -> catalog.Item:
        return catalog.load(self.folder).module("risk").item("recall")

    def label(self, value: float) -> str:
        return next(each.label for each in self.item.options if each.value == value)


@pytest.fixture
def content(tmp_path, monkeypatch) -> Content:
    content = Content(tmp_path / "content")
    monkeypatch.setenv("MYTHS_CONTENT", str(content.folder))
    return content


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request, tmp_path) -> Store:
    file = f"sqlite:///{tmp_path / 'workshop.sqlite'}"
    address = request.getfixturevalue("database") if request.param == "postgresql" else file
    store = open_store(address, create=True)
    store.open_workshop(code="ROOM")
    return store


def person(store: Store) -> str:
    return store.join("ROOM", language="en", consent="agreed").participant


@pytest.fixture
def shown(store, content, monkeypatch) -> Callable[[str], Recall]:
    """Show somebody the recall question as their page does."""

    def shown(name: str) -> Recall:
        request = SessionRequest(
            db=store.address,
            content=str(content.folder),
            participant=name,
        )
        for variable, value in request.environment().items():
            monkeypatch.setenv(variable, value)
        recall: Recall = myths.Module("risk").recall().children[-1]
        return recall

    return shown


def choose(recall: Recall, value: int) -> None:
    recall.set_state({"answer": {"key": str(uuid.uuid4()), "sent": 1, "value": value}})
    assert recall.receipt["state"] == "saved"


def test_an_option_in_another_place_is_still_the_one_that_was_chosen(store, content, shown):
    name = person(store)
    choose(shown(name), 3)
    content.move()
    recall = shown(name)
    assert [option["value"] for option in recall.options] == [3, 1, 2, 4]
    assert recall.known["value"] == 3
    recall.set_state({"wish": {"value": 3, "sent": 1}})
    assert recall.feedback["right"] is True
    assert store.answers()["value"].tolist() == [3]
    assert len(store.questions()) == 1


@pytest.mark.parametrize("change", ["rename", "ask_otherwise", "remove", "add"])
def test_an_answer_to_other_words_is_not_shown_as_chosen(store, content, shown, change):
    name = person(store)
    before = content.label(3)
    choose(shown(name), 3)
    getattr(content, change)()
    recall = shown(name)
    assert (recall.known, recall.feedback) == ({}, {})
    (part,) = answer_list.parts(store.answer_versions(name), catalog.load(content.folder))
    assert [each.words for each in part.answers] == [before]  # under "My answers" it is as it was
    choose(recall, 4)
    assert shown(name).known["value"] == 4
    assert store.answers()["value"].tolist() == [4]


@pytest.mark.parametrize("change", ["move", "rename", "ask_otherwise", "remove", "add"])
def test_the_tables_know_each_number_by_the_words_it_was_chosen_under(
    store, content, shown, change
):
    chosen = []
    for value in (1, 3, 4):
        choose(shown(person(store)), value)
        chosen.append((value, content.label(value)))
    getattr(content, change)()
    for value in (3, 4, *[5] * (change == "add")):
        choose(shown(person(store)), value)
        chosen.append((value, content.label(value)))
    said = myths.answers(store.address)
    words = store.questions().set_index("wording")["words"]
    told = [
        (row.value, words[row.wording]["options"][f"{row.value:g}"]) for row in said.itertuples()
    ]
    assert told == chosen
    assert myths.wide(store.address)[NAME].tolist() == [value for value, _ in chosen]
    book = myths.codebook(store.address, source="store")
    assert len(book) == (1 if change == "move" else 2)
    assert set(book["correct"]) == {3}


@pytest.mark.parametrize("change", ["move", "rename", "add"])
def test_a_label_of_an_export_holds_for_every_answer_that_has_its_number(
    store, content, shown, change, tmp_path
):
    labels = {value: content.label(value) for value in (1, 2, 3, 4)}
    choose(shown(person(store)), 3)
    choose(shown(person(store)), 1)
    getattr(content, change)()
    choose(shown(person(store)), 5 if change == "add" else 3)
    if change == "rename":
        labels[3] = SEVERAL
    if change == "add":
        labels[5] = "Nothing at all."
    done = myths.export(tmp_path / "out", store.address, formats=FORMATS)
    name = "risk_recall_after"
    _, spss = pyreadstat.read_sav(done.path / "spss" / "wide.sav")
    _, stata = pyreadstat.read_dta(done.path / "stata" / "wide.dta")
    for told in (spss.variable_value_labels[NAME], stata.variable_value_labels[name]):
        assert {value: label for value, label in told.items() if label != DECLINED} == labels


def keep(recall: Recall, value: int | None) -> None:
    recall.set_state({"first_answer": {"key": str(uuid.uuid4()), "sent": 1, "value": value}})
    assert recall.first_receipt["state"] == "saved"


def test_a_first_answer_stays_whichever_tab_keeps_another_and_clears_on_wish(store, shown):
    name = person(store)
    here, there = shown(name), shown(name)
    choose(here, 3)
    keep(here, 3)
    keep(there, 1)
    assert there.first_known["value"] == shown(name).first_known["value"] == 3
    choose(there, 1)
    (part,) = answer_list.parts(store.answer_versions(name), catalog.load())
    assert [each.phase for each in part.answers] == ["First answer", "Last answer", "Last answer"]
    wide = myths.wide(store.address)
    assert wide[["risk.recall.before", NAME]].iloc[0].tolist() == [3, 1]
    keep(here, None)
    keep(there, 2)
    assert shown(name).first_known["value"] == 2


def test_under_other_words_a_first_answer_is_kept_anew(store, content, shown):
    name = person(store)
    keep(shown(name), 3)
    content.rename()
    recall = shown(name)
    assert recall.first_known == {}
    keep(recall, 1)
    assert shown(name).first_known["value"] == 1
    assert store.answers()["value"].tolist() == [1]


def test_a_rating_is_not_shown_under_another_statement_and_a_text_stays(store, content):
    name = person(store)
    module = catalog.load(content.folder).module("risk")
    store.save(name, asked(module.item("myth"), "before"), Answer(str(uuid.uuid4()), value=2))
    text = Answer(str(uuid.uuid4()), text="mine", reader="evaluation")
    store.save(name, asked(module.item("learned"), "after"), text)
    content.replace("text.en.yml", "bring (ex-)partners into more danger", "are of no use")
    content.replace("text.en.yml", "With what have you", "With which have you")
    later, session = catalog.load(content.folder).module("risk"), Session()
    session.begin(name, store, "")
    assert session.answer(later.item("myth"), "before") is None
    assert session.answer(later.item("fact"), "before") is None
    assert session.answer(later.item("learned"), "after") == text
    assert session.answered("risk")
