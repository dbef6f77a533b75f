from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import myths
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from myths import catalog
from myths.errors import ContentError, StoreError
from myths.store import AskedQuestion, open_store

from tests.catalog import sample_content
from tests.store import samples

DTYPES = {
    "module": "category",
    "item": "category",
    "kind": "category",
    "keyed": "category",
    "phases": "string",
    "language": "category",
    "wording": "category",
    "question": "string",
    "labels": "string",
    "minimum": "Int64",
    "maximum": "Int64",
    "correct": "Int64",
}
KEY = ["module", "item", "kind", "language", "wording"]


def dtypes(frame) -> dict[str, str]:
    return {name: str(dtype) for name, dtype in frame.dtypes.items()}


def save(store, person: str, asked: Iterable[AskedQuestion]) -> None:
    for question in asked:
        words = {"text": "words", "reader": "evaluation"}
        answer = {"value": 1.0} if question.kind == "rating" else words
        store.save(person, question, samples.given(**answer))


def test_every_column_has_its_type_with_and_without_rows(file, store, person):
    for source in ("store", "content", "both"):
        assert dtypes(myths.codebook(file, source=source)) == DTYPES
    assert myths.codebook(file, source="store").empty
    save(store, person, [samples.asked(), samples.written()])
    for source in ("store", "content", "both"):
        assert dtypes(myths.codebook(file, source=source)) == DTYPES


def test_an_empty_store_has_the_whole_of_todays_content_in_its_codebook(file, store):
    content = catalog.load()
    slugs = content.series.modules
    book = myths.codebook(file)
    assert book["module"].drop_duplicates().tolist()[: len(slugs)] == list(slugs)
    items = [item for slug in slugs for item in content.module(slug).items]
    assert set(book["wording"]) >= {item.wording for item in items}
    assert (book["phases"] == "").all()


def test_two_wordings_of_an_item_are_two_rows_side_by_side(file, store, person):
    save(store, person, [samples.asked(wording="a" * 12), samples.asked(wording="b" * 12)])
    book = myths.codebook(file, source="store")
    assert book["wording"].tolist() == ["a" * 12, "b" * 12]
    both = myths.codebook(file)
    places = both.index[(both["module"] == "risk") & (both["item"] == "myth")]
    assert places.tolist() == [*range(len(catalog.load().series.languages) + 2)]


def test_a_wording_names_the_phases_it_was_asked_in_in_their_order(file, store, person):
    save(store, person, [samples.asked(phase=phase) for phase in ("followup", "after", "before")])
    assert myths.codebook(file, source="store")["phases"].tolist() == ["before, after, followup"]


def test_labels_and_ends_of_a_scale_are_spelled_out(tmp_path, monkeypatch):
    content = sample_content.copy(tmp_path / "content")
    monkeypatch.setenv("MYTHS_CONTENT", str(content))
    book = myths.codebook(source="content").set_index("item")
    points = catalog.load(content).ui.rating_scale
    assert book.loc["myth", "labels"] == "; ".join(f"{v} = {w}" for v, w in points.flat().items())
    assert book.loc["myth", ["minimum", "maximum"]].tolist() == [1, 5]
    assert book.loc["recall", "correct"] == 2
    assert book.loc["confidence", "labels"].startswith("0 = ")
    assert book.loc["confidence", "labels"].count(" = ") == 2
    assert book.loc["reason", ["labels"]].tolist() == [""]
    assert book.loc["reason", ["minimum", "maximum", "correct"]].isna().all()


def test_what_both_sources_know_is_one_row(file, store, person):
    item = catalog.load().module("risk").item("myth")
    save(store, person, [samples.asked(wording=item.wording, words={"question": "Older"})])
    book = myths.codebook(file)
    same = (book["wording"] == item.wording) & (book["language"] == item.language)
    (row,) = book[same].to_dict("records")
    assert (row["question"], row["phases"]) == (item.question, "before")


def test_a_question_outlives_the_answers_to_it(file, store, person):
    save(store, person, [samples.asked()])
    store.erase_participant(person)
    assert len(myths.codebook(file, source="store")) == 1


def test_the_content_alone_needs_no_store_and_the_store_alone_no_content(
    file, store, tmp_path, monkeypatch
):
    absent = tmp_path / "absent.sqlite"
    assert len(myths.codebook(absent, source="content"))
    with pytest.raises(StoreError, match=r"absent\.sqlite"):
        myths.codebook(absent)
    monkeypatch.setenv("MYTHS_CONTENT", str(tmp_path / "nowhere"))
    assert myths.codebook(file, source="store").empty
    with pytest.raises(ContentError):
        myths.codebook(file)


def test_a_changed_question_keeps_its_old_row_and_gets_a_new_one(
    file, store, person, tmp_path, monkeypatch
):
    content = sample_content.copy(tmp_path / "content")
    monkeypatch.setenv("MYTHS_CONTENT", str(content))
    item = catalog.load().module("bees").item("myth")
    old = samples.asked(
        module="bees", wording=item.wording, words={"question": item.question, "options": {}}
    )
    save(store, person, [old])
    text = content / "modules/bees/text.en.yml"
    text.write_text(text.read_text("utf-8").replace(item.question, "Is it another one?"), "utf-8")
    book = myths.codebook(file)
    rows = book.loc[book["item"] == "myth", ["question", "phases"]]
    assert rows.to_numpy().tolist() == [["Is it another one?", ""], [item.question, "before"]]


questions = st.builds(
    samples.asked,
    item=st.sampled_from(["myth", "fact", "another"]),
    phase=st.sampled_from(["before", "after", "followup"]),
    kind=st.sampled_from(["rating", "text"]),
    module=st.sampled_from(["risk", "old-module"]),
    language=st.sampled_from(["en", "de", "ar"]),
    wording=st.sampled_from(["a", "b"]),
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that every example adds to."""
    file = tmp_path_factory.mktemp("shared") / "shared.sqlite"
    open_store(f"sqlite:///{file}", create=True).open_workshop(code="SHARED")
    return file


@settings(max_examples=15, deadline=None)
@given(asked=st.lists(questions, max_size=8))
def test_every_answer_finds_exactly_one_row(shared, asked):
    store = open_store(f"sqlite:///{shared}")
    save(store, store.join("SHARED", language="en", consent="agreed").participant, asked)
    book = myths.codebook(shared, source="store")
    assert not book.duplicated(KEY).any()
    said = myths.answers(shared, history=True)[KEY].astype("str")
    assert len(said.merge(book[KEY].astype("str"), on=KEY)) == len(said) >= len(asked)
