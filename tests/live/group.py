"""People in a workshop, and what is shown of their answers."""

from __future__ import annotations

from myths.live import (
    QuestionKey,
    Shares,
    gather_texts,
    group_shares,
    group_texts,
)
from myths.store import (
    Workshop,
    open_store,
)

from tests.live.room import OPTIONS, Event
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
