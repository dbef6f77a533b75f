from __future__ import annotations

import tracemalloc
from datetime import UTC, datetime, timedelta
from functools import partial

import myths
import pandas as pd
import pytest
from myths.errors import WorkshopError
from myths.store import open_store
from myths.vocabulary import Audience

from tests.store.samples import asked, fill, given, written

ANSWERS = {
    "workshop": "category",
    "participant": "category",
    "module": "category",
    "item": "category",
    "phase": "category",
    "kind": "category",
    "value": "Float64",
    "text": "string",
    "declined": "boolean",
    "language": "category",
    "wording": "category",
    "audience": "category",
    "rehearsal": "bool",
    "answered_at": "datetime64[us, UTC]",
    "reader": "category",
    "mode": "category",
}
PARTICIPANTS = {
    "workshop": "category",
    "participant": "category",
    "language": "category",
    "consent": "category",
    "audience": "category",
    "rehearsal": "bool",
    "joined_at": "datetime64[us, UTC]",
    "mode": "category",
}


def dtypes(frame: pd.DataFrame) -> dict[str, str]:
    return {name: str(dtype) for name, dtype in frame.dtypes.items()}


def join(store, workshop) -> str:
    return store.join(workshop.code, language="en", consent="agreed").participant


def test_every_column_has_its_type_with_and_without_rows(store):
    for _ in range(2):
        assert dtypes(store.answers()) == dtypes(store.answers(history=True)) == ANSWERS
        assert dtypes(store.participants()) == PARTICIPANTS
        for frame in (store.answers(), store.participants()):
            assert tuple(frame["audience"].cat.categories) == Audience.words()
        phases = store.answers()["phase"].cat
        assert list(phases.categories) == ["before", "after", "retrospective", "followup"]
        assert phases.ordered
        person = join(store, store.open_workshop())
        store.save(person, asked(), given(1))
        store.save(person, written(), given(declined=True))


def test_an_answer_is_one_row_with_all_that_is_known_of_it(store, workshop, person):
    store.save(person, asked(), given(4))
    (row,) = store.answers().to_dict("records")
    assert abs(row.pop("answered_at") - datetime.now(UTC)) < timedelta(minutes=1)
    assert pd.isna(row.pop("text"))
    assert pd.isna(row.pop("reader"))
    assert row == {
        "workshop": workshop.code,
        "participant": person,
        "module": "risk",
        "item": "myth",
        "phase": "before",
        "kind": "rating",
        "value": 4.0,
        "declined": False,
        "language": "en",
        "wording": "0123456789ab",
        "audience": "mixed",
        "rehearsal": False,
        "mode": "page",
    }


def test_the_latest_answer_counts_and_history_gives_all_in_order(store, person):
    for value in (1, 2):
        store.save(person, asked(), given(value))
        store.save(person, asked("fact"), given(value * 10))
    store.save(person, asked(wording="f" * 12), given(3))
    assert list(store.answers()["value"]) == [20, 3]
    assert list(store.answers(history=True)["value"]) == [1, 10, 2, 20, 3]


def test_a_cleared_answer_is_in_the_history_alone_and_a_declined_one_in_both(store, person):
    store.save(person, asked(), given(1))
    store.save(person, asked(), given())
    store.save(person, asked("fact"), given(declined=True))
    kept = store.answers()
    assert list(kept["item"]) == ["fact"]
    assert list(kept["declined"]) == [True]
    assert kept["value"].isna().all()
    assert len(store.answers(history=True)) == 3


def test_a_text_is_shown_only_if_its_author_lets_the_evaluation_read_it(store, person):
    for item, reader in (("a", "me"), ("b", "group"), ("c", "evaluation")):
        store.save(person, written(item), given(text=f"said {item}", reader=reader))
    for frame in (store.answers(), store.answers(history=True)):
        assert list(frame["text"].dropna()) == ["said c"]
        assert list(frame["reader"].dropna()) == ["me", "group", "evaluation"]
    assert "said a" not in myths.wide(store.address).to_csv()


@pytest.mark.parametrize(
    "later",
    [{"text": "mine", "reader": "me"}, {}, {"declined": True}],
    ids=lambda later: str(later),
)
def test_a_text_that_was_taken_back_is_not_in_the_history_either(store, person, later):
    store.save(person, written(), given(text="open", reader="evaluation"))
    store.save(person, written("other"), given(text="kept", reader="evaluation"))
    store.save(person, written(), given(**later))
    assert list(store.answers(history=True)["text"].dropna()) == ["kept"]


def test_tables_are_of_the_chosen_workshops_without_rehearsals_unless_asked_for(store):
    first, second = store.open_workshop(), store.open_workshop()
    trial = store.open_workshop(rehearsal=True)
    for each in (first, second, trial):
        store.save(join(store, each), asked(), given(1))
    for read in (store.answers, store.participants, partial(myths.wide, store.address)):
        assert list(read()["workshop"]) == [first.code, second.code]
        assert list(read(rehearsal=True)["workshop"]) == [first.code, second.code, trial.code]
        assert list(read(workshop=second.code.lower())["workshop"]) == [second.code]
        both = read(workshop=[first.code, trial.code], rehearsal=True)
        assert list(both["workshop"]) == [first.code, trial.code]
        assert len(read(workshop=trial.code)) == 0
        assert len(read(workshop=[])) == 0
        with pytest.raises(WorkshopError, match="No workshop has the code") as caught:
            read(workshop=[first.code, "XXXXXX"])
        assert caught.value.reason == "unknown"
    assert list(store.answers(rehearsal=True)["rehearsal"]) == [False, False, True]
    assert store.answers(workshop=second.code)["participant"].cat.categories.size == 1


