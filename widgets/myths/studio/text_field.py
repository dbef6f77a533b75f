"""One text that a trainer can change, with what people call it and how it is written."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from myths.yaml_text import Bare, Place, YamlText

Kind = Literal["line", "paragraph", "prose", "terms", "choice", "number", "date"]

WORDS, PLAN, NEW = "t:", "p:", "n:"  # before a field's place: in which file it stands, or in none
_HIDDEN = re.compile(  # what nobody sees who reads or types, as in catalog.tree
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\uffff]"
)
_BARE = re.compile("[A-Za-z0-9_.-]*")
_ENDS = re.compile("\r\n|[\r\u2028\u2029]")


@dataclass(frozen=True)
class TextField:
    """A text at a place of a file; its `name` is unique in a form, and says where it stands.

    `choices` are what can be chosen, by the values that are written.
    """

    name: str
    kind: Kind
    label: str
    value: str = ""
    hint: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        """The keys that lead to it in its file."""
        return tuple(
            int(part) if part.isdigit() and at > 0 else part
            for at, part in enumerate(self.name[len(WORDS) :].split("."))
        )

    @property
    def kept(self) -> str:
        """What stands there, as it would be kept had somebody typed it."""
        return self.read(self.value)

    @property
    def mark(self) -> str:
        """What tells whether it still is what somebody saw."""
        return mark(self.kept)

    @property
    def is_new(self) -> bool:
        """Return whether it is for something that is not there yet."""
        return self.name.startswith(NEW)

    @property
    def list_name(self) -> str:
        """The list that it is for, if it is for something new."""
        return self.name[len(NEW) :].partition(".")[0]

    def read(self, typed: str) -> str:
        """Return what was typed, as it is kept: without what nobody sees."""
        text = unicodedata.normalize("NFC", _HIDDEN.sub("", _ENDS.sub("\n", typed)))
        lines = [_ended(line) for line in text.split("\n")]
        if self.kind == "prose":
            return "\n".join(lines).strip()
        if self.kind == "terms":
            return "\n".join(" ".join(line.split()) for line in lines if line.strip())
        return " ".join(text.split())


def mark(text: str) -> str:
    """Return what tells a text from any other one."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def shown(kind: Kind, file: YamlText, place: Place) -> str:
    """Return the value at a place as a form shows it; empty where there is none."""
    if kind == "prose":
        return "\n".join(map(_ended, file.prose(place).split("\n"))).strip()
    found = file.get(place)
    if kind == "terms":
        return "\n".join(" ".join(str(each).split()) for each in found or [])
    return " ".join(found.split()) if isinstance(found, str) else ""


def written(field_: TextField, file: YamlText, text: str) -> YamlText:
    """Return the file with this text in the field's place."""
    value: Any = text
    if field_.kind == "terms":
        value = text.split("\n") if text else []
    elif field_.kind in ("number", "choice", "date") and _BARE.fullmatch(text):
        value = Bare(text or "null")
    place = field_.place
    if not _is_there(file, place):
        return _put(file, place, value) if text else file
    if field_.kind == "prose":
        return file.set_prose(place, text)
    if field_.kind == "terms":
        return file.set_list(place, value)
    return file.set(place, value)


def _ended(line: str) -> str:
    """Return a line without the spaces at its end, but for two that Markdown shows as a break."""
    words = line.rstrip()
    return f"{words}  " if words and line.endswith("  ") else words


def _is_there(file: YamlText, place: Place) -> bool:
    inside = file.get(place[:-1]) if len(place) > 1 else file.value
    if isinstance(inside, list):
        return isinstance(place[-1], int) and place[-1] < len(inside)
    return isinstance(inside, dict) and place[-1] in inside


def _put(file: YamlText, place: Place, value: Any) -> YamlText:
    """Put a value where there is none, with what has to be around it."""
    at = len(place) - 1
    while at and not isinstance(file.get(place[:at]), dict):
        at -= 1
    for part in reversed(place[at + 1 :]):
        value = {part: value}
    return file.put(place[: at + 1], value)
