"""A recall answer of an earlier version keeps what was chosen, wherever that stood on the page."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import pytest
from myths import catalog
from myths.store import Store, open_store
from sqlalchemy import JSON, Connection, insert, text, update
from sqlalchemy.sql import column, table

from tests.store.stores import at_version

FAR = 4_000_000_000_000_000  # microseconds: the year 2096
ONCE, ENDS, AGAIN, SECRET = "Once.", "It ends it.", "Again and again.", "It is secret."
FIRST = [ONCE, ENDS, AGAIN, SECRET]
QUESTION = "What about risk?"
QUESTIONS = table("questions", column("words", JSON()))


class OldStore:
    """A store of the version in which the number of an option was its place."""

    def __init__(self, conn: Connection) -> None:
        self._conn, self._answers = conn, 0
        times = {"opened_at": 1, "joins_until": FAR, "pooled_at": FAR, "expires_at": FAR}
        room = {"id": 1, "code": "ROOM", "title": "", "language": "en", "country": "eu"}
        self._add("workshops", **room, **times, audience="mixed", rehearsal=False)

    def ask(
        self, labels: Sequence[str], *, right: str = AGAIN, number: int = 1, language: str = "en"
    ) -> int:
        words = {
            "question": QUESTION,
            "options": {str(place): label for place, label in enumerate(labels, start=1)},
            "correct": labels.index(right) + 1 if right in labels else None,
        }
        named = {"module": "risk", "item": "recall", "phase": "after", "kind": "recall"}
        asked = {**named, "language": language, "wording": catalog.wording(QUESTION, labels)}
        self._add("questions", id=number, **asked, words=words)
        return number

    def answer(self, question: int, *values: float | None) -> None:
        for value in values:
            self._answers += 1
            number = self._answers
            known = {"recovery": str(number), "language": "en", "consent": "", "joined_at": 1}
            self._add("participants", id=number, name=f"p{number}", workshop=1, **known)
            said = {"value": value, "declined": False, "at": number, "participant": number}
            key = str(uuid.UUID(int=number))
            self._add("answers", seq=number, key=key, question=question, **said)

    def _add(self, table_name: str, **values: object) -> None:
        columns = [column(name, JSON() if name == "words" else None) for name in values]
        self._conn.execute(insert(table(table_name, *columns)).values(**values))


def chosen(store: Store) -> list[tuple[float, str]]:
    """The number of each answer, and what it stands for by the words it was given under."""
    book = store.questions().set_index("wording")["words"]
    said = store.answers()
    return [
        (value, book.loc[wording]["options"][f"{value:g}"])
        for value, wording in zip(said["value"], said["wording"], strict=True)
    ]


def test_an_answer_to_options_in_another_order_gets_the_number_of_what_was_chosen(url):
    with at_version("0006", url) as conn:
        old = OldStore(conn)
        old.answer(old.ask(FIRST), 3, 1)
        old.answer(old.ask([AGAIN, ONCE, ENDS, SECRET], number=2), 1, 2, 3, 4, None)
    store = open_store(url, create=True)
    assert chosen(store)[:2] == [(3, AGAIN), (1, ONCE)]
    assert chosen(store)[2:] == [(1 + FIRST.index(w), w) for w in (AGAIN, ONCE, ENDS, SECRET)]
    (asked,) = store.questions().to_dict("records")  # nothing but the order was another one
    assert asked["wording"] == catalog.wording(QUESTION, FIRST)
    assert asked["words"]["correct"] == 3


def test_what_an_option_is_called_stays_with_its_answers(url):
    changed = [AGAIN, "It checks once.", ENDS, SECRET]
    with at_version("0006", url) as conn:
        old = OldStore(conn)
        old.answer(old.ask(FIRST), 1, 2)
        old.answer(old.ask(changed, number=2), 1, 2, 3, 4)
    store = open_store(url, create=True)
    assert chosen(store) == [
        *((1, ONCE), (2, ENDS)),
        *((3, AGAIN), (1, "It checks once."), (2, ENDS), (4, SECRET)),
    ]
    assert len(store.questions()) == 2
    assert [words["correct"] for words in store.questions()["words"]] == [3, 3]


def test_an_option_that_was_removed_or_added_leaves_the_numbers_of_the_others(url):
    with at_version("0006", url) as conn:
        old = OldStore(conn)
        old.answer(old.ask(FIRST), 2)
        old.answer(old.ask([ONCE, AGAIN, SECRET], number=2), 2, 3)
        old.answer(old.ask(["New.", *FIRST], number=3), 1, 4)
    store = open_store(url, create=True)
    assert chosen(store) == [(2, ENDS), (3, AGAIN), (4, SECRET), (5, "New."), (3, AGAIN)]
    fewer = store.questions()["wording"].tolist()[1]
    assert fewer != catalog.wording(QUESTION, [ONCE, AGAIN, SECRET])  # whose numbers are 1, 2, 3


def test_each_language_is_looked_at_by_itself_and_one_order_changes_nothing(url, caplog):
    with at_version("0006", url) as conn:
        old = OldStore(conn)
        old.answer(old.ask(FIRST), 1, 2, 3, 4)
        old.answer(old.ask([AGAIN, "Einmal."], number=2, language="de"), 1, 2)
    store = open_store(url, create=True)
    assert store.answers()["value"].tolist() == [1, 2, 3, 4, 1, 2]
    assert "recall" not in caplog.text


def test_a_number_that_was_none_of_the_options_stays_and_is_told(url, caplog):
    with at_version("0006", url) as conn:
        old = OldStore(conn)
        old.answer(old.ask(FIRST), 3)
        old.answer(old.ask([AGAIN, ONCE, ENDS, SECRET], number=2), 9, 1)
    store = open_store(url, create=True)
    assert store.answers()["value"].tolist() == [3, 9, 3]
    assert "1 answers to risk.recall" in caplog.text


@pytest.mark.parametrize("words", [{}, {"question": "?"}, {"options": {"a": "x"}}, []])
def test_a_question_that_does_not_tell_its_options_stays_as_it_is(url, words, caplog):
    with at_version("0006", url) as conn:
        old = OldStore(conn)
        old.answer(old.ask(FIRST), 2)
        conn.execute(update(QUESTIONS).values(words=words))
    store = open_store(url, create=True)
    assert store.answers()["value"].tolist() == [2]
    assert "1 answers to risk.recall" in caplog.text
    with store.reading() as now:
        assert now.scalar(text("SELECT count(*) FROM questions")) == 1
