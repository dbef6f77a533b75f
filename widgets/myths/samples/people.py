"""Who takes part in a rehearsal: three workshops, sixty people, each with a mind of their own."""

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
    """A workshop of the rehearsal; `modules` None means all, `languages` are its people's."""

    code: str
    title: str
    opens: datetime
    languages: tuple[str, ...]
    modules: tuple[str, ...] | None = _HALF_DAY
    audience: Audience = Audience.MIXED

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


def people(seed: int) -> Iterator[Person]:
    """Make the participants, in the order in which they join."""
    for meeting in MEETINGS:
        for number, language in enumerate(meeting.languages):
            own = f"{seed}/{meeting.code}/{number}"
            dice = Random(own)  # noqa: S311 no secret
            stays = 1.0 if dice.random() < 0.8 else dice.random() ** 2
            yield Person(
                name="p" + "".join(dice.choices(_LETTERS, k=10)),
                meeting=meeting,
                language=language,
                doubt=dice.gauss(0, 1),
                openness=dice.gauss(0.9, 0.7),
                stays=stays,
                returns=dice.random() < (0.55 if stays == 1.0 else 0.15),
                seed=own,
            )
