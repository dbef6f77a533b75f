"""The files behind a form, as texts in which values change: those of a part in every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from myths import catalog
from myths.catalog import Interface
from myths.studio.draft import Draft
from myths.studio.draft_part import ORGANISER, DraftPart
from myths.studio.entry_list import EntryList
from myths.studio.field_set import FieldGroup
from myths.studio.module_fields import ModuleFields
from myths.studio.page_fields import PageFields
from myths.studio.plain_fields import LINES, SupportFields, interface_groups, organiser_groups
from myths.studio.text_field import PLAN, TextField, written
from myths.yaml_text import Bare, Place, YamlText, YamlTextError


@dataclass(frozen=True)
class FormFiles:
    """The files of a part: its `words` in the language of the form, and its `plan`.

    `others` are its words in the other languages, by the names of the files. No method changes the
    object; each returns a new one.
    """

    part: DraftPart
    language: str
    words: YamlText
    plan: YamlText
    others: Mapping[str, YamlText] = field(default_factory=dict)

    @classmethod
    def read(cls, draft: Draft, part: DraftPart, *, language: str) -> FormFiles:
        """Read them. Raises ContentError, also where there are no words in the language."""
        words = YamlText(draft.text(part.file(language)))
        plan = YamlText(draft.text(part.plan)) if part.plan else YamlText("{}")
        names = draft.names(part.words.replace("{}", "*")) if part.plan else []
        others = {name: YamlText(draft.text(name)) for name in names if name != part.file(language)}
        return cls(part, language, words, plan, others)

    @property
    def texts(self) -> dict[str, str]:
        """The texts of the files by their names."""
        found = {name: each.text for name, each in self.others.items()}
        found[self.part.file(self.language)] = self.words.text
        return found | ({self.part.plan: self.plan.text} if self.part.plan else {})

    def groups(self, ui: Interface, *, audience: str, can_build: bool) -> list[FieldGroup]:
        """Return the fields of the form."""
        if self.part.kind == "modules":
            return ModuleFields(
                self.words, self.plan, ui, audience=audience, can_build=can_build
            ).groups()
        if self.part.kind == "pages":
            return PageFields(self.words, self.plan, ui, can_build=can_build).groups()
        if self.part.name == ORGANISER:
            return organiser_groups(self.words, ui)
        if self.part.kind == "settings":
            return SupportFields(self.words, ui, self.language).groups()
        return interface_groups(self.words, self.part.section, self.part.title)

    def with_text(self, field_: TextField, text: str) -> FormFiles:
        """Return the files with a text in the place of a field."""
        if field_.name.startswith(PLAN):
            return replace(self, plan=written(field_, self.plan, text))
        return replace(self, words=written(field_, self.words, text))

    @property
    def lists(self) -> tuple[EntryList, ...]:
        """The lists of the part that can become longer and shorter."""
        kinds = {"modules": ModuleFields.lists, "pages": PageFields.lists}
        return kinds.get(self.part.kind, ())

    def entry_list(self, name: str) -> EntryList:
        """Return the list of that name. Raises YamlTextError."""
        for each in self.lists:
            if each.name == name:
                return each
        raise YamlTextError("There is no such list here any more.")

    def added(self, entries: EntryList, name: str, value: str | Mapping[str, str]) -> FormFiles:
        """Return the files with a new entry, which other languages have still to translate."""
        ids = entries.ids(self.plan)
        plan = (
            self.plan.insert((*entries.plan, len(ids)), name)
            if ids
            else self.plan.put(entries.plan, [name])
        )
        return replace(
            self,
            plan=plan,
            words=_with_entry(self.words, entries, name, value, after=ids),
            others={
                file: _with_entry(each, entries, name, _marked(value), after=ids)
                for file, each in self.others.items()
            },
        )

    def removed(self, entries: EntryList, name: str) -> FormFiles:
        """Return the files without an entry."""
        plan = self.plan
        lists = [entries.plan, ("folded",), ("unfolded",)] if entries.name == "boxes" else []
        for place in lists or [entries.plan]:
            plan = _without(plan, place, name)
        return replace(
            self,
            plan=plan,
            words=_without_key(self.words, (*entries.words, name)),
            others={
                file: _without_key(each, (*entries.words, name))
                for file, each in self.others.items()
            },
        )

    def moved(self, entries: EntryList, name: str, by: int) -> FormFiles:
        """Return the files with an entry before or behind its neighbour."""
        ids = entries.ids(self.plan)
        at = ids.index(name) if name in ids else -1
        if at < 0 or not 0 <= at + by < len(ids):
            raise YamlTextError("It stands there already.")
        plan = self.plan.swap((*entries.plan, at), (*entries.plan, at + by))
        return replace(self, plan=plan)

    def with_line(self, name: str, value: Mapping[str, object]) -> FormFiles:
        """Return the file with a new support line."""
        known = self.words.get((LINES,)) or []
        return replace(self, words=self.words.insert((LINES, len(known)), {"id": name, **value}))

    def with_line_moved(self, name: str, by: int) -> FormFiles:
        """Return the file with a support line before or behind its neighbour."""
        at, total = self._line(name), len(self.words.get((LINES,)))
        if not 0 <= at + by < total:
            raise YamlTextError("It stands there already.")
        return replace(self, words=self.words.swap((LINES, at), (LINES, at + by)))

    def without_line(self, name: str) -> FormFiles:
        """Return the file without a support line."""
        return replace(self, words=self.words.remove((LINES, self._line(name))))

    def line_tried(self, name: str, day: str) -> FormFiles:
        """Return the file with the day on which a support line was tried."""
        place: Place = (LINES, self._line(name), "checked")
        known = self.words.get(place[:-1]) or {}
        words = (self.words.set if "checked" in known else self.words.put)(place, Bare(day))
        return replace(self, words=words)

    def _line(self, name: str) -> int:
        for at, line in enumerate(self.words.get((LINES,)) or []):
            if isinstance(line, dict) and line.get("id") == name:
                return at
        raise YamlTextError("This line is not there any more.")


def _with_entry(
    words: YamlText, entries: EntryList, name: str, value: object, *, after: list[str]
) -> YamlText:
    if words.get(entries.words):
        return words.put((*entries.words, name), value, after=after[-1] if after else "")
    return words.put(entries.words, {name: value}, after=entries.after)


def _without(plan: YamlText, place: Place, name: str) -> YamlText:
    """Return a structure file without a name in a list, and without a list that has no other."""
    found = plan.get(place) or []
    if name not in found:
        return plan
    return plan.remove(place if len(found) == 1 else (*place, found.index(name)))


def _without_key(words: YamlText, place: Place) -> YamlText:
    found = words.get(place[:-1]) or {}
    if place[-1] not in found:
        return words
    return words.remove(place[:-1] if len(found) == 1 else place)


def _marked(value: str | Mapping[str, str]) -> str | dict[str, str]:
    """Mark words that are still to be translated."""
    if isinstance(value, str):
        return catalog.MARK + value
    return {key: catalog.MARK + text for key, text in value.items()}
