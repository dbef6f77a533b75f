"""Group results as people see them, from a real store."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from myths.errors import WorkshopError
from myths.live import (
    QuestionKey,
    Share,
    Shares,
    acts,
    gather_texts,
    group_change,
    group_shares,
    group_texts,
    revealed,
    settle,
    suppression,
)
from myths.store import AskedQuestion, LiveState, Store, Vote, Workshop, open_store, schema
from sqlalchemy import delete, func, select

from tests.live.room import LOOK, OPTIONS, Event, looks
from tests.store import samples

MYTH = QuestionKey("risk", "myth", "before")
WHY = QuestionKey("risk", "reason", "before")


class Group:
    """People in a workshop, by number; every look opens the store anew."""

    def __init__(self, url: str, workshop: Workshop) -> None:
        self.url, self.code = url, workshop.code
        self.store = open_store(url)
        self.names: dict[int, str] = {}

    def name(self, person: int) -> str:
        if person not in self.names:
            joined = self.store.join(self.code, language="en", consent="agreed")
            self.names[person] = joined.participant
        return self.names[person]

    def say(self, person: int, value: float | None) -> None:
        answer = samples.given(value, declined=value is None)
        self.store.save(self.name(person), samples.asked(), answer)

    def write(self, person: int, text: str | None, reader: str = "group") -> None:
        answer = samples.given(text=text, reader=reader)
        self.store.save(self.name(person), samples.written(), answer)

    def look(self) -> Shares:
        return group_shares(open_store(self.url), self.code, MYTH, options=OPTIONS)

    def read(self) -> list[tuple[str, ...]]:
        """Gather what there is, and read the texts of each batch."""
        gather_texts(open_store(self.url), self.code, WHY)
        return self.read_on()

    def read_on(self) -> list[tuple[str, ...]]:
        """Read what was gathered."""
        found = group_texts(open_store(self.url), self.code, WHY)
        return [tuple(each.text for each in batch) for batch in found]

    def play(self, event: Event) -> None:
        if event.kind == "say":
            self.say(event.person, event.value)
        elif event.kind == "clear":
            self.store.save(self.name(event.person), samples.asked(), samples.given())
        else:
            self.store.erase_participant(self.name(event.person))


@pytest.fixture
def group(url: str, store: Store, workshop: Workshop) -> Group:
    return Group(url, workshop)


def levels(shown: Shares) -> dict[str, str | int]:
    return {each.option: each.percent or each.level for each in shown.shares}


def test_four_people_see_nothing_and_five_see_their_shares(group):
    for person, value in enumerate([1, 1, 2, 2]):
        group.say(person, value)
        assert group.look() == Shares(0, ())
    group.say(4, None)
    shown = group.look()
    assert shown.people == 5
    assert shown.shares[0] == Share("1", "some", 40)
    none = "nearly none"
    assert levels(shown) == {"1": 40, "2": 40, "3": none, "4": none, "5": none, "declined": 20}


def test_counts_change_only_when_five_more_have_answered(group):
    for person, value in enumerate([1, 1, 2, 2, 5]):
        group.say(person, value)
    first = group.look()
    for person in range(5, 9):
        group.say(person, 3)
        assert group.look() == first
    group.say(9, 4)
    assert group.look().people == 10


def test_a_change_of_mind_and_a_withdrawal_are_not_seen_once_an_answer_is_shown(group):
    for person, value in enumerate([1, 1, 2, 2, 5]):
        group.say(person, value)
    first = group.look()
    group.say(0, 5)
    group.store.save(group.name(1), samples.asked(), samples.given())
    group.store.erase_participant(group.name(2))
    assert group.look() == first


@pytest.mark.parametrize("values", [[4] * 5, [4, 4, 4, 4, 1], [2, 4, 4, 4, 4]])
def test_five_who_agree_look_like_four_who_agree_and_one_who_does_not(group, values):
    for person, value in enumerate(values):
        group.say(person, value)
    shown = levels(group.look())
    assert shown.pop("4") == "nearly all"
    assert set(shown.values()) == {"nearly none"}


def test_no_second_batch_tells_that_all_in_it_agree(group):
    for person, value in enumerate([1, 1, 2, 2, 5]):
        group.say(person, value)
    group.look()
    seen = []
    for lone in (3, 5):
        for person in range(5, 10):
            group.say(person, 5 if person > 5 else lone)
        seen.append(samples_of_second(group))
    assert seen[0] == seen[1]


def samples_of_second(group: Group) -> dict[str, str | int]:
    """Look, and forget the second batch."""
    shown = levels(group.look())
    assert shown["5"] == 60
    with group.store.writing() as conn:
        conn.execute(delete(schema.batches).where(schema.batches.c.number == 2))
    return shown


def test_a_share_that_rounds_to_nothing_or_all_is_called_nearly(group, monkeypatch):
    from myths.store import Batch

    shown = suppression.shares([Batch(1000, {"1": 1, "2": 999}, {})], options=OPTIONS)
    assert levels(shown)["1"] == "nearly none"
    assert levels(shown)["2"] == "nearly all"


def test_a_workshop_may_ask_for_more_than_five_and_no_rule_takes_fewer(url, store):
    group = Group(url, store.open_workshop(k=7))
    for person in range(6):
        group.say(person, 1 + person % 3)
        group.write(person, f"words {person}")
    assert group.look() == Shares(0, (), 7)
    assert group.read() == []
    group.say(6, 3)
    group.write(6, "the seventh")
    assert group.look().people == 7
    assert [len(batch) for batch in group.read()] == [7]
    for k in (4, 1, 0, -1):
        for rule in (suppression.next_counts, suppression.next_texts):
            with pytest.raises(WorkshopError, match="set 5 or more"):
                rule([], [], k)


def test_raising_k_hides_what_fewer_people_said_and_opens_nothing(group):
    for person in range(6):
        group.say(person, 1 + person % 3)
    before = group.look()
    assert before.people == 6
    group.store.change_workshop(group.code, k=8)
    assert group.look() == Shares(0, (), 8)
    for person in range(6, 13):
        group.say(person, 5)
    assert group.look() == Shares(0, (), 8)  # seven wait, and six are hidden
    group.say(13, 5)
    after = group.look()
    assert after.people == 14  # what is added to what was shown is about eight people


def test_k_cannot_be_lowered_once_somebody_has_joined_and_so_opens_nothing(url, store):
    group = Group(url, store.open_workshop(k=8))
    for person in range(6):
        group.say(person, 1 + person % 3)
    for k in (7, 5, 4, 0):
        with pytest.raises(WorkshopError) as caught:
            store.change_workshop(group.code, k=k)
        assert caught.value.reason == "fewest"
    assert group.look() == Shares(0, (), 8)


def test_only_the_same_workshop_module_item_and_phase_are_counted(group):
    other = Group(group.url, group.store.open_workshop())
    for person in range(4):
        group.say(person, 1 + person % 2)
        other.say(person, 1)
    name = group.name(9)
    for question in (
        samples.asked("fact"),
        samples.asked(phase="after"),
        samples.asked(module="harm"),
    ):
        group.store.save(name, question, samples.given(1))
    assert group.look().people == 0
    group.store.save(name, samples.asked(language="de", wording="f" * 12), samples.given(2))
    assert group.look().people == 5


def test_texts_are_shown_in_batches_and_only_those_meant_for_the_group(group):
    for person, reader in enumerate(["group", "me", "evaluation", "group", "group", "group"]):
        group.write(person, f"words of {person}", reader)
        assert group.read() == []
    group.write(6, "words of 6")
    [shown] = group.read()
    assert sorted(shown) == [f"words of {person}" for person in (0, 3, 4, 5, 6)]
    assert shown != tuple(sorted(shown))
    assert group.read() == [shown]
    group.write(7, "words of 7")
    assert group.read() == [shown]


def test_a_look_gathers_no_text(group):
    for person in range(9):
        group.write(person, f"words of {person}")
        assert group.read_on() == []
    [shown] = group.read()
    group.write(9, "words of 9")
    assert group.read_on() == [shown]
    assert len(shown) == 9


def test_the_order_of_texts_tells_nothing_about_who_wrote_them(group, url):
    other = Group(url, group.store.open_workshop())
    texts = ["a", "b", "c", "d", "e"]
    for person, text in enumerate(texts):
        group.write(person, text)
        other.write(person, texts[-1 - person])
    assert group.read() == other.read()


@pytest.mark.parametrize("how", ["change", "clear", "keep to oneself", "withdraw"])
def test_a_text_taken_back_takes_its_batch_with_it_for_good(group, how):
    for person in range(10):
        group.write(person, f"words of {person}")
        if person in (4, 9):
            shown = group.read()
    assert [len(batch) for batch in shown] == [5, 5]
    if how == "withdraw":
        group.store.erase_participant(group.name(2))
    else:
        text = {"change": "other words", "clear": None}.get(how, "words of 2")
        group.write(2, text, "me" if how == "keep to oneself" else "group")
    assert group.read() == shown[1:]
    for person in range(10, 14):
        group.write(person, f"words of {person}")
    assert group.read() == shown[1:]


def test_two_who_look_at_once_make_one_batch(group):
    for person in range(5):
        group.say(person, 1 + person % 2)
    with ThreadPoolExecutor(4) as pool:
        shown = list(pool.map(lambda _: group.look(), range(8)))
    assert {each.people for each in shown} == {5}
    with group.store.reading() as conn:
        assert conn.scalars(select(func.count()).select_from(schema.batches)).one() == 1
        assert conn.scalars(select(func.count()).select_from(schema.batched)).one() == 5


def test_erasing_a_workshop_erases_what_was_shown_of_it(group):
    for person in range(5):
        group.say(person, 1 + person % 2)
    group.look()
    group.store.erase_workshop(group.code)
    with group.store.reading() as conn:
        assert conn.execute(select(schema.batches)).all() == []
        assert conn.execute(select(schema.batched)).all() == []


def test_an_unknown_workshop_has_no_results(store):
    with pytest.raises(WorkshopError, match="No workshop"):
        group_shares(store, "NOSUCH", MYTH, options=OPTIONS)


people = st.integers(0, 7)
events = st.one_of(
    st.builds(Event, st.just("say"), people, st.uuids().map(str), st.sampled_from([None, 1, 2])),
    st.builds(Event, st.sampled_from(["clear", "erase"]), people),
    st.just(LOOK),
)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(events, min_size=25, max_size=40))
def test_the_store_shows_what_the_rules_say_whatever_happens(url, store, happened):
    group = Group(url, store.open_workshop())
    gone: set[int] = set()
    played, shown = [], []
    for event in happened:
        if event.kind == "look":
            shown.append(group.look())
        elif event.person in gone:
            continue
        else:
            group.play(event)
            gone |= {event.person} if event.kind == "erase" else set()
        played.append(event)
    assert shown == looks(played)


def both(group: Group, people: range) -> None:
    """Let people rate before and after: before all agree but three, after none does."""
    for person in people:
        for phase, value in (("before", 4 if person > 2 else 2), ("after", 1 + person % 2)):
            answer = samples.given(value)
            group.store.save(group.name(person), scale(phase), answer)


def scale(phase: str) -> AskedQuestion:
    words = {"question": "Is it so?", "options": {str(n): f"{n}" for n in range(1, 6)}}
    return samples.asked("myth", phase, words=words)


def test_while_a_vote_is_open_nothing_is_looked_at_and_at_its_end_all_are_one_batch(
    store, workshop
):
    group = Group(store.address, workshop)
    vote = Vote(page="risk", phase="before", items=("myth",))
    state = acts.open_vote(LiveState(), "risk", "before", ["myth"])
    for person in range(1, 9):
        group.store.save(group.name(person), scale("before"), samples.given(1 + person % 5))
        assert group_change(store, workshop.code, state, "risk", "myth") == {}
    assert made(store) == 0
    closed = acts.close(state)
    settle(store, workshop.code, vote)
    shown = group_change(store, workshop.code, closed, "risk", "myth")
    assert shown["before"].people == 8
    assert made(store) == 1


def made(store: Store) -> int:
    with store.reading() as conn:
        return conn.scalars(select(func.count()).select_from(schema.batches)).one()


def voted(store: Store, workshop: Workshop) -> tuple[Group, LiveState]:
    """Ten people have answered before and after, and both votes are closed."""
    group = Group(store.address, workshop)
    both(group, range(1, 11))
    state = acts.go(LiveState(), "risk", "again")
    for phase in ("before", "after"):
        state = acts.close(acts.open_vote(state, "risk", phase, ["myth"]))
        settle(store, workshop.code, state.vote)
    return group, state


def test_what_phones_are_told_has_both_phases_and_only_what_was_revealed(store, workshop):
    _, state = voted(store, workshop)
    assert revealed(store, workshop.code, state) == {}
    state = acts.reveal(state, "risk", "myth", asked=("before", "after"))
    told = revealed(store, workshop.code, state)["risk/myth"]
    assert {phase: shares.people for phase, shares in told.items()} == {"before": 10, "after": 10}
    assert [share.option for share in told["before"].shares] == [*OPTIONS, "declined"]
    assert revealed(store, workshop.code, acts.go(state, "harm")) == {}


def test_a_withdrawal_changes_no_number_that_was_shown(store, workshop):
    group, state = voted(store, workshop)
    state = acts.reveal(state, "risk", "myth", asked=("before", "after"))
    before = revealed(store, workshop.code, state)
    store.erase_participant(group.name(1))
    group.store.save(group.name(2), scale("after"), samples.given(5))
    assert revealed(store, workshop.code, state) == before
