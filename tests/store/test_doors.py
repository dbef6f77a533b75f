"""Every door of the store is known, and none gives words to somebody whom they are not for."""

from __future__ import annotations

import myths
import pytest
from myths.store import COORDINATOR, QuestionKey, Store

from tests.store.samples import given, written
from tests.store.texts import MINE, PLACE


def shown(store) -> str:
    """All tables of a snapshot."""
    with store.snapshot(rehearsal=True) as tables:
        frames = [*tables.pieces(), tables.answers(), tables.history(), tables.participants()]
        frames.append(tables.questions())
        return "".join(frame.to_csv() for frame in frames) + str(
            (tables.workshops(), tables.apart())
        )


READS = {  # what gives somebody's words to somebody else, and is to be told about them
    "answers": lambda store, _: store.answers(history=True, rehearsal=True),
    "snapshot": lambda store, _: shown(store),
    "clock_doubt": lambda store, _: store.clock_doubt(),
    "joined": lambda store, _: store.joined(),
    "attendance": lambda store, visitor: store.attendance(visitor.workshop.code),
    "notes": lambda store, visitor: store.notes(visitor.workshop.code),
    "live_state": lambda store, visitor: store.live_state(visitor.workshop.code),
    "live_states": lambda store, visitor: store.live_states([visitor.workshop.code]),
    "participants": lambda store, _: store.participants(rehearsal=True),
    "questions": lambda store, _: store.questions(),
    "workshops": lambda store, _: store.workshops(),
    "workshop": lambda store, visitor: store.workshop(visitor.workshop.code),
    "workshops_of": lambda store, _: store.workshops_of(COORDINATOR),
    "workshop_of": lambda store, visitor: store.workshop_of(visitor.workshop.code, COORDINATOR),
    "audit": lambda store, _: store.audit(),
    "erasings": lambda store, _: store.erasings(),
    "release_log": lambda store, _: store.release_log(),
    "batches": lambda store, visitor: store.batches(
        visitor.workshop.code, QuestionKey(*PLACE), rule=lambda *_: None
    ),
    "typed_answers": lambda store, visitor: store.typed_answers(visitor.participant).answers,
    "inquiries": lambda store, visitor: store.inquiries(visitor.workshop.code),
    "offered": lambda store, visitor: store.offered(visitor.workshop.code, QuestionKey(*PLACE)),
    "latest": lambda store, visitor: store.latest(visitor.participant).get(PLACE),
}
OWN = {
    *("answer_versions", "standing_answers"),
    "own_inquiries",
    "visitor",
    "join",
    "recover",
    "unkept_code",
    "renew_code",
    "new_paper_sets",  # codes to be printed, which stand nowhere else
}  # for the person alone: behind a code or a key
COPIES = {"backup", "merge"}  # the whole store, sealed as it is
WRITES = {
    *(
        "open_workshop",
        "close_workshop",
        "reopen_workshop",
        "change_workshop",
        "leave",
        "leave_elsewhere",
        "keep_code",
        "come_to",
        "speak",
        "contribute",
        "enter_paper_set",
        "save",
        "save_ratings",
        "erase_answer",
        "change_live_state",
        "ask",
        "take_back",
        "mark_inquiries",
        "tell_connected",
        "keep_notes",
    ),
    *("erase_participant", "erase_workshop", "erase_expired", "erase_due", "releasing"),
}
PLUMBING = {
    "changes",  # that something has changed, and not what; of who erased, their random word
    *("reading", "writing", "outside", "empty_log", "sweep", "serving", "warm_up"),
    *("new_staff_key", "let_staff_in", "staff_role", "let_staff_out", "revoke_staff"),
    *("roles", "assign_workshop", "unassign_workshop", "remove_role", "note_act"),
    *("tag", "other_visits"),
    "paper_set",  # a number for a number
    *("join_address", "keep_join_address"),  # of the trainer's computer
    "check_writing",
    "lasting_visits",  # hashes for hashes
    *("servers", "meets_pooler"),  # how many, and by which way
    *("place", "address", "engine", "around", "direct", "file", "copies", "copy_before"),
}


def test_every_door_of_the_store_is_known_here():
    doors = {name for name in dir(Store) if not name.startswith("_")}
    assert doors | {"place", "address", "engine", "around"} == (
        READS.keys() | OWN | WRITES | COPIES | PLUMBING
    )


@pytest.mark.parametrize("name", READS)
def test_no_reading_function_gives_words_that_are_not_for_its_reader(store, visitor, name):
    who = visitor.participant
    store.save(who, written(), given(text=f"{MINE} earlier", reader="evaluation"))
    store.save(who, written(), given(text=MINE, reader="me"))
    store.save(who, written("else"), given(text=f"{MINE} group", reader="group"))
    store.save(who, written("back"), given(text=f"{MINE} back", reader="evaluation"))
    store.save(who, written("back"), given())
    found = READS[name](store, visitor)
    told = found.to_csv() if hasattr(found, "to_csv") else repr(found)
    assert "Rumpelstilzchen" not in told


def test_neither_the_evaluation_nor_anybody_else_gets_it(store, workshop, visitor):
    store.save(visitor.participant, written(), given(text=MINE, reader="me"))
    for table in (
        store.answers(),
        store.answers(history=True),
        myths.wide(store.address),
        store.questions(),
    ):
        assert MINE not in table.to_csv()
        assert "sealed" not in table.columns
    other = store.visitor(store.join(workshop.code, language="en", consent="").token)
    assert store.latest(visitor.participant, key=other.key) == {}
