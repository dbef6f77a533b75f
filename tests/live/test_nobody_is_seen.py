"""What the rules of suppression guarantee, against somebody who sees every look.

Each attack plays the same workshop again with other answers: if everything shown is the same, then
nobody who sees it can tell the two apart.
"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.live.room import LOOK, Event, Room, looks

people = st.integers(0, 14)
values = st.sampled_from([None, 1, 2, 3, 4, 5])


class Workshop(RuleBasedStateMachine):
    @initialize(k=st.sampled_from([5, 5, 7]))
    def begin(self, k):
        self.room = Room(k=k)
        self.events: list[Event] = []
        self.made: list[dict[int, str]] = []  # who was in each batch, with which answer
        self.counted: dict[int, tuple[str, int]] = {}  # whose answer, counted at which event
        self.gone: set[int] = set()

    def go_on(self, event: Event) -> None:
        before = len(self.room.batches)
        self.room.play(event)
        self.events.append(event)
        for batch in self.room.batches[before:]:
            assert not set(batch.members) & set(self.counted)
            self.made.append(dict(batch.members))
            now = len(self.events)
            self.counted |= {person: (key, now) for person, key in batch.members.items()}

    def shown_otherwise(self, changed: list[Event]) -> bool:
        return looks(changed, k=self.room.k) != self.room.looks

    # What happens in a workshop

    @rule(person=people, value=values)
    def say(self, person, value):
        assume(person not in self.gone)
        self.go_on(Event("say", person, f"key{len(self.events)}", value))

    @rule(first=people, said=st.lists(values, min_size=6, max_size=6))
    def several_say(self, first, said):
        for step, value in enumerate(said):
            if (first + step) % 15 not in self.gone:
                self.go_on(Event("say", (first + step) % 15, f"key{len(self.events)}", value))

    @rule(first=people, value=values)
    def several_agree(self, first, value):
        self.several_say(first, [value] * 6)

    @rule(person=people)
    def clear(self, person):
        self.go_on(Event("clear", person))

    @rule(person=people)
    def withdraw(self, person):
        self.gone.add(person)
        self.go_on(Event("erase", person))

    @rule()
    def look(self):
        self.go_on(LOOK)
        shown = [0, *(each.people for each in self.room.looks)]
        grown = shown[-1] - shown[-2]
        assert grown == 0 or grown >= self.room.k
        if grown == 0 and len(shown) > 2:
            assert self.room.looks[-1] == self.room.looks[-2]

    # Attacks; who makes them may know the answers of all the others

    @rule(other=values)
    def silence_and_permanence(self, other):
        """Nothing is seen of what a person says before the batch, nor of all they do after it."""
        self.look()
        for person in {event.person for event in self.events if event.kind == "say"}:
            assert not self.shown_otherwise(self.without_trace_of(person, other))

    def without_trace_of(self, person: int, other: int | None) -> list[Event]:
        answer, end = self.counted.get(person, ("", len(self.events)))
        changed = []
        for index, event in enumerate(self.events):
            if event.person != person or event.kind == "look" or event.key == answer:
                changed.append(event)
            elif index < end:
                changed.append(replace(event, value=other) if event.kind == "say" else event)
        return changed

    @precondition(lambda self: getattr(self, "made", None))
    @rule(data=st.data())
    def exchange(self, data):
        """People of a batch who change places change nothing that is shown."""
        keys = list(data.draw(st.sampled_from(self.made)).values())
        said = {event.key: event.value for event in self.events}
        places = dict(zip(keys, data.draw(st.permutations(keys)), strict=True))
        changed = self.with_answers({key: said[places[key]] for key in keys})
        assert not self.shown_otherwise(changed)

    @precondition(lambda self: getattr(self, "made", None))
    @rule(data=st.data())
    def doubt(self, data):
        """Everybody may have given another answer, and the same would be shown."""
        members = data.draw(st.sampled_from(self.made))
        person = data.draw(st.sampled_from(sorted(members)))
        said = {event.key: event.value for event in self.events}
        own = members[person]
        worlds = [
            self.with_answers({own: said[key], key: said[own]})
            for key in members.values()
            if said[key] != said[own]
        ] or [self.with_answers({own: 1 if said[own] != 1 else 2})]
        assert any(not self.shown_otherwise(world) for world in worlds)

    def with_answers(self, values: dict[str, int | None]) -> list[Event]:
        return [
            replace(event, value=values[event.key]) if event.key in values else event
            for event in self.events
        ]


Workshop.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much],
)
TestNobodyIsSeen = Workshop.TestCase


@given(said=st.lists(values, min_size=5, max_size=12))
def test_a_batch_is_made_by_how_many_answered_and_never_by_what_they_said(said):
    events = [Event("say", person, f"key{person}", value) for person, value in enumerate(said)]
    assert [shown.people for shown in looks([*events, LOOK])] == [len(said)]
