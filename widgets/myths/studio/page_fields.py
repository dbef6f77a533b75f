"""The texts of a page around the modules, section by section."""

from __future__ import annotations

from collections.abc import Iterator

from myths.studio.entry_fields import EntryFields
from myths.studio.entry_list import PAGE_LISTS
from myths.studio.field_set import FieldGroup, FieldSet


class PageFields(EntryFields):
    """The fields of a page around the modules."""

    lists = PAGE_LISTS

    def groups(self) -> list[FieldGroup]:
        """Return the fields: of the page, of each of its sections, and of what it asks."""
        made = [FieldGroup("page", self._w.group_page, tuple(self._page()))]
        made += [self._section(name) for name in self._names("sections")]
        asked = {
            "facts": (self._w.group_facts, self._facts()),
            "ratings": (self._w.group_ratings, self._ratings()),
            "reflections": (self._w.group_reflections, self._reflections()),
        }
        made += [
            FieldGroup(name, title, tuple(sets))
            for name, (title, sets) in asked.items()
            if self._plan.get((name,))
        ]
        return made

    def _page(self) -> Iterator[FieldSet]:
        yield self._one("line", "title", ("title",))
        yield self._one("line", "page_heading", ("heading",))
        if self._words.get(("agree",)) is not None:
            yield self._one("paragraph", "agree", ("agree",))

    def _section(self, name: str) -> FieldGroup:
        heading = self._one("line", "heading", ("sections", name, "heading"))
        text = self._one("prose", "text", ("sections", name, "text"))
        title = heading.fields[0].value or name
        return FieldGroup(f"section-{name}".replace("_", "-"), title, (heading, text))

    def _facts(self) -> Iterator[FieldSet]:
        for number, name in enumerate(self._names("facts"), start=1):
            legend = self._w.numbered.format(what=self._w.label_fact, n=number)
            yield self._fact(("facts", name), legend)

    def _ratings(self) -> Iterator[FieldSet]:
        found = [each for each in self._plan.get(("ratings",)) or [] if isinstance(each, dict)]
        for number, each in enumerate(found, start=1):
            label = self._w.numbered.format(what=self._w.label_statement, n=number)
            place = ("ratings", str(each.get("id", "")))
            field = self._field("paragraph", "statement", place, label)
            yield FieldSet(self._id(place), (field,))

    def _reflections(self) -> Iterator[FieldSet]:
        yield from self._entries("reflections")
