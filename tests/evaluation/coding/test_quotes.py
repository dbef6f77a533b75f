from __future__ import annotations

import myths
import pytest
from myths.errors import CodingError
from myths.evaluation import Coding
from myths.evaluation.coding import texts
from myths.evaluation.coding.quotes import look_first
from myths.store import open_store

from tests.evaluation.coding.coders import book, room
from tests.store.samples import given, written


@pytest.fixture
def folder(tmp_path):
    book(tmp_path / "coding", "gap", "ask")
    return tmp_path / "coding"


@pytest.fixture
def coding(file, folder):
    return Coding(db=file)


def give(coding, name, codes):
    """Let a coder give codes by what is said in a text: {"word": "code"}."""
    coder = coding.coder(name)
    for text in coder.texts:
        found = [code for word, code in codes.items() if word in text.words]
        for code in found:
            coder.toggle(text.id, code)
        if not found:
            coder.none(text.id)
    coder.finish()


def test_no_quote_comes_from_fewer_than_five_people(store, coding):
    room(store, "FOUR", [f"Four gap {n}." for n in range(4)])
    room(store, "FIVE", [f"Five gap {n}." for n in range(5)])
    give(coding, "ada", {"gap": "gap"})
    drawn = coding.quotes(n=99)["quote"].tolist()
    assert sorted(drawn) == [f"Five gap {n}." for n in range(5)]
    assert coding.quotes(n=99, k=6).empty
    with pytest.raises(CodingError, match="use 5 or more"):
        coding.quotes(k=4)


def test_no_quote_is_the_only_one_of_its_language(store, coding):
    people = room(store, "REAL", [f"gap {n}." for n in range(10)])
    for name in people[:4]:
        text = given(text="Lücke, gap", reader="evaluation")
        store.save(name, written("practice", "after", language="de"), text)
    give(coding, "ada", {"gap": "gap"})
    drawn = coding.quotes(n=99)
    assert drawn["quote"].tolist() != []
    assert set(drawn["language"]) == {"en"}
    assert not {"module", "item", "workshop"} & set(drawn.columns)


def test_many_texts_of_few_people_are_no_crowd(store, coding):
    for name in room(store, "REAL", [f"First gap {n}." for n in range(4)]):
        for item in ("reason", "practice"):
            text = given(text=f"{item} gap", reader="evaluation")
            store.save(name, written(item, "after"), text)
    give(coding, "ada", {"gap": "gap"})
    assert len(coding.codes()) == 12
    assert coding.quotes(n=99).empty


def test_nobody_is_quoted_twice(store, coding):
    for name in room(store, "REAL", [f"A gap, and ask {n}." for n in range(6)]):
        store.save(name, written("reason", "after"), given(text="gap ask too", reader="evaluation"))
    give(coding, "ada", {"gap": "gap", "ask": "ask"})
    drawn = coding.quotes(n=99)
    assert len(drawn) == 6
    coded = coding.codes()
    people = coded[coded["text"].isin(drawn["quote"])]["participant"].nunique()
    assert people == 6


def test_a_quote_is_printed_once_somebody_has_approved_it_and_never_once_it_was_refused(
    store, coding, folder
):
    people = room(store, "REAL", [f"gap {n}" for n in range(6)])
    give(coding, "ada", {"gap": "gap"})
    assert coding.quotes(approved=True).empty
    coding.approve(["gap 0", "gap 1"])
    coding.approve("gap 2", fit=False)
    assert sorted(coding.quotes(n=99, approved=True)["quote"]) == ["gap 0", "gap 1"]
    assert "gap 2" not in set(coding.quotes(n=99)["quote"])
    assert len(coding.quotes(n=99)) == 5
    assert coding.quotes(n=99, authors=people[:4]).empty
    assert "gap" not in (folder / "quotes.json").read_text()
    coding.approve("gap 1", fit=False)
    assert coding.quotes(n=99, approved=True)["quote"].tolist() == ["gap 0"]
    with pytest.raises(CodingError, match="has the words “gap 9”"):
        coding.approve("gap 9")


def test_a_changed_text_is_to_be_approved_anew_and_a_withdrawn_one_is_forgotten(
    store, coding, folder
):
    people = room(store, "REAL", [f"gap {n}" for n in range(6)])
    give(coding, "ada", {"gap": "gap"})
    coding.approve([f"gap {n}" for n in range(6)])
    changed = given(text="gap 0, and more", reader="evaluation")
    store.save(people[0], written("learned", "after"), changed)
    store.save(people[1], written("learned", "after"), given())
    assert coding.forget() == 2
    left = (folder / "quotes.json").read_text()
    assert [name in left for name in people[:3]] == [False, False, True]


def test_a_broken_list_of_quotes_is_named(store, coding, folder):
    room(store, "REAL", [f"gap {n}" for n in range(5)])
    give(coding, "ada", {"gap": "gap"})
    (folder / "quotes.json").write_text("[1]")
    with pytest.raises(CodingError, match=r"quotes\.json cannot be read"):
        coding.quotes()


