from __future__ import annotations

from datetime import UTC, datetime, timedelta

import myths
from myths.store import schema
from myths.vocabulary import Mode
from sqlalchemy import select, update

from tests.evaluation.said import question, room, say
from tests.store.samples import asked, given

START = datetime(2026, 3, 3, 8, tzinfo=UTC)


def take(store, minutes: list[float]) -> None:
    """Let the answers of each person come so many minutes after the start, in turn."""
    said = schema.answers
    with store.writing() as conn:
        rows = conn.execute(select(said.c.seq, said.c.participant).order_by(said.c.seq)).all()
        count: dict[int, int] = {}
        for seq, person in rows:
            at = START + timedelta(minutes=minutes[count.setdefault(person, 0)])
            count[person] += 1
            conn.execute(update(said).where(said.c.seq == seq).values(at=at))


def minutes(file) -> dict[str, str]:
    table = myths.paradata(file)
    return dict(zip(table["section"].astype("str"), table["minutes"].astype("str"), strict=True))


def test_the_time_since_the_answer_before_counts_to_a_section(file, store):
    for name in room(store, "ROOM", [(4, 2)] * 5):
        say(store, name, "fact", "after", 3)
    take(store, [0, 14, 20])
    assert minutes(file) == {"rate again": "15 to 30"}


def test_keeping_a_first_answer_belongs_to_the_question_about_the_facts(file, store):
    for name in room(store, "ROOM", [(4, 2)] * 5):
        store.save(name, asked("recall", "before", "recall"), given(1))
    take(store, [0, 4, 20])
    assert minutes(file) == {"recall": "15 to 30", "rate again": "1 to 5"}


def test_how_fast_somebody_types_sheets_in_is_no_time_spent(file, store):
    for name in room(store, "ROOM", [(4, 2)] * 5):
        store.save(name, question("fact", "after"), given(3), mode=Mode.PAPER)
    take(store, [0, 14, 15])
    assert minutes(file) == {"rate again": "5 to 15"}


def test_a_long_pause_is_no_time_spent(file, store):
    room(store, "ROOM", [(4, 2)] * 5)
    take(store, [0, 61])
    assert minutes(file) == {}


def test_of_few_people_no_time_is_given(file, store):
    room(store, "ROOM", [(4, 2)] * 4)
    take(store, [0, 3])
    assert minutes(file) == {"rate again": "fewer than 5 people"}


def test_a_changed_answer_adds_no_time(file, store):
    for name in room(store, "ROOM", [(4, 2)] * 5):
        say(store, name, "myth", "after", 1)
    take(store, [0, 4, 50])
    assert minutes(file) == {"rate again": "1 to 5"}


def test_the_rehearsal_has_every_section_of_a_module_in_order():
    table = myths.paradata(myths.rehearsal_data(), rehearsal=True, module="risk")
    sections = table.loc[table["workshop"] == "TRIAL1", "section"].tolist()
    assert sections == ["rate", "recall", "reflect", "rate again", "commit", "follow-up"]
    assert table["people"].min() >= 5


def test_the_columns_are_the_same_without_rows(file, store):
    empty = myths.paradata(file)
    full = myths.paradata(myths.rehearsal_data(), rehearsal=True)
    assert empty.empty
    assert [*map(str, empty.dtypes)] == [*map(str, full.dtypes)]
