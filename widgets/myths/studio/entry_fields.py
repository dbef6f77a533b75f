"""What the forms of modules and pages share: a field with its label, and lists of entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from myths.catalog import Interface, StudioWords
from myths.studio.entry_list import EntryList
from myths.studio.field_set import FieldSet, FieldTool
from myths.studio.text_field import NEW, PLAN, WORDS, Kind, TextField, shown
from myths.yaml_text import Place, YamlText


class EntryFields:
    """Makes the fields of a file of words and its structure file, `plan`."""

    lists: ClassVar[tuple[EntryList, ...]] = ()

    def __init__(
        self, words: YamlText, plan: YamlText, ui: Interface, *, can_build: bool = True
    ) -> None:
        self._words, self._plan = words, plan
        self._ui, self._w, self._can_build = ui, ui.studio, can_build

    def _field(self, kind: Kind, key: str, place: Place, label: str = "") -> TextField:
        name = WORDS + ".".join(map(str, place))
        hint = self._w[f"hint_{key}"] if f"hint_{key}" in self._hints else ""
        value = shown(kind, self._words, place)
        return TextField(name, kind, label or self._w[f"label_{key}"], value, hint)

    @property
    def _hints(self) -> Mapping[str, str]:
        return self._w.flat()

    def _one(self, kind: Kind, key: str, place: Place, *, note: str = "") -> FieldSet:
        return FieldSet(self._id(place), (self._field(kind, key, place),), note=note)

    def _typed(self, kind: Kind, key: str, place: Place) -> FieldSet:
        """Return a field of the structure file."""
        label, value = self._w[f"label_{key}"], shown("line", self._plan, place)
        name = PLAN + ".".join(map(str, place))
        return FieldSet(self._id(place), (TextField(name, kind, label, value),))

    def _chosen(self, key: str, place: Place, choices: Mapping[str, str]) -> FieldSet:
        """Return a field of the structure file in which one of some values is chosen."""
        label, value = self._w[f"label_{key}"], shown("line", self._plan, place)
        name = PLAN + ".".join(map(str, place))
        return FieldSet(self._id(place), (TextField(name, "choice", label, value, "", choices),))

    def _fact(self, place: Place, legend: str, note: str = "") -> FieldSet:
        text = self._field("prose", "text", (*place, "text"))
        terms = self._field("terms", "terms", (*place, "terms"))
        return FieldSet(self._id(place), (text, terms), legend, note)

    def _names(self, key: str) -> list[str]:
        found = self._plan.get((key,))
        return [str(each) for each in found] if isinstance(found, list) else []

    def _list(self, name: str) -> EntryList:
        return next(each for each in self.lists if each.name == name)

    def _entries(self, name: str) -> Iterator[FieldSet]:
        """Yield the entries of a list, each with its buttons, and the fields for a new one."""
        entries = self._list(name)
        ids = entries.ids(self._plan)
        for at, each in enumerate(ids):
            mark = each.upper() if entries.lettered else at + 1
            legend = self._w.numbered.format(what=self._w[f"label_{name}"], n=mark)
            fields = self._parts(entries, (*entries.words, each), legend)
            kept = self._why_kept(entries, each)
            is_told = len(ids) > entries.least or at == len(ids) - 1  # once, and not each time
            yield FieldSet(
                self._id((*entries.words, each)),
                fields,
                legend=legend if len(fields) > 1 else "",
                note=kept if is_told else "",
                tools=self._tools(entries, each, at, len(ids)),
            )
        if self._can_build and len(ids) < entries.most:
            yield self._new(entries)
        elif self._can_build:
            yield FieldSet(f"new-{name}", (), note=why_not(self._w, entries, "most"))

    def _parts(self, entries: EntryList, place: Place, legend: str) -> tuple[TextField, ...]:
        return tuple(
            self._field(kind, f"{entries.name}_{key}", (*place, key))
            if key
            else self._field(kind, entries.name, place, legend)
            for key, kind in entries.parts
        )

    def _new(self, entries: EntryList) -> FieldSet:
        """Return the fields for a new entry."""
        legend = self._w[f"new_{entries.name}"]
        fields = tuple(
            TextField(
                f"{NEW}{entries.name}.{key}" if key else f"{NEW}{entries.name}",
                kind,
                self._w[f"label_{entries.name}_{key}"] if key else legend,
            )
            for key, kind in entries.parts
        )
        tool = FieldTool({"do": "add", "list": entries.name}, self._w[f"add_{entries.name}"])
        several = legend if len(fields) > 1 else ""
        note = self._w.remove_answered if entries.answered else ""
        return FieldSet(f"new-{entries.name}", fields, several, note, (tool,), is_new=True)

    def _tools(self, entries: EntryList, name: str, at: int, total: int) -> tuple[FieldTool, ...]:
        if not self._can_build:
            return ()
        about: dict[str, str | int] = {"list": entries.name, "id": name}
        tools = []
        if at > 0:
            tools.append(FieldTool({"do": "move", **about, "by": -1}, self._w.move_up))
        if at < total - 1:
            tools.append(FieldTool({"do": "move", **about, "by": 1}, self._w.move_down))
        if not self._why_kept(entries, name):
            tools.append(FieldTool({"do": "remove", **about}, self._w.remove))
        return tuple(tools)

    def _why_kept(self, entries: EntryList, name: str) -> str:
        """Return why an entry cannot be removed; empty if it can, and where nothing can be."""
        return (
            why_not(self._w, entries, entries.obstacle(self._plan, name)) if self._can_build else ""
        )

    @staticmethod
    def _id(place: Place) -> str:
        return "-".join(map(str, place)).replace("_", "-")


def why_not(words: StudioWords, entries: EntryList, obstacle: str) -> str:
    """Return in words why an entry cannot be removed, or why no other can be added ("most")."""
    told = {
        "least": words.least.format(n=entries.least),
        "most": words.most.format(n=entries.most),
        "practice": words.practice_fixed,
        "correct": words.correct_fixed,
    }
    return told.get(obstacle, "")
