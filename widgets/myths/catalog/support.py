"""Support lines per country, as a trainer checked them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field, field_validator

from myths.catalog.markdown import Html, escaped, render
from myths.catalog.structure import Strict
from myths.catalog.words import Language, Slug, Words, fault, like

Phone = Annotated[str, like(r"\+?[0-9][0-9 ()/-]*", "a number such as 116 016 or +49 30 1234")]
Url = Annotated[str, like(r"https://[^\s<>\"']+", "an address that begins with https://")]
Spoken = Annotated[dict[Language, Words], Field(min_length=1)]


@dataclass(frozen=True)
class SupportLine:
    """One line in the reader's language, or in `language` where that is not written yet."""

    id: str
    language: str
    name: str
    audience: str
    hours: str
    phone: str
    sms: str | None
    url: str | None
    free: bool

    @property
    def shown(self) -> Html:
        """The line as a paragraph, with links to call, write and look."""
        call = f"[{escaped(self.phone)}](tel:{re.sub('[^+0-9]', '', self.phone)})"
        write = f", SMS {escaped(self.sms)}" if self.sms else ""
        look = f", [{escaped(self.url.removeprefix('https://'))}](<{self.url}>)" if self.url else ""
        parts = (self.name, self.audience, self.hours)
        words = " ".join(escaped(part.removesuffix(".") + ".") for part in parts)
        return render(f"**{call}**{write}{look}: {words}")


@dataclass(frozen=True)
class Support:
    """The lines of a country and the day somebody last checked them (None: nobody yet)."""

    country: str
    checked: date | None
    lines: tuple[SupportLine, ...]


class LineWords(Strict):
    """One entry under `lines`."""

    id: Slug
    name: Spoken
    audience: Annotated[Spoken, Field(alias="for")]
    hours: Spoken
    phone: Phone
    sms: Phone | None = None
    url: Url | None = None
    free: bool

    @field_validator("hours")
    @classmethod
    def _same_languages(cls, hours: dict[str, str], info: object) -> dict[str, str]:
        data: Mapping[str, Mapping[str, str]] = getattr(info, "data", {})
        languages = [set(hours), *(set(data[key]) for key in ("name", "audience") if key in data)]
        if any(other != languages[0] for other in languages):
            raise fault("name, for and hours differ in their languages", "give all three in each")
        return hours

    def spoken(self, language: str) -> SupportLine:
        """Choose the words in `language`, else in English, else in the first there is."""
        chosen = next(known for known in (language, "en", *self.name) if known in self.name)
        return SupportLine(
            id=self.id,
            language=chosen,
            name=self.name[chosen],
            audience=self.audience[chosen],
            hours=self.hours[chosen],
            phone=self.phone,
            sms=self.sms,
            url=self.url,
            free=self.free,
        )


class SupportWords(Strict):
    """support/<country>.yml; `note` speaks to the trainer and is not shown."""

    country: Slug
    checked: date | None
    note: Spoken | None = None
    lines: Annotated[tuple[LineWords, ...], Field(min_length=1)]

    def spoken(self, language: str) -> Support:
        """Choose the words in one language."""
        lines = tuple(line.spoken(language) for line in self.lines)
        return Support(self.country, self.checked, lines)
