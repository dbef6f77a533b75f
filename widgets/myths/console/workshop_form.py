"""The form in which a trainer says what a workshop is to be, at its opening and later."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from myths.errors import WorkshopError
from myths.store import Workshop
from myths.vocabulary import Reason

# where on the form it stands why something cannot be
FIELDS = {
    Reason.UNFIT: "zone",
    Reason.HOURS: "joins_until",
    Reason.BEGUN: "joins_from",
    Reason.DATES: "erasing_date",
    Reason.ZONE: "zone",
    Reason.WITHDRAWAL: "pooling_date",
    Reason.ERASING: "erasing_date",
    Reason.FEWEST: "k",
}


def _moment(typed: str) -> datetime:
    return datetime.fromisoformat(typed).replace(tzinfo=None)


_READ: Mapping[str, tuple[Callable[[str], Any], Reason]] = {
    "joins_from": (_moment, Reason.HOURS),
    "joins_until": (_moment, Reason.HOURS),
    "pooling_date": (date.fromisoformat, Reason.DATES),
    "erasing_date": (date.fromisoformat, Reason.DATES),
    "k": (int, Reason.FEWEST),
    "languages": (str.split, Reason.UNFIT),
}
TYPED = ("title", "audience", "route", "country", "language", "zone", *_READ)


@dataclass(frozen=True)
class WorkshopForm:
    """What was `typed`, by field, and what the form had `shown` before."""

    typed: Mapping[str, str]
    shown: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, workshop: Workshop, ticked: Iterable[str]) -> WorkshopForm:
        """Return the form as it shows a workshop and its languages, with nothing changed."""
        hours = {
            name: f"{workshop.local(getattr(workshop, name)):%Y-%m-%dT%H:%M}"
            for name in ("joins_from", "joins_until")
        }
        days = {
            name: getattr(workshop, name).isoformat() for name in ("pooling_date", "erasing_date")
        }
        plain = {name: getattr(workshop, name) for name in TYPED[:6]}
        told = {**plain, **hours, **days, "k": str(workshop.k), "languages": " ".join(ticked)}
        return cls(told, told)

    def settings(self) -> dict[str, Any]:
        """Return what differs from what was shown, as the store takes it.

        Raises WorkshopError for what cannot be read, with the reason of its field.
        """
        told: dict[str, Any] = {}
        for name, typed in self.typed.items():
            if typed == self.shown.get(name, "") or not (typed or name == "title"):
                continue
            read, reason = _READ.get(name, (str, Reason.UNFIT))
            try:
                told[name] = read(typed)
            except ValueError:
                raise WorkshopError(f"{typed!r} cannot be read as {name}.", reason=reason) from None
        return told
