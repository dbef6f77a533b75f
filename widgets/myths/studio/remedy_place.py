"""Where in the studio somebody mends what is wrong with a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from myths.catalog import Interface, Problem
from myths.errors import ContentError
from myths.studio.draft_form import DraftForm
from myths.studio.field_problems import field_of, is_about
from myths.studio.field_set import labels


@dataclass(frozen=True)
class RemedyPlace:
    """A part of the draft in a language, and `at` which fields of it; `words` name both."""

    part: str
    language: str
    at: str
    words: str


def remedy_places(
    content: Path, ui: Interface, problems: Iterable[Problem]
) -> dict[Problem, RemedyPlace]:
    """Find where a form mends each of the problems; those that none mends are left out.

    Raises ContentError if the draft has no series.
    """
    draft = DraftForm(content, ui)
    forms: dict[tuple[str, str], DraftForm] = {}
    found: dict[Problem, RemedyPlace] = {}
    for problem in () if draft.draft.is_read_only else problems:
        for named in _named(draft, problem):
            if named not in forms:
                forms[named] = DraftForm(content, ui, part=named[0], language=named[1])
            if place := _place(forms[named], problem):
                found[problem] = place
                break
    return found


def _named(draft: DraftForm, problem: Problem) -> Iterator[tuple[str, str]]:
    """Yield the parts, each with a language, that have the file and place of a problem."""
    for part in draft.parts:
        for language in draft.languages:
            if is_about(problem, part, language):
                yield part.name, language


def _place(form: DraftForm, problem: Problem) -> RemedyPlace | None:
    try:
        groups, fields = form.groups, list(form.fields.values())
    except ContentError:  # it cannot be read, so no form shows it
        return None
    words, at = form.part.title, "texts"
    if field := field_of(problem, form.part, fields):
        words = f"{words}, {labels(groups)[field.name]}"
        at = next(
            f"at-{each.id}" for group in groups for each in group.sets if field in each.fields
        )
    return RemedyPlace(form.part.name, form.language, at, words)
