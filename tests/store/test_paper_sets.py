"""Sheets for one person are nobody's until they are typed in; then all of it is theirs."""

from __future__ import annotations

import pytest
from myths.errors import RecoveryError, WorkshopError
from myths.store import PrintedSet, Store, credentials, open_store, restore, schema
from myths.vocabulary import Mode
from sqlalchemy import func, select, update

from tests.store.samples import asked, days_ago, expire, given, written
from tests.store.stores import new, said


@pytest.fixture
def printed(store: Store, workshop) -> PrintedSet:
    (printed,) = sets(store, workshop.code)
    return printed


def sets(store: Store, code: str, count: int = 1) -> list[PrintedSet]:
    return store.new_paper_sets(code, language="en", consent="agreed", count=count)


def enter(store: Store, printed: PrintedSet, *, contributes: bool = True) -> str:
    return store.enter_paper_set(printed.number, contributes=contributes).participant


def reason(act, *args) -> str:
    with pytest.raises(RecoveryError) as caught:
        act(*args)
    return caught.value.reason


def type_in(store: Store, person: str, asks, answer) -> None:
    store.save(person, asks, answer, mode=Mode.PAPER)


def test_a_set_that_nobody_types_in_is_nobody(store, workshop, printed):
    assert store.joined() == {workshop.code: 0}
    assert store.participants().empty
    assert not store.paper_set(printed.number).entered
    assert reason(store.recover, printed.recovery) == "paper"
    with store.reading() as conn:
        (row,) = conn.execute(select(schema.paper_sets)).mappings()
    assert printed.recovery not in str(dict(row))
    assert printed.recovery.replace("-", "") not in str(dict(row))


def test_each_has_a_number_of_its_own_and_a_slip_is_told(store, workshop):
    numbers = [each.number for each in sets(store, workshop.code, 12)]
    assert len(set(numbers)) == 12
    (first, *_) = numbers
    assert store.paper_set(f" {first.lower()} ").number == first
    other = ("3" if first[0] == "2" else "2") + first[1:]
    for wrong, why in [(first[:4], "length"), (first + "7", "length"), ("", "length")]:
        assert reason(store.paper_set, wrong) == why
    assert reason(store.paper_set, other) == "mistyped"
    assert reason(store.paper_set, spare(numbers)) == "nobody"


def spare(numbers: list[str]) -> str:
    while (number := credentials.new_set_number()) in numbers:
        pass
    return number


def test_the_code_of_the_strip_brings_its_person_back_to_what_was_typed_in(store, printed):
    person = enter(store, printed)
    type_in(store, person, asked(), given(2))
    type_in(store, person, written(), given(text="as I wrote it", reader="evaluation"))
    back = store.recover(printed.recovery)
    assert back.participant == person
    key = store.visitor(back.token).key
    found = store.latest(person, key=key)
    assert found["risk", "myth", "before"].value == 2
    assert found["risk", "reason", "before"].text == "as I wrote it"
    store.save(person, written("diary"), given(text="mine", reader="me"))
    assert store.latest(person, key=key)["risk", "diary", "before"].text == "mine"
    assert store.renew_code(back.token) != printed.recovery
    assert reason(store.recover, printed.recovery) == "replaced"


def test_two_sheets_with_one_number_are_of_one_person(store, workshop, printed):
    assert enter(store, printed) == enter(store, printed)
    assert store.joined() == {workshop.code: 1}


def test_a_no_to_the_evaluation_is_stronger_than_a_yes(store, printed):
    for says, stands in [(True, True), (False, False), (True, False)]:
        found = store.enter_paper_set(printed.number, contributes=says)
        assert (found.entered, found.contributes) == (True, stands)
    assert store.participants().empty


def test_how_an_answer_came_in_and_how_somebody_joined_is_told(store, workshop, printed, person):
    writer = enter(store, printed)
    type_in(store, writer, asked(), given(2))
    store.save(writer, asked(phase="followup"), given(1))
    store.save(person, asked(), given(5))
    rows = store.answers().set_index(["participant", "phase"])["mode"]
    assert rows[writer, "before"] == "paper"
    assert rows[writer, "followup"] == rows[person, "before"] == "page"
    people = store.participants().set_index("participant")["mode"]
    assert people.to_dict() == {writer: "paper", person: "page"}
    assert list(people.cat.categories) == list(Mode.words())


