"""The texts of files that are no page: buttons and messages, support lines, who is responsible."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from myths import catalog
from myths.catalog import Interface
from myths.studio.field_set import FieldGroup, FieldSet, FieldTool
from myths.studio.text_field import NEW, WORDS, Kind, TextField, shown
from myths.vocabulary import SupportKind
from myths.yaml_text import Place, YamlText

LINES = "lines"  # the list of support lines
SPOKEN = ("name", "for", "hours")  # what a line says, in each language
_LONG = 60  # letters of a word of the interface that gets a field of several lines
_NOTE = re.compile(r"^([\w-]+):[ \t]*#[ \t]*(\S.*)$", re.MULTILINE)


def sections(words: YamlText) -> dict[str, str]:
    """Return the sections of a file of the interface, each with what its writer says it is for."""
    notes = dict(_NOTE.findall(words.text))
    found: dict[str, str] = {}
    for key, inner in words.value.items():
        deep = [name for name, each in _inner(inner) if _is_group(each)]
        found |= {f"{key}.{name}": name for name in deep}
        if len(deep) < len(dict(_inner(inner))):
            found[key] = notes.get(key, key.replace("_", " "))
    return found


def interface_groups(words: YamlText, section: str, title: str) -> list[FieldGroup]:
    """Return the fields of one section of the interface."""
    place: Place = tuple(section.split("."))
    sets = tuple(_words(words, place))
    return [FieldGroup("words", title, sets)]


def _words(words: YamlText, place: Place) -> Iterator[FieldSet]:
    for key, inner in _inner(words.get(place)):
        at = (*place, key)
        name = "-".join(map(str, at))
        if catalog.is_plural(inner):
            yield FieldSet(
                name, tuple(_word(words, (*at, form), form) for form in inner), _named(key)
            )
        elif not _is_group(inner):
            yield FieldSet(name, (_word(words, at, _named(key)),))
        elif len(place) > 1:  # else it is a section of its own
            fields = tuple(_word(words, (*at, each), _named(each)) for each, _ in _inner(inner))
            yield FieldSet(name, fields, _named(key))


def _word(words: YamlText, place: Place, label: str) -> TextField:
    text = str(words.get(place) or "")
    kind: Kind = "line" if len(text) < _LONG else "prose" if "\n\n" in text else "paragraph"
    return TextField(WORDS + ".".join(map(str, place)), kind, label, shown(kind, words, place))


def _named(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _is_group(value: Any) -> bool:
    return isinstance(value, Mapping) and not catalog.is_plural(value)


def _inner(value: Any) -> list[tuple[str, Any]]:
    return list(value.items()) if isinstance(value, Mapping) else []


def organiser_groups(words: YamlText, ui: Interface) -> list[FieldGroup]:
    """Return the fields of who is responsible for people's answers, and of the exit."""
    w = ui.studio
    hints = {"exit": w.hint_organiser_exit, "colour": w.hint_organiser_colour}
    sets = (
        FieldSet(
            key,
            (
                TextField(
                    WORDS + key,
                    "line",
                    w[f"label_organiser_{key}"],
                    shown("line", words, (key,)),
                    hints.get(key, ""),
                ),
            ),
        )
        for key in ("name", "contact", "exit", "colour")
    )
    return [FieldGroup("organiser", w.group_organiser, tuple(sets))]


class SupportFields:
    """The support lines of a country in one language, each with the day it was tried."""

    def __init__(self, words: YamlText, ui: Interface, language: str) -> None:
        self._words, self._w, self._language = words, ui.studio, language

    def groups(self) -> list[FieldGroup]:
        """Return the fields: a fold for each line, and one for a new line."""
        lines = [each for each in self._words.get((LINES,)) or [] if isinstance(each, dict)]
        made = [FieldGroup("all", self._w.group_support, (self._checked(("checked",)),))]
        for at, line in enumerate(lines):
            name = line.get("name")
            title = next(iter(name.values()), "") if isinstance(name, dict) else ""
            tools = self._tools(str(line.get("id", "")), at, len(lines))
            fields = tuple(self._line(WORDS + f"{LINES}.{at}.", (LINES, at)))
            sets = (FieldSet(f"line-{at}", fields, tools=tools),)
            made.append(FieldGroup(f"lines-{at}", str(title), sets))
        tool = FieldTool({"do": "add", "list": LINES}, self._w.add_lines)
        new = FieldSet("new-lines", tuple(self._line(f"{NEW}{LINES}.", ())), tools=(tool,))
        return [*made, FieldGroup("new", self._w.new_lines, (new,))]

    def _checked(self, place: Place) -> FieldSet:
        value = shown("line", self._words, place)
        name = WORDS + ".".join(map(str, place))
        label, hint = self._w.label_support_checked_all, self._w.hint_support_checked_all
        return FieldSet("checked", (TextField(name, "date", label, value, hint),))

    def _tools(self, name: str, at: int, total: int) -> tuple[FieldTool, ...]:
        about: dict[str, str | int] = {"list": LINES, "id": name}
        tools = [FieldTool({"do": "tried", **about}, self._w.tried_today)]
        if at > 0:
            tools.append(FieldTool({"do": "move", **about, "by": -1}, self._w.move_up))
        if at < total - 1:
            tools.append(FieldTool({"do": "move", **about, "by": 1}, self._w.move_down))
        if total > 1:
            tools.append(FieldTool({"do": "remove", **about}, self._w.remove))
        return tuple(tools)

    def _line(self, lead: str, place: Place) -> Iterator[TextField]:
        kinds = {each: self._w[f"kind_{each}"] for each in SupportKind.words()}
        free = {"true": self._w.yes, "false": self._w.no}
        for key in (*SPOKEN, "phone", "sms", "url"):
            at = (*place, key, self._language) if key in SPOKEN else (*place, key)
            name = f"{lead}{key}.{self._language}" if key in SPOKEN else f"{lead}{key}"
            yield TextField(name, "line", self._w[f"label_support_{key}"], self._shown(at, lead))
        for key, choices in (("kind", kinds), ("free", free)):
            label, value = self._w[f"label_support_{key}"], self._shown((*place, key), lead)
            yield TextField(f"{lead}{key}", "choice", label, value, "", choices)
        checked = self._shown((*place, "checked"), lead)
        yield TextField(f"{lead}checked", "date", self._w.label_support_checked, checked)

    def _shown(self, place: Place, lead: str) -> str:
        return "" if lead.startswith(NEW) else shown("line", self._words, place)