def test_tables_are_of_the_workshops_for_the_chosen_audiences(store):
    rooms = {each: store.open_workshop(audience=each) for each in ("mixed", "courts", "police")}
    trial = store.open_workshop(audience="policy", rehearsal=True)
    for each in (*rooms.values(), trial):
        store.save(join(store, each), asked(), given(1))
    police = rooms["police"].code
    for read in (store.answers, store.participants, partial(myths.wide, store.address)):
        assert list(read()["audience"]) == ["mixed", "courts", "police"]
        assert list(read(audience="courts")["workshop"]) == [rooms["courts"].code]
        assert list(read(audience=["police", "mixed"])["audience"]) == ["mixed", "police"]
        assert list(read(audience="policy", rehearsal=True)["workshop"]) == [trial.code]
        assert list(read(workshop=police, audience="police")["workshop"]) == [police]
        assert len(read(audience=[])) == 0
        assert len(read(workshop=[], audience="courts")) == 0
    assert store.answers(audience="courts")["participant"].cat.categories.size == 1


def test_an_audience_that_no_workshop_has_is_told_with_those_there_are(store):
    assert store.answers(audience="police").empty
    with pytest.raises(WorkshopError, match="'judges': choose from mixed, police, courts"):
        store.answers(audience="judges")
    courts, trial = (
        store.open_workshop(audience="courts"),
        store.open_workshop(audience="policy", rehearsal=True),
    )
    store.open_workshop(audience="mixed")
    for read in (store.answers, store.participants, partial(myths.wide, store.address)):
        for wrong in ("police", "policy", "judges", ["mixed", "police"]):
            with pytest.raises(WorkshopError, match="choose from mixed, courts") as caught:
                read(audience=wrong)
            assert caught.value.reason == "unknown"
        with pytest.raises(WorkshopError, match="'mixed': choose from courts"):
            read(workshop=courts.code, audience="mixed")
        assert read(workshop=trial.code, audience="mixed").empty


def test_a_closed_workshop_is_still_evaluated(store, workshop, person):
    store.save(person, asked(), given(1))
    store.close_workshop(workshop.code)
    assert len(store.answers(workshop=workshop.code)) == 1


def test_participants_are_there_also_if_they_never_answered(store, workshop, person):
    other = join(store, workshop)
    store.save(other, asked(), given(1))
    assert list(store.participants()["participant"]) == [person, other]


def test_the_wide_table_has_a_row_a_person_and_a_column_a_question(store, workshop, person):
    other = join(store, workshop)
    store.save(other, asked(phase="after"), given(5))
    store.save(other, asked(phase="before"), given(1))
    store.save(person, asked(phase="before"), given(declined=True))
    store.save(person, written("reason"), given(text="Because.", reader="evaluation"))
    wide = myths.wide(store.address)
    columns = ["risk.myth.before", "risk.myth.after", "risk.reason.before"]
    assert list(wide.columns) == ["workshop", "participant", "audience", *columns]
    assert list(wide["participant"]) == [person, other]
    assert [str(dtype) for dtype in wide[columns].dtypes] == ["Float64", "Float64", "string"]
    assert wide[columns].astype(object).where(wide[columns].notna(), None).to_numpy().tolist() == [
        [None, None, "Because."],
        [1.0, 5.0, None],
    ]


def test_the_wide_table_without_answers_has_its_people(store, person):
    assert dtypes(myths.wide(store.address)) == dict.fromkeys(
        ["workshop", "participant", "audience"], "category"
    )
    assert list(myths.wide(store.address)["participant"]) == [person]


def test_each_wording_of_a_question_is_one_row_of_the_codebook(store, person):
    store.save(person, asked(), given(1))
    store.save(person, asked(), given(2))
    store.save(person, asked(wording="f" * 12, words={"question": "New?"}), given(3))
    questions = store.questions()
    assert list(questions["wording"]) == ["0123456789ab", "f" * 12]
    assert questions["words"][0]["options"] == {"1": "no", "5": "yes"}
    assert questions["words"][1] == {"question": "New?"}


def test_a_hundred_thousand_answers_fit_in_little_memory(tmp_path):
    store = open_store(f"sqlite:///{tmp_path}/workshop.sqlite", create=True)
    store.open_workshop()
    fill(store, people=1000, answers=100_000)
    store.answers()  # what is loaded once does not count
    tracemalloc.start()
    frame = store.answers(history=True)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(frame) == 100_000
    assert len(store.answers()) == 40_000
    assert frame.memory_usage(deep=True).sum() < 80 * len(frame)
    assert peak < 300 * len(frame)
