"""Who takes part in a rehearsal of three workshops or twelve, each with a mind of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from myths.vocabulary import Audience

_HALF_DAY = ("risk", "womens-services", "mediation")
_LETTERS = "bcdfghjkmnpqrstvwxz"  # as in the names that a store gives


@dataclass(frozen=True)
class Meeting:
    """A workshop of the rehearsal; `modules` None means all, `languages` are its people's.

    `pull` is by how much more it moves people than others do.
    """

    code: str
    title: str
    opens: datetime
    languages: tuple[str, ...]
    modules: tuple[str, ...] | None = _HALF_DAY
    audience: Audience = Audience.MIXED
    pull: float = 0.0

    @property
    def way(self) -> str:
        """The name of its route."""
        return "full-day" if self.modules is None else "half-day"

    def route(self, series: tuple[str, ...]) -> tuple[str, ...]:
        """List its modules that the series has, in the order of the series."""
        return tuple(slug for slug in series if self.modules is None or slug in self.modules)


MEETINGS = (
    Meeting(
        "TRIAL1",
        "Rehearsal: a full day in English",
        datetime(2026, 3, 3, 8, tzinfo=UTC),
        ("en",) * 24,
        modules=None,
    ),
    Meeting(
        "TRIAL2",
        "Rehearsal: half a day in German",
        datetime(2026, 4, 14, 7, tzinfo=UTC),
        ("de",) * 20,
        audience=Audience.COURTS,
    ),
    Meeting(
        "TRIAL3",
        "Rehearsal: half a day in two languages",
        datetime(2026, 6, 9, 12, tzinfo=UTC),
        ("en", "en", "de", "en") * 4,
    ),
)

_MORE = (  # day and month, people, for whom, by how much more it moves them
    ((17, 3), 27, Audience.MIXED, 0.3),
    ((31, 3), 26, Audience.POLICE, -0.5),
    ((28, 4), 28, Audience.COURTS, 0.1),
    ((5, 5), 25, Audience.SOCIAL, 0.4),
    ((19, 5), 30, Audience.MIXED, -0.2),
    ((2, 6), 26, Audience.POLICE, -0.3),
    ((16, 6), 24, Audience.MIXED, 0.0),
    ((30, 6), 28, Audience.COURTS, 0.2),
    ((14, 7), 26, Audience.POLICE, 0.0),
)
SMALL = len(MEETINGS)
LARGE = SMALL + len(_MORE)  # with 300 people


def meetings(workshops: int) -> tuple[Meeting, ...]:
    """Return the three workshops, or these with nine more, which are half days in English."""
    more = (
        Meeting(
            f"TRIAL{number:X}",
            "Rehearsal: half a day in English",
            datetime(2026, month, day, 8, tzinfo=UTC),
            ("en",) * size,
            audience=audience,
            pull=pull,
        )
        for number, ((day, month), size, audience, pull) in enumerate(_MORE, SMALL + 1)
    )
    return (*MEETINGS, *more)[:workshops]


@dataclass(frozen=True)
class Person:
    """A participant: how they lean towards the myths, how far a workshop moves them.

    `stays` is the share of the modules after which they leave (1.0: they stay to the end),
    `returns` tells whether they come back three months later.
    """

    name: str
    meeting: Meeting
    language: str
    doubt: float
    openness: float
    stays: float
    returns: bool
    seed: str

    def dice(self, *about: str) -> Random:
        """Return dice that always fall alike for the same person and matter."""
        return Random("/".join((self.seed, *about)))  # noqa: S311 no secret


def people(seed: int, workshops: int = SMALL) -> Iterator[Person]:
    """Make the participants, in the order in which they join."""
    for meeting in meetings(workshops):
        for number, language in enumerate(meeting.languages):
            own = f"{seed}/{meeting.code}/{number}"
            dice = Random(own)  # noqa: S311 no secret
            stays = 1.0 if dice.random() < 0.8 else dice.random() ** 2
            yield Person(
                name="p" + "".join(dice.choices(_LETTERS, k=10)),
                meeting=meeting,
                language=language,
                doubt=dice.gauss(0, 1),
                openness=dice.gauss(0.9, 0.7) + meeting.pull,
                stays=stays,
                returns=dice.random() < (0.55 if stays == 1.0 else 0.15),
                seed=own,
            )
