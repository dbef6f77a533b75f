"""Who is responsible for people's answers, and their look: organiser.yml and a logo beside it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from myths.catalog.accent import Accent, accent, accent_fault
from myths.catalog.problems import Problem
from myths.catalog.source import read
from myths.catalog.structure import Strict
from myths.catalog.support import Url
from myths.catalog.validation import shape
from myths.catalog.words import Words, like
from myths.edition import LOGOS, shown

NAME = "organiser.yml"
_LARGEST = 40_000  # bytes of a logo, which is a part of each page that shows it
_BEGINNINGS = {"logo.svg": b"<", "logo.png": b"\x89PNG"}
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

Colour = Annotated[str, like("#?[0-9a-fA-F]{6}", "six digits and letters such as 0b5a66")]


@dataclass(frozen=True)
class Organiser:
    """An organisation and how to reach it; each is empty until somebody fills it in.

    `exit` is the site to which the exit button leads, empty if it is the usual one. `accent` is
    None for the program's own colour. `logo` is a picture as a data address.
    """

    name: str = ""
    contact: str = ""
    exit: str = ""
    accent: Accent | None = None
    logo: str = ""

    @property
    def is_known(self) -> bool:
        """Return whether people can be told whom to ask."""
        return bool(self.name and self.contact)


class OrganiserWords(Strict):
    """organiser.yml."""

    name: Words | None = None
    contact: Words | None = None
    exit: Url | None = None
    colour: Colour | None = None

    @property
    def accent(self) -> str:
        """The colour as styles have it, or nothing."""
        return f"#{self.colour.removeprefix('#').lower()}" if self.colour else ""


def read_organiser(root: Path) -> Organiser:
    """Read the files, which may be missing. Raises ContentProblemsError.

    A colour or a logo that cannot be shown is left out.
    """
    words = _words(root)
    is_readable = words.accent and not accent_fault(words.accent)
    return Organiser(
        words.name or "",
        words.contact or "",
        words.exit or "",
        accent(words.accent) if is_readable else None,
        "" if [*_check_logo(root, words.name)] else _logo(root),
    )


def check_organiser(root: Path) -> Iterator[Problem]:
    """Yield what cannot be shown, and a warning while nobody is named.

    Raises ContentProblemsError.
    """
    words = _words(root)
    if fault := words.accent and accent_fault(words.accent):
        yield read(root / NAME, root).problem(("colour",), *fault)
    yield from _check_logo(root, words.name)
    if not (words.name and words.contact):
        message = (
            "nobody is named as responsible for people's answers, so participants are told to ask"
        )
        remedy = "write the organisation after 'name', and a mail or telephone after 'contact'"
        yield Problem(shown(root / NAME), 1, "", f"{message} the trainer", remedy, "warning")


def _words(root: Path) -> OrganiserWords:
    if not (root / NAME).exists():
        return OrganiserWords()
    return shape(read(root / NAME, root), OrganiserWords)


def _logo(root: Path) -> str:
    for name, kind in LOGOS.items():
        if (root / name).exists():
            return f"data:{kind};base64,{base64.b64encode((root / name).read_bytes()).decode()}"
    return ""


def _check_logo(root: Path, organisation: str | None) -> Iterator[Problem]:
    there = [root / name for name in LOGOS if (root / name).exists()]
    if len(there) > 1:
        yield _problem(there[0], f"there is {there[1].name} too", "keep one of the two")
    for path in there:
        picture = path.read_bytes()
        head = picture.removeprefix(_BYTE_ORDER_MARK).lstrip()
        if len(picture) > _LARGEST:
            message = f"it has {len(picture) // 1000} kB, and phones have to load all of it"
            yield _problem(path, message, f"make it smaller than {_LARGEST // 1000} kB")
        elif not head.startswith(_BEGINNINGS[path.name]):
            yield _problem(path, f"it is no {path.suffix} file", "save the picture as one")
        elif not organisation:
            message = "who cannot see it would not hear whose it is"
            yield _problem(path, message, f"write the organisation after 'name' in {NAME}")


def _problem(path: Path, message: str, remedy: str) -> Problem:
    return Problem(shown(path), 1, "", message, remedy)
