"""A part of the draft as a form shows it: its files, its fields, and what is said of them.

It works on the files and keeps nothing, so two of them show the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from myths.catalog import Interface
from myths.errors import ContentError
from myths.studio.draft import Draft
from myths.studio.draft_part import draft_languages, draft_parts
from myths.studio.field_problems import FieldProblem, field_problems
from myths.studio.field_set import FieldGroup, labels
from myths.studio.form_files import FormFiles
from myths.studio.shipped_changes import ShippedChange, shipped_changes
from myths.studio.text_field import TextField
from myths.vocabulary import Audience
from myths.yaml_text import YamlTextError


class DraftForm:
    """A part of the draft in `content`, with the words of `ui`.

    `part`, `language` and `audience` are what was chosen; what there is not is the first that there
    is. `at` is the id of the fields that stand open. Raises ContentError if the draft has no
    series.

    `typed` is what stands in fields and is not saved, and `clashes` what was written elsewhere
    meanwhile, both by the names of the fields. `told` and `fault` say what came of an act.
    """

    def __init__(
        self,
        content: Path,
        ui: Interface,
        *,
        part: str = "",
        language: str = "",
        audience: str = "",
        at: str = "",
    ) -> None:
        self.interface, self.words, self.at = ui, ui.studio, at
        self.draft = Draft(content)
        self.languages = draft_languages(self.draft)
        self.language = language if language in self.languages else self.languages[0]
        self.audience = audience if audience in Audience.words() else str(Audience.MIXED)
        self.parts = draft_parts(self.draft, ui, language=self.language)
        self.part = next((each for each in self.parts if each.name == part), self.parts[0])
        self.told, self.fault = "", ""
        self.typed: dict[str, str] = {}
        self.clashes: dict[str, str] = {}
        self._files: FormFiles | None = None
        self._groups: list[FieldGroup] | None = None

    @property
    def is_original(self) -> bool:
        """Return whether the language is the one that the others are translated from."""
        return self.language == self.languages[0]

    @property
    def unfinished(self) -> dict[str, str]:
        """The titles of the modules that are still being written, by their slugs."""
        return {each.name: each.title for each in self.parts if each.is_unfinished}

    @property
    def files(self) -> FormFiles:
        """The files of the part as they are on the disk. Raises ContentError."""
        if self._files is None:
            self._files = FormFiles.read(self.draft, self.part, language=self.language)
        return self._files

    @property
    def groups(self) -> list[FieldGroup]:
        """The fields of the form, as they are on the disk."""
        if self._groups is None:
            can_build = self.is_original and not self.draft.is_read_only
            self._groups = self.files.groups(
                self.interface, audience=self.audience, can_build=can_build
            )
        return self._groups

    @property
    def fields(self) -> dict[str, TextField]:
        """The fields by their names."""
        return {field.name: field for group in self.groups for field in group.fields}

    def look_over(self, fields: Mapping[str, str]) -> None:
        """Take what stands in the fields, by their names; it is not saved."""
        self.typed = {
            name: field.read(fields[name]) for name, field in self.fields.items() if name in fields
        }

    def read_anew(self) -> None:
        """Read the files anew when they are asked for next."""
        self.draft = Draft(self.draft.folder)
        self._files = self._groups = None

    @property
    def unsaved(self) -> list[str]:
        """What the fields are called that say something that is not saved."""
        called, fields = labels(self.groups), self.fields
        return [
            called[name]
            for name, text in self.typed.items()
            if name in fields and text != fields[name].kept
        ]

    @property
    def saved(self) -> str:
        """Whether all is saved, in words: what is not, or what was done last."""
        if unsaved := self.unsaved:
            return self.words.unsaved.format(what=", ".join(unsaved))
        return str(self.words[f"told_{self.told}"] if self.told else self.words.all_saved)

    def problems(self) -> list[FieldProblem]:
        """List what is wrong with the part, were everything saved that was typed."""
        files, found = self.files, []
        fields = self.fields
        for name, text in self.typed.items():
            field = fields.get(name)
            if field and not field.is_new and text != field.kept:
                try:
                    files = files.with_text(field, text)
                except YamlTextError as fault:
                    found.append(FieldProblem(name, str(fault)))
        return found + field_problems(
            self.draft,
            self.part,
            list(fields.values()),
            language=self.language,
            texts=files.texts,
        )

    def shipped(self) -> list[ShippedChange]:
        """List in what the part differs from the edition as it came."""
        there = self._shipped_groups()
        return list(shipped_changes(self.groups, there)) if there is not None else []

    def _shipped_groups(self) -> list[FieldGroup] | None:
        if self.draft.shipped is None:
            return None
        try:
            files = FormFiles.read(self.draft.shipped, self.part, language=self.language)
        except ContentError:
            return None
        return files.groups(self.interface, audience=self.audience, can_build=False)

    def shipped_text(self, name: str) -> str:
        """Return what a field said in the edition as it came. Raises YamlTextError without it."""
        groups = self._shipped_groups() or ()
        found = {field.name: field.value for group in groups for field in group.fields}
        if name not in found:
            raise YamlTextError(self.words.unknown)
        return found[name]
