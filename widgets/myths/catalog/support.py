"""Support lines per country, as a trainer checked them; an unchecked one is shown to nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidatorFunctionWrapHandler, WrapValidator, field_validator

from myths.catalog.markdown import Html, escaped, render
from myths.catalog.source import read
from myths.catalog.structure import Strict
from myths.catalog.units import MARK
from myths.catalog.unwritten import is_unwritten
from myths.catalog.validation import shape
from myths.catalog.words import Language, Slug, Words, fault, like
from myths.languages import direction
from myths.vocabulary import SupportKind

Phone = Annotated[str, like(r"\+?[0-9][0-9 ()/-]*", "a number such as 116 016 or +49 30 1234")]
Url = Annotated[str, like(r"https://[^\s<>\"']+", "an address that begins with https://")]
Spoken = Annotated[dict[Language, Words], Field(min_length=1)]

EUROPE = "eu"
_LEFT_TO_RIGHT, _END = "\u2066", "\u2069"  # of Unicode: an isolate


@dataclass(frozen=True)
class SupportLine:
    """One line in the reader's language, or in `language` where that is not written yet."""

    id: str
    kind: SupportKind
    language: str
    name: str
    audience: str
    hours: str
    phone: str
    sms: str | None
    url: str | None
    free: bool
    checked: date | None

    def told(self, checked: str) -> Html:
        """Return the line: a link to call, then whom it is for, and other ways to reach it."""
        digits = re.sub("[^+0-9]", "", self.phone)
        phone = escaped(self.phone)
        if direction(self.language) == "rtl":  # or its groups of digits would change places
            phone = f"{_LEFT_TO_RIGHT}{phone}{_END}"
        call = f"[{escaped(self.name.removesuffix('.'))}: {phone}](tel:{digits})"
        parts = (self.audience, self.hours, *filter(None, [checked]))
        words = " ".join(escaped(part.removesuffix(".") + ".") for part in parts)
        write = f" SMS {escaped(self.sms)}." if self.sms else ""
        look = f" [{escaped(self.url.removeprefix('https://'))}](<{self.url}>)" if self.url else ""
        return render(f"**{call}**\n\n{words}{write}{look}")


@dataclass(frozen=True)
class Support:
    """The lines of a country, each with the day somebody last checked it (None: nobody yet)."""

    country: str
    lines: tuple[SupportLine, ...]


@dataclass(frozen=True)
class SupportList:
    """What a participant sees: lines that somebody checked, and whether to ask for others."""

    lines: tuple[SupportLine, ...]
    asks: bool

    @classmethod
    def of(cls, files: Iterable[Support], country: str) -> SupportList:
        """Gather a country's lines and those of all Europe; of a number in both, the country's."""
        own = sorted(files, key=lambda each: each.country != country)
        found = [line for each in own if each.country in (country, EUROPE) for line in each.lines]
        by_number = {line.phone: line for line in reversed(found)}
        known = sorted(by_number.values(), key=lambda line: [*SupportKind].index(line.kind))
        shown = tuple(line for line in known if line.checked)
        served = {line.kind for line in shown}
        return cls(shown, len(shown) < len(known) or SupportKind.SURVIVORS not in served)


class LineWords(Strict):
    """One entry under `lines`."""

    id: Slug
    kind: SupportKind
    name: Spoken
    audience: Annotated[Spoken, Field(alias="for")]
    hours: Spoken
    phone: Phone
    sms: Phone | None = None
    url: Url | None = None
    free: bool
    checked: date | None = None

    @field_validator("hours")
    @classmethod
    def _same_languages(cls, hours: dict[str, str], info: object) -> dict[str, str]:
        data: Mapping[str, Mapping[str, str]] = getattr(info, "data", {})
        languages = [set(hours), *(set(data[key]) for key in ("name", "audience") if key in data)]
        if any(other != languages[0] for other in languages):
            raise fault("name, for and hours differ in their languages", "give all three in each")
        return hours

    def _is_told(self, language: str) -> bool:
        texts = (self.name, self.audience, self.hours)
        return not any(MARK in each[language] for each in texts)

    def spoken(self, language: str, *, checked: date | None) -> SupportLine:
        """Choose the words in `language`, else in English, else in the first there is."""
        told = [known for known in self.name if self._is_told(known)] or [*self.name]
        chosen = next(known for known in (language, "en", *told) if known in told)
        return SupportLine(
            id=self.id,
            kind=self.kind,
            language=chosen,
            name=self.name[chosen],
            audience=self.audience[chosen],
            hours=self.hours[chosen],
            phone=self.phone,
            sms=self.sms,
            url=self.url,
            free=self.free,
            checked=self.checked or checked,
        )


def _unless_unwritten(value: Any, read: ValidatorFunctionWrapHandler) -> LineWords | None:
    """Leave a line out in which something is still to be written."""
    line: LineWords | None = None if is_unwritten(value) else read({} if value is None else value)
    return line


class SupportWords(Strict):
    """support/<country>.yml; `note` speaks to the trainer and is not shown.

    `checked` is the day for all lines that have none of their own.
    """

    country: Slug
    checked: date | None
    note: Spoken | None = None
    entries: Annotated[
        tuple[Annotated[LineWords | None, WrapValidator(_unless_unwritten)], ...],
        Field(min_length=1, alias="lines"),
    ]

    @property
    def lines(self) -> tuple[LineWords, ...]:
        """The lines that are written."""
        return tuple(each for each in self.entries if each)

    def spoken(self, language: str) -> Support:
        """Choose the words in one language."""
        lines = tuple(line.spoken(language, checked=self.checked) for line in self.lines)
        return Support(self.country, lines)


def support_files(root: Path) -> tuple[str, ...]:
    """Return the names of the files of support lines, each of which has all languages."""
    return tuple(path.relative_to(root).as_posix() for path in sorted(root.glob("support/*.yml")))


def spoken(path: Path, root: Path, *, language: str) -> Mapping[str, str]:
    """Return the words of a file's lines in one language, by line and part: `emergency.name`.

    What is still to be written is left out, and numbers are no words. Raises ContentProblemsError.
    """
    lines = shape(read(path, root), SupportWords).lines
    return {
        f"{line.id}.{part}": words[language]
        for line in lines
        for part, words in (("name", line.name), ("for", line.audience), ("hours", line.hours))
        if language in words
    }