def test_only_what_every_coder_gave_is_quoted(store, coding):
    room(store, "REAL", [f"gap {n}{' ask' if n < 6 else ''}" for n in range(11)])
    give(coding, "ada", {"gap": "gap"})
    give(coding, "bea", {"ask": "gap"})
    assert len(coding.quotes(n=99)) == 6
    assert len(coding.quotes("ada", n=99)) == 11


def test_nothing_tells_who_wrote_it_or_where_and_the_draw_can_be_repeated(store, coding):
    people = room(store, "REAL", [f"gap {n}" for n in range(9)])
    give(coding, "ada", {"gap": "gap"})
    drawn = coding.quotes(seed=2)
    assert len(drawn) == 3
    assert drawn.equals(coding.quotes(seed=2))
    assert len({tuple(coding.quotes(seed=seed)["quote"]) for seed in range(5)}) > 1
    told = drawn.to_json()
    assert not any(secret in told for secret in (*people, "REAL", "2026"))


def test_a_text_that_is_not_for_the_evaluation_is_neither_coded_nor_quoted(store, coding):
    people = room(store, "REAL", [f"gap {n}" for n in range(6)])
    give(coding, "ada", {"gap": "gap"})
    assert len(coding.quotes(n=99)) == 6
    store.save(people[0], written("learned", "after"), given(text="gap 0", reader="group"))
    store.save(people[1], written("learned", "after"), given())
    assert len(coding.codes()) == 4
    assert coding.quotes(n=99).empty
    assert len(coding.coder("bea").texts) == 4


def test_a_text_for_another_reader_stays_out_even_if_a_table_held_it(store, file):
    room(store, "REAL", ["gap 0", "gap 1"])
    table = myths.answers(file)
    table["reader"] = ["evaluation", "group"]
    assert texts.readable(table)["text"].tolist() == ["gap 0"]


def test_codes_of_a_text_that_its_author_changed_since_are_left_out(store, coding):
    people = room(store, "REAL", [f"gap {n}" for n in range(5)])
    give(coding, "ada", {"gap": "gap"})
    changed = given(text="No gap at all.", reader="evaluation")
    store.save(people[0], written("learned", "after"), changed)
    assert len(coding.codes()) == 4
    assert coding.quotes(n=99).empty
    assert coding.coders()[["texts", "decided"]].to_numpy().tolist() == [[5, 4]]


def test_after_a_withdrawal_the_sheets_forget(store, coding, folder):
    people = room(store, "REAL", [f"gap {n}" for n in range(6)])
    give(coding, "ada", {"gap": "gap"})
    store.save(people[0], written("learned", "after"), given())
    assert people[0] in (folder / "ada.jsonl").read_text()
    assert coding.forget() == 1
    assert people[0] not in (folder / "ada.jsonl").read_text()
    assert coding.forget() == 0
    assert len(coding.codes()) == 5


def test_another_database_makes_no_sheet_forget(store, coding, folder, tmp_path):
    room(store, "REAL", ["gap"])
    give(coding, "ada", {"gap": "gap"})
    before = (folder / "ada.jsonl").read_text()
    open_store(f"sqlite:///{tmp_path / 'empty.sqlite'}", create=True)
    with pytest.raises(CodingError, match="is in this database"):
        Coding(folder, db=tmp_path / "empty.sqlite").forget()
    assert (folder / "ada.jsonl").read_text() == before


def test_codes_are_joined_with_the_answers_and_their_passages(store, coding):
    room(store, "REAL", ["We see 👩🏽\u200d⚖️ a gap."])
    ada = coding.coder("ada")
    (text,) = ada.texts
    ada.toggle(text.id, "ask")
    ada.passage(text.id, "gap", 7, 12)
    ada.memo(text.id, "hm")
    ada.finish()
    rows = coding.codes("ada").set_index("code")
    assert rows.loc["gap", ["start", "end", "passage"]].tolist() == [7, 12, "👩🏽\u200d⚖️"]
    assert rows.loc["ask"].isna()[["start", "end", "passage"]].all()
    assert rows["memo"].tolist() == ["hm", "hm"]
    assert rows["workshop"].unique().tolist() == ["REAL"]


def test_a_passage_beyond_its_text_is_told(store, coding, folder):
    room(store, "REAL", ["A gap."])
    ada = coding.coder("ada")
    ada.passage(ada.texts[0].id, "gap", 2, 5)
    ada.finish()
    path = folder / "ada.jsonl"
    path.write_text(path.read_text().replace('"end": 5', '"end": 50'))
    with pytest.raises(CodingError, match="ends at 50, and the text has 6 characters"):
        coding.codes("ada")


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("I spoke with Mrs Green", "name"),
        ("We rang Peter about it", "name"),
        ("نسأل الخدمة", "script without capitals"),
    ],
)
def test_a_quote_that_may_point_to_a_person_is_to_be_looked_at_first(text, sign):
    assert sign in look_first(text, language="en")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The weekend is our gap. Nobody passes on a warning then.", "en"),
        ("I doubt it, and I said so in 2025.", "en"),
        ("Wir fragen zuerst die Beratungsstelle und die Polizei.", "de"),
        ("In 3 of 4 cases we do not know.", "en"),
        ("", "en"),
    ],
)
def test_ordinary_sentences_are_not_marked(text, language):
    assert look_first(text, language=language) == []
