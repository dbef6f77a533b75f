"""A module that is written: its entry in series.yml is no draft any more, so people can see it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from myths import catalog, yaml_file
from myths.errors import ContentError
from myths.scaffold.skeleton import own, write


def show_module(folder: Path | None, slug: str) -> None:
    """Take a module of the series for written; once that is published, people can see it.

    Raises ContentProblemsError if something in it cannot be shown, and ContentError if it is no
    draft; then nothing is written.
    """
    words = catalog.load(folder, language="")
    if slug not in words.series.drafts:
        raise ContentError(f"The series has no module {slug!r} that is still being written.")
    found = (each for each in catalog.check_drafts(words.folder) if f"modules/{slug}/" in each.file)
    if faults := [each for each in found if each.severity == "error"]:
        raise catalog.ContentProblemsError(faults)
    series = own(words.folder) / "series.yml"
    changed = yaml_file.edited(
        series.read_text("utf-8-sig"), lambda tree: _enter(tree["modules"], slug)
    )
    write({series: changed.encode()})


def _enter(modules: Any, slug: str) -> None:
    known = [each if isinstance(each, str) else each["slug"] for each in modules]
    modules[known.index(slug)] = slug
