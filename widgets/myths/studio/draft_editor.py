"""What a trainer changes in the draft, whatever shows it: acts that are checked, and their form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from myths import components
from myths.catalog import Interface
from myths.errors import MythsError
from myths.studio.draft import ChangedElsewhereError
from myths.studio.draft_form import DraftForm
from myths.studio.edit_wish import EditWish
from myths.studio.editor_view import editor_view
from myths.studio.entry_fields import why_not
from myths.studio.field_set import labels
from myths.studio.form_files import FormFiles
from myths.studio.structure_edits import (
    FixedEntryError,
    NothingWrittenError,
    StructureEdits,
)
from myths.studio.text_field import mark

FOLDER = Path(__file__).parent
_BUILDING = ("add", "remove", "move", "own", "tried")


class DraftEditor(DraftForm):
    """A trainer at one part of the draft, with the acts of the form's buttons.

    `place` says what was chosen, as in `DraftForm`. `notebooks` is the folder of the participants'
    notebooks.
    """

    def __init__(
        self, content: Path, ui: Interface, *, notebooks: Path | None = None, **place: str
    ) -> None:
        super().__init__(content, ui, **place)
        self._notebooks = notebooks

    def act(self, message: object) -> bool:
        """Do what a form asks for; returns whether it was done, and `told` or `fault` say what."""
        try:
            wish = EditWish.model_validate(message)
        except ValidationError:
            self.fault = self.words.unknown
            return False
        if self.draft.is_read_only:
            self.fault = self.words.read_only
            return False
        try:
            return self._undo() if wish.do == "undo" else self._edit(wish)
        except ChangedElsewhereError:
            self.fault = self.words.cannot_undo if wish.do == "undo" else self.words.again
        except NothingWrittenError:
            self.fault = self.words.nothing_written
        except FixedEntryError as fixed:
            self.fault = why_not(self.words, fixed.entries, fixed.obstacle)
        except MythsError as fault:
            self.fault = str(fault)
        if wish.do != "undo":
            self.typed = dict(wish.fields)
        return False

    def check(self, message: object) -> dict[str, Any]:
        """Return what is said of texts that are not saved: by field, and of the whole part."""
        with suppress(ValidationError, MythsError):
            self.look_over(EditWish.model_validate(message).fields)
        shown = self.view()
        return {
            "notes": {
                name: components.markup("field_note", self.words.flat(), folder=FOLDER, note=note)
                for name, note in shown["notes"].items()
            },
            "summary": shown["summary"],
            "unsaved": self.saved,
        }

    def _undo(self) -> bool:
        taken = self.draft.undo()
        self.read_anew()
        if taken is None:
            self.fault = self.words.nothing_to_undo
            return False
        self.told = "undone"
        return True

    def _edit(self, wish: EditWish) -> bool:
        """Save what was typed, and what a button does beside it, all or nothing."""
        self.read_anew()
        self.look_over(wish.fields)
        if wish.do == "check":
            return True
        files, changed = self._with_texts(wish)
        if self.clashes:
            self.fault = self.words.clash
            return False
        known = self.fields
        typed = {n: known[n].read(text) for n, text in wish.fields.items() if n in known}
        edits = StructureEdits(self.draft.journal.retired.get(self.part.name, ()))
        retired: list[str] = []
        added: list[str] = []
        if wish.do in _BUILDING and self.part.has_page and not self.is_original:
            self.fault = self.words.structure_original
            return False
        if wish.do in _BUILDING:
            files, retired = edits.done(files, wish.model_copy(update={"fields": typed}))
            changed.append(self.words[f"did_{wish.do}"])
            added = [wish.list] if wish.do == "add" else []
        elif self.is_original or not self.part.has_page:
            files, added = edits.filled(files, typed)
            changed += [self.words.did_add] if added else []
        self._save(files, changed, retired)
        return self._is_all_saved(typed, added)

    def _is_all_saved(self, typed: Mapping[str, str], added: Sequence[str]) -> bool:
        """Return whether nothing is left of what was typed: a new entry that lacks words is."""
        self.typed = {
            name: text
            for name, text in typed.items()
            if text
            and (field := self.fields.get(name))
            and field.is_new
            and field.list_name not in added
        }
        if any(self.fields[name].kind != "choice" for name in self.typed):
            self.fault = self.words.nothing_written
            return False
        return True

    def _with_texts(self, wish: EditWish) -> tuple[FormFiles, list[str]]:
        """Return the files with the texts of the form, and what these are called."""
        files, changed = self.files, []
        self.clashes = {}
        typed = dict(self.typed)
        if wish.do == "restore":
            typed[wish.name] = self.shipped_text(wish.name)
        fields, called = self.fields, labels(self.groups)
        for name, text in typed.items():
            field = fields.get(name)
            is_decided = wish.do in ("mine", "restore") and wish.name == name
            is_left = wish.do == "theirs" and wish.name == name
            if field is None or field.is_new or name not in wish.was:
                continue
            if is_left or text == field.kept or (mark(text) == wish.was[name] and not is_decided):
                self.typed.pop(name, None)
            elif field.mark != wish.was[name] and not is_decided:
                self.clashes[name] = field.value
            else:
                files = files.with_text(field, text)
                changed.append(called[name])
        return files, changed

    def _save(self, files: FormFiles, changed: Sequence[str], retired: Sequence[str]) -> None:
        texts = {name: text for name, text in files.texts.items() if text != self.files.texts[name]}
        if texts:
            told = [self.part.title, *changed]
            self.draft.save(texts, changed=told, part=self.part.name, retired=retired)
        self.told = "saved" if texts else "nothing_changed"
        self.typed = {}
        self.read_anew()

    def view(self) -> dict[str, Any]:
        """Return what the template shows."""
        return editor_view(self, self.interface, self._notebooks)

    def markup(self, **values: Any) -> str:
        """Return the HTML of the form, with what is other where it is shown."""
        shown: Mapping[str, Any] = {"form": self.view(), "id": "studio", **values}
        return components.markup("studio", self.words.flat(), folder=FOLDER, **shown)
