"""Who is responsible for people's answers: organiser.yml, which a trainer fills in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from myths.catalog.problems import Problem
from myths.catalog.source import read
from myths.catalog.structure import Strict
from myths.catalog.validation import shape
from myths.catalog.words import Words
from myths.edition import shown

NAME = "organiser.yml"


@dataclass(frozen=True)
class Organiser:
    """An organisation and how to reach it; each is empty until somebody fills it in."""

    name: str = ""
    contact: str = ""

    @property
    def is_known(self) -> bool:
        """Return whether people can be told whom to ask."""
        return bool(self.name and self.contact)


class OrganiserWords(Strict):
    """organiser.yml."""

    name: Words | None = None
    contact: Words | None = None


def read_organiser(root: Path) -> Organiser:
    """Read the file, which may be missing. Raises ContentProblemsError."""
    if not (root / NAME).exists():
        return Organiser()
    words = shape(read(root / NAME, root), OrganiserWords)
    return Organiser(words.name or "", words.contact or "")


def check_organiser(root: Path) -> Iterator[Problem]:
    """Warn while nobody is named. Raises ContentProblemsError."""
    if not read_organiser(root).is_known:
        message = (
            "nobody is named as responsible for people's answers, so participants are told to ask"
        )
        remedy = "write the organisation after 'name', and a mail or telephone after 'contact'"
        yield Problem(shown(root / NAME), 1, "", f"{message} the trainer", remedy, "warning")
