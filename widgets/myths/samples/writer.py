"""Write a rehearsal into a store of its own: an SQLite file like that of a real workshop.

The rows are written straight into the tables, all in one transaction: the store's own `save` gives
every answer the time of now, and waits for the disk after each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from os import PathLike
from pathlib import Path

from sqlalchemy import Connection, MetaData, insert, select

from myths import catalog, session
from myths.answer import Answer
from myths.catalog import Catalog, consent_version
from myths.errors import StoreError
from myths.samples.answers import answers as answers_of
from myths.samples.people import SMALL, Person, meetings, people
from myths.samples.timetable import asked
from myths.samples.words import spoken
from myths.store import AskedQuestion, open_store, sqlite_address

GivenAnswer = tuple[datetime, Person, AskedQuestion, Answer]


def make(path: str | PathLike[str], *, seed: int = 7, workshops: int = SMALL) -> Path:
    """Make the rehearsal data set: 3 workshops, 60 people, about 3,700 answers, two languages.

    One of these workshops is for courts, the others are mixed. With `workshops` 12 there are 300
    people: nine more half days, some for the police, courts or social workers. The same seed and
    the same content give the same data, ids and times included. All workshops in it are marked as
    rehearsals, so no evaluation reads them unasked. Gives the path of the SQLite file. Raises
    StoreError if there is such a file already or it cannot be written, ContentError if the content
    has a fault.
    """
    path = Path(path)
    if path.exists():
        raise StoreError(f"{path} is there already: choose another name, or delete it first.")
    content = catalog.load()
    everybody = list(people(seed, workshops))
    given = sorted(_all(everybody, content), key=lambda one: one[0])
    store = open_store(sqlite_address(path), create=True)
    for meeting in meetings(workshops):
        store.open_workshop(
            code=meeting.code,
            title=meeting.title,
            language=meeting.languages[0],
            audience=meeting.audience,
            route=meeting.way,
            modules=meeting.route(content.series.modules),
            keep_days=3650,
            zone="UTC",
            rehearsal=True,
            now=meeting.opens,
        )
    with store.writing() as conn:
        _write(conn, everybody, given, consent=consent_version(content))
    return path


def _all(everybody: list[Person], content: Catalog) -> Iterator[GivenAnswer]:
    for person in everybody:
        for at, item, phase in asked(person, content):
            pause = person.dice(item.module, item.id, phase, "pause")
            for answer in answers_of(person, item, phase):
                yield at, person, session.asked(spoken(item, person.language), phase), answer
                at += timedelta(seconds=pause.randint(3, 40))


def _write(
    conn: Connection, everybody: list[Person], given: list[GivenAnswer], *, consent: str
) -> None:
    store = MetaData()
    store.reflect(conn)
    workshops, participants, questions, answers = (
        store.tables[name] for name in ("workshops", "participants", "questions", "answers")
    )
    opened = conn.execute(select(workshops.c.code, workshops.c.id))
    meetings = {row.code: row.id for row in opened}
    names = {person.name: number for number, person in enumerate(everybody, start=1)}
    asked = {_place(question): question for _, _, question, _ in given}
    places = {place: number for number, place in enumerate(asked, start=1)}
    conn.execute(
        insert(participants),
        [
            {
                "id": names[person.name],
                "name": person.name,
                "workshop": meetings[person.meeting.code],
                "language": person.language,
                "consent": consent,
                "contributes": True,
                "recovery": f"nobody has the code of {person.name}",
                "joined_at": _microseconds(person.meeting.opens) + names[person.name] * 1_000_000,
            }
            for person in everybody
        ],
    )
    conn.execute(
        insert(questions),
        [{"id": places[place], **asdict(question)} for place, question in asked.items()],
    )
    conn.execute(
        insert(answers),
        [
            {
                "participant": names[person.name],
                "question": places[_place(question)],
                "at": _microseconds(at),
                **answer.content,
                "key": answer.key,
            }
            for at, person, question, answer in given
        ],
    )


def _place(question: AskedQuestion) -> tuple[str, ...]:
    return question.module, question.item, question.phase, question.language, question.wording


def _microseconds(at: datetime) -> int:
    return int(at.timestamp()) * 1_000_000
