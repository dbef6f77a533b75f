"""What the form of the studio shows, as its template takes it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from myths.catalog import Interface
from myths.edition import page_notebooks, shown
from myths.errors import MythsError
from myths.languages import language_name
from myths.studio.draft_form import DraftForm
from myths.studio.draft_part import DraftPart
from myths.studio.field_problems import FieldProblem
from myths.studio.field_set import FieldGroup, FieldSet
from myths.studio.form_files import FormFiles
from myths.studio.shown_pieces import ShownPiece, shown_pieces
from myths.studio.text_field import TextField

_KINDS = ("modules", "pages", "settings", "ui")
_SHORT = ("line", "number", "date")  # fields of one line


def editor_view(form: DraftForm, ui: Interface, notebooks: Path | None) -> dict[str, Any]:
    """Return what the template shows; where the files cannot be read, it says why."""
    made: dict[str, Any] = {
        "part": form.part.name,
        "title": _title(form.part, ui),
        "has_page": form.part.has_page,
        "parts": _parts(form, ui),
        "language": form.language,
        "languages": _languages(form),
        "audience": form.audience,
        "audiences": ui.audience.flat() if form.part.kind == "modules" else {},
        "is_original": form.is_original,
        "is_read_only": form.draft.is_read_only,
        "fault": form.fault,
        "undo": _undo(form),
        "groups": [],
        "notes": {},
        "problems": [],
        "summary": "",
        "changes": None,
        "saved": "",
        "steps": [],
        "broken": "",
        "notebook": "",
    }
    try:
        return made | _of_files(form, notebooks)
    except MythsError as fault:
        there = form.is_original or form.draft.raw(form.part.file(form.language)) is not None
        name = _languages(form)[form.language]
        untranslated = form.words.untranslated.format(language=name, code=form.language)
        return made | {"broken": str(fault) if there else untranslated}


def _of_files(form: DraftForm, notebooks: Path | None) -> dict[str, Any]:
    groups, found = form.groups, form.problems()
    of_pages = page_notebooks(notebooks) if notebooks and form.part.has_page else {}
    path = of_pages.get(form.part.name)
    pieces = shown_pieces(path, form.part.name) if path else []
    original = _original(form)
    notes = {field.name: _note(form, field, found) for group in groups for field in group.fields}
    return {
        "groups": [
            {
                "id": f"fold-{group.id}",
                "title": group.title,
                "step": group.step,
                "is_open": _is_open(form, group, notes),
                "errors": sum(notes[field.name]["errors"] for field in group.fields),
                "sets": [_set(form, each, notes, original) for each in group.sets],
                "cells": list(_cells(form, group, pieces, is_first=number == 0)),
                "is_left_out": bool(pieces and group.step)
                and all(each.step != group.step for each in pieces),
            }
            for number, group in enumerate(groups)
        ],
        "notebook": shown(path) if path else "",
        "steps": [(group.step, group.title) for group in groups if group.step],
        "notes": notes,
        "problems": [each for each in found if not each.name],
        "summary": _summary(form, found),
        "changes": form.shipped() if form.draft.shipped else None,
        "saved": form.saved,
    }


def _parts(form: DraftForm, ui: Interface) -> list[dict[str, Any]]:
    """Return the parts as they can be chosen, by their kinds."""
    return [
        {
            "title": ui.studio[f"parts_{kind}"],
            "parts": [
                {"name": each.name, "title": _title(each, ui)}
                for each in form.parts
                if each.kind == kind
            ],
        }
        for kind in _KINDS
    ]


def _title(part: DraftPart, ui: Interface) -> str:
    return ui.studio.unfinished.format(title=part.title) if part.is_unfinished else part.title


def _languages(form: DraftForm) -> dict[str, str]:
    easy = form.interface.language.easy
    return {code: language_name(code, code, easy=easy) for code in form.languages}


def _summary(form: DraftForm, found: Sequence[FieldProblem]) -> str:
    """Return how much is wrong, in words."""
    errors = sum(each.is_error for each in found)
    said = [form.words.errors.of(errors) if errors else form.words.fine]
    if len(found) > errors:
        said.append(form.words.warnings.of(len(found) - errors))
    return " ".join(said)


def _undo(form: DraftForm) -> str:
    """Return what the newest save has changed, if it can be taken back."""
    last = None if form.draft.is_read_only else form.draft.journal.last
    if last is None:
        return ""
    part, *texts = last.changed
    return f"{part}: {', '.join(texts[:3])}" + (" …" if len(texts) > 3 else "")


def _original(form: DraftForm) -> Mapping[str, str]:
    """Return what the fields say in the language that this one is translated from."""
    if form.is_original or "{}" not in form.part.words:
        return {}
    files = FormFiles.read(form.draft, form.part, language=form.languages[0])
    groups = files.groups(form.interface, audience=form.audience, can_build=False)
    return {field.name: field.value for group in groups for field in group.fields}


def _note(form: DraftForm, field: TextField, found: Sequence[FieldProblem]) -> dict[str, Any]:
    """Return what is said beside a field."""
    mine = [each for each in found if each.name == field.name]
    return {
        "problems": mine,
        "errors": sum(each.is_error for each in mine),
        "theirs": form.clashes.get(field.name),
        "name": field.name,
    }


def _is_open(form: DraftForm, group: FieldGroup, notes: Mapping[str, Any]) -> bool:
    told = any(
        notes[field.name]["errors"] or notes[field.name]["theirs"] is not None
        for field in group.fields
    )
    return told or form.at in {f"at-{each.id}" for each in group.sets}


def _set(
    form: DraftForm, each: FieldSet, notes: Mapping[str, Any], original: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "id": f"at-{each.id}",
        "legend": each.legend,
        "note": each.note,
        "is_new": each.is_new,
        "tools": [
            {"act": json.dumps({**tool.act, "at": f"at-{each.id}"}), "label": tool.label}
            for tool in each.tools
        ],
        "fields": [
            {
                "name": field.name,
                "id": f"field-{field.name.replace(':', '-').replace('.', '-')}",
                "kind": field.kind,
                "is_short": field.kind in _SHORT,
                "label": field.label,
                "hint": field.hint,
                "choices": field.choices,
                "value": form.typed.get(field.name, field.value),
                "was": field.mark,
                "rows": _rows(form.typed.get(field.name, field.value), field.kind),
                "original": original.get(field.name, ""),
                "note": notes[field.name],
            }
            for field in each.fields
        ],
    }


def _rows(text: str, kind: str) -> int:
    """Return how many lines a text takes in its field, about."""
    least = 3 if kind in ("prose", "terms") else 2
    return min(18, max(least, sum(1 + len(line) // 62 for line in text.split("\n"))))


def _cells(
    form: DraftForm, group: FieldGroup, pieces: Sequence[ShownPiece], *, is_first: bool
) -> Iterator[str]:
    """Yield what the notebook has at this step beside the sections: a trainer's own."""
    for each in pieces:
        if each.kind == "section" or each.step != group.step or (not group.step and not is_first):
            continue
        words = form.words
        if each.kind == "question":
            yield words.cell_question.format(n=each.number, words=each.words)
        elif each.kind == "markdown":
            yield words.cell_markdown.format(n=each.number, words=each.words)
        else:
            yield words.cell_code.format(n=each.number, words=each.words)