def test_what_was_typed_in_is_shown_to_be_corrected(store, printed):
    person = enter(store, printed)
    for value in (2, 4):
        type_in(store, person, asked(), given(value))
    type_in(store, person, asked("recall", kind="recall"), given(1))
    type_in(store, person, asked("recall", kind="recall"), given(3))  # a slip of who typed
    type_in(store, person, written(), given(text="one", reader="evaluation"))
    type_in(store, person, written(), given())
    found = store.typed_answers(person)
    values = {cell[1]: each.value for cell, each in found.answers.items()}
    assert (values, found.closed) == ({"myth": 4, "recall": 3}, frozenset())


def test_what_somebody_changed_or_erased_themselves_is_theirs_alone(store, printed):
    person = enter(store, printed)
    for item in ("myth", "fact", "over"):
        type_in(store, person, asked(item), given(2))
        type_in(store, person, asked(item), given(3))
    type_in(store, person, written(), given(text="one", reader="evaluation"))
    store.save(person, asked("myth"), given(5))
    store.erase_answer(person, module="risk", item="fact", phase="before")
    store.erase_answer(person, module="risk", item="reason", phase="before")
    store.save(person, asked("plan"), given(1))
    found = store.typed_answers(person)
    assert [cell[1] for cell in found.answers] == ["over"]
    assert {cell[1] for cell in found.closed} == {"myth", "fact", "reason", "plan"}


def test_who_has_erased_everything_cannot_be_typed_in_again(store, printed):
    person = enter(store, printed)
    type_in(store, person, asked(), given(2))
    store.renew_code(store.recover(printed.recovery).token)
    store.erase_participant(person)
    assert reason(store.paper_set, printed.number) == "nobody"
    assert reason(enter, store, printed) == "nobody"
    assert reason(store.recover, printed.recovery) == "erased"
    assert store.answers().empty
    with store.reading() as conn:
        assert conn.scalar(select(func.count()).select_from(schema.paper_sets)) == 0


def test_neither_a_backup_nor_a_merge_lets_an_erased_person_be_typed_in_again(tmp_path):
    room = new(tmp_path)
    (printed,) = sets(room, room.open_workshop().code)
    room.backup(tmp_path / "monday")
    restore(tmp_path / "monday", f"sqlite:///{tmp_path}/office.sqlite")
    office = open_store(f"sqlite:///{tmp_path}/office.sqlite")
    type_in(office, enter(office, printed), asked(), given(2))
    room.erase_participant(enter(room, printed))
    room.merge(office)
    assert reason(enter, room, printed) == "erased"
    restore(tmp_path / "monday", room.address, replace=True)
    assert reason(enter, room, printed) == "erased"
    assert room.answers().empty


def test_after_the_pooling_date_nothing_is_typed_in(store, workshop, printed):
    table = schema.workshops
    with store.writing() as conn:
        conn.execute(update(table).values(pooled_at=days_ago(1)))
    assert reason(store.paper_set, printed.number) == "expired"
    assert reason(enter, store, printed) == "expired"


def test_the_sheets_of_a_closed_workshop_can_be_typed_in(store, workshop, printed):
    store.close_workshop(workshop.code)
    assert enter(store, printed)


def test_sets_go_with_their_workshop_and_none_are_made_when_it_is_over(store, workshop, printed):
    store.erase_workshop(workshop.code)
    with store.reading() as conn:
        assert conn.scalar(select(func.count()).select_from(schema.paper_sets)) == 0
    over = store.open_workshop()
    expire(store, over)
    for code, why in [(over.code, "expired"), ("NOSUCH", "unknown")]:
        with pytest.raises(WorkshopError) as caught:
            sets(store, code)
        assert caught.value.reason == why


def test_sheets_typed_in_on_two_computers_are_of_one_person(tmp_path):
    room = new(tmp_path)
    (printed,) = sets(room, room.open_workshop().code)
    room.backup(tmp_path / "monday")
    restore(tmp_path / "monday", f"sqlite:///{tmp_path}/office.sqlite")
    office = open_store(f"sqlite:///{tmp_path}/office.sqlite")
    for store, item in [(room, "myth"), (office, "fact")]:
        type_in(store, enter(store, printed), asked(item), given(2))
    both = said(room) | said(office)
    office.merge(room)
    assert said(office) == both
    assert list(office.answers()["mode"]) == ["paper", "paper"]
    assert office.recover(printed.recovery).participant == enter(office, printed)
    assert not any(office.merge(room).added.values())
