"""What is wrong with a draft, or worth a thought, told beside the field that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from myths import catalog
from myths.catalog import Problem
from myths.errors import ContentError
from myths.files import KeptFiles
from myths.studio.draft import Draft
from myths.studio.draft_part import ORGANISER, DraftPart
from myths.studio.text_field import PLAN, WORDS, TextField

_ALL = ("series.yml", "ui/*.yml", "word-list.*.yml", "terms.*.yml")  # what every part needs


_TERM = re.compile(r"\.terms\.\d+$")
_UNSAID = re.compile("the words of '[^']*' do not say")
_UNWRITTEN = re.compile(r"^\S+ is still to be written")
_KEY = " or remove the key"  # which nobody sees in a form


@dataclass(frozen=True)
class FieldProblem:
    """A sentence about a field, or about the whole part if `name` is empty.

    An error keeps the page from being made, anything else is for the writer to judge.
    """

    name: str
    text: str
    is_error: bool = True


def field_problems(
    draft: Draft,
    part: DraftPart,
    fields: Sequence[TextField],
    *,
    language: str,
    texts: Mapping[str, str],
) -> list[FieldProblem]:
    """List what is wrong with a part, were the files `texts` (by their names) saved."""
    own = [f"{part.folder}/*"] if part.has_page else [part.file(language)]
    names = [name for pattern in (*_ALL, *own) for name in draft.names(pattern)]
    kept = {name: draft.raw(name) or b"" for name in names if "." in PurePosixPath(name).name}
    snapshot = KeptFiles(kept | {name: text.encode() for name, text in texts.items()})
    try:
        found = _found(snapshot, part, language)
    except catalog.ContentProblemsError as faults:
        found = list(faults.problems)
    except ContentError as fault:
        return [FieldProblem("", str(fault))]
    return [_told(problem, part, fields) for problem in found if is_about(problem, part, language)]


def is_about(problem: Problem, part: DraftPart, language: str) -> bool:
    """Return whether a problem is one of a part in a language."""
    mine = (part.file(language), part.plan)
    return any(name and problem.file.endswith(f"/{name}") for name in mine) and (
        part.kind != "ui" or f"{problem.id}.".startswith(f"{part.section}.")
    )


def field_of(problem: Problem, part: DraftPart, fields: Sequence[TextField]) -> TextField | None:
    """Return the field in which a problem of the part is mended; None if it is none's."""
    lead = PLAN if part.plan and problem.file.endswith(f"/{part.plan}") else WORDS
    is_unsaid = _UNSAID.match(problem.message)  # a term is missing in the text, not in the list
    place = _TERM.sub(".text", problem.id) if is_unsaid else problem.id
    return _nearest(lead + place, fields)


def _found(snapshot: KeptFiles, part: DraftPart, language: str) -> list[Problem]:
    folder = snapshot.folder
    if part.has_page:
        return catalog.check_part(folder, part.name, language=language)
    if part.name == ORGANISER:
        return [*catalog.check_organiser(folder)]
    if part.kind == "settings":
        return catalog.check_support(folder)
    return catalog.check_interface(folder, language=language)


def _told(problem: Problem, part: DraftPart, fields: Sequence[TextField]) -> FieldProblem:
    field = field_of(problem, part, fields)
    text = _UNSAID.sub("this text does not say", problem.message.removeprefix(f"{problem.id}: "))
    text = _UNWRITTEN.sub("this is still to be written", text)
    if field:
        text = text.replace(f"{problem.id!r}", f"“{field.label}”")
    remedy = problem.remedy.replace(_KEY, "")
    told = f"{text[:1].upper()}{text[1:]}: {remedy}."
    return FieldProblem(field.name if field else "", told, problem.severity == "error")


def _nearest(name: str, fields: Iterable[TextField]) -> TextField | None:
    """Return the field of that place, or of what encloses it, or the first one in it."""
    known = {field.name: field for field in fields}
    place = name
    while "." in place or place in known:
        if place in known:
            return known[place]
        place = place.rpartition(".")[0]
    return next((field for each, field in known.items() if each.startswith(f"{name}.")), None)
