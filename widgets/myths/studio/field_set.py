"""What stands together in the form: the fields of a fact, a question, a story, and what is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from myths.studio.text_field import TextField


@dataclass(frozen=True)
class FieldTool:
    """A button beside fields: what it does, as the form sends it, and what it is called."""

    act: Mapping[str, str | int]
    label: str


@dataclass(frozen=True)
class FieldSet:
    """Fields that belong together, under a `legend` if they are several.

    `note` says what cannot be done here, and why. `id` is what links lead to.
    """

    id: str
    fields: tuple[TextField, ...]
    legend: str = ""
    note: str = ""
    tools: tuple[FieldTool, ...] = ()
    is_new: bool = False


@dataclass(frozen=True)
class FieldGroup:
    """A fold of the form: a step of the page, or what else belongs together.

    `step` is what the preview shows beside it, empty where nothing does.
    """

    id: str
    title: str
    sets: tuple[FieldSet, ...]
    step: str = ""

    @property
    def fields(self) -> tuple[TextField, ...]:
        """All fields in it."""
        return tuple(field for each in self.sets for field in each.fields)


def labels(groups: Iterable[FieldGroup]) -> dict[str, str]:
    """Return what each field is called by itself, by the fields' names."""
    return {
        field.name: f"{each.legend}: {field.label}" if each.legend else field.label
        for group in groups
        for each in group.sets
        for field in each.fields
    }
