from __future__ import annotations

import pytest
from myths.errors import CodingError
from myths.evaluation import Coding

from tests.evaluation.coding.coders import book, room


@pytest.fixture
def coding(store, file, tmp_path):
    room(store, "REAL", [f"Text {n}." for n in range(10)])
    book(tmp_path / "coding", "gap", "ask")
    return Coding(db=file)


def judge(coding, name, given, *, finish=True):
    """Give "gap" to the texts in `given`, named by their number; None is left undecided."""
    coder = coding.coder(name)
    for text in coder.texts:
        match given[int(text.words[5:-1])]:
            case 1:
                coder.toggle(text.id, "gap")
            case 0:
                coder.none(text.id)
    if finish:
        coder.finish()
    return coder


MEG = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
OWEN = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]


def test_agreement_counts_texts_and_tells_alpha_for_each_code(coding):
    judge(coding, "meg", MEG)
    judge(coding, "owen", OWEN)
    row = coding.agreement().loc["gap"]
    assert row[["texts", "all", "some", "none"]].tolist() == [10, 1, 4, 5]
    assert row["alpha"] == pytest.approx(0.095, abs=0.0005)
    assert row[["alpha_low", "alpha_high"]].isna().all()
    assert row["note"] == "No interval: two coders judged fewer than 30 texts."
    other = coding.agreement().loc["ask"]
    assert other.isna()["alpha"]
    assert "no text" in other["note"]


def test_from_thirty_texts_on_agreement_has_an_interval(store, file, tmp_path):
    room(store, "REAL", [f"Text {n}." for n in range(30)])
    book(tmp_path / "coding", "gap")
    coding = Coding(db=file)
    judge(coding, "meg", [1, 1, 0] * 10)
    judge(coding, "owen", [1, 0, 0, 1, 1, 0] * 5)
    row = coding.agreement().loc["gap"]
    assert row["alpha_low"] < row["alpha"] < row["alpha_high"]
    assert row["note"] == ""
    assert coding.agreement().equals(coding.agreement())


def test_agreement_is_told_only_when_all_have_finished(coding):
    judge(coding, "meg", MEG)
    judge(coding, "owen", OWEN, finish=False)
    for ask in (coding.agreement, coding.disagreements, coding.codes, coding.quotes):
        with pytest.raises(CodingError, match="Not finished yet: owen"):
            ask()
    with pytest.raises(CodingError, match="Not finished yet: owen"):
        coding.codes("meg")  # owen may be the one who looks
    assert coding.coders()["decided"].tolist() == [10, 10]
    assert coding.coders()["finished"].notna().tolist() == [True, False]


def test_a_coder_of_no_sheet_is_named(coding):
    judge(coding, "meg", MEG)
    with pytest.raises(CodingError, match=r"no sheet of 'owen'; it has meg\."):
        coding.agreement(["meg", "owen"])
    assert "needs two coders" in coding.agreement()["note"].iloc[0]


def test_disagreements_stand_in_a_table_with_the_memos(coding):
    judge(coding, "meg", MEG, finish=False)
    meg = coding.coder("meg")
    text = next(t for t in meg.texts if t.words == "Text 8.")
    meg.memo(text.id, "not sure")
    meg.finish()
    judge(coding, "owen", OWEN)
    table = coding.disagreements().set_index("text").sort_index()
    assert table.index.tolist() == ["Text 0.", "Text 2.", "Text 5.", "Text 8."]
    assert table["meg"].tolist() == [False, False, False, True]
    assert table["owen"].tolist() == [True, True, True, False]
    assert table["memo of meg"].dropna().tolist() == ["not sure"]
    assert "participant" not in table.columns


def test_a_code_that_came_later_was_not_judged_in_earlier_texts(coding):
    judge(coding, "meg", MEG)
    judge(coding, "owen", OWEN, finish=False)
    coding.add("late", name="Late", definition="Came later.")
    owen = coding.coder("owen")
    owen.toggle(owen.texts[0].id, "late")
    owen.finish()
    row = coding.agreement().loc["late"]
    assert row["texts"] == 0
    assert "No text was judged by two" in row["note"]


def test_codes_under_two_versions_are_told(coding):
    judge(coding, "meg", MEG)
    coding.add("gap", name="Gap", definition="Narrower now.")
    judge(coding, "owen", OWEN)
    note = coding.agreement().loc["gap", "note"]
    assert note.endswith(" Given under versions 1 and 2 of its definition.")


def test_without_texts_or_sheets_the_tables_have_their_columns(file, store, tmp_path):
    empty = Coding(tmp_path / "other", db=file)
    assert list(empty.codes().columns[:4]) == ["coder", "role", "code", "name"]
    assert str(empty.codes()["start"].dtype) == "Int64"
    assert empty.agreement().empty
    assert empty.disagreements().empty
    assert empty.coders().empty
    assert empty.quotes().empty
    assert empty.codebook().empty
