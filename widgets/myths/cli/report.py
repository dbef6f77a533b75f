"""The command that writes the evaluator's report."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

import click

import myths
from myths.cli.options import (
    audience_option,
    coders_option,
    coding_option,
    db_option,
    evaluation_language_option,
    fewest_option,
)
from myths.store import OPEN_DATA, open_store

_KINDS: dict[str, tuple[Literal["html", "pdf", "md"], ...]] = {
    "both": ("html", "pdf"),
    "html": ("html",),
    "pdf": ("pdf",),
    "md": ("md",),
}


@click.command()
@db_option
@click.option("--workshop", "codes", multiple=True, help="Only this workshop; can be repeated.")
@audience_option
@click.option("--rehearsal", is_flag=True, help="Also workshops that were only for trying out.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("report"),
    show_default=True,
    help="Where to write, without an ending; older reports there are replaced.",
)
@click.option(
    "--format",
    "kind",
    type=click.Choice([*_KINDS]),
    default="both",
    show_default=True,
    help="A page (html), documents (pdf), both, or Markdown with its pictures to edit (md).",
)
@click.option(
    "--about",
    type=click.Path(path_type=Path),
    help="A YAML file with organisation, project, grant, contact, licence and logo.",
)
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The date on the report, for the same bytes each time. [default: today]",
)
@evaluation_language_option
@coding_option
@coders_option
@click.option(
    "--private",
    is_flag=True,
    help="For your own eyes only: counts everybody, says so on each page, and is not logged.",
)
@click.option("--log", is_flag=True, help="Only list what was published so far.")
@fewest_option("The fewest people that a number may be about.")
def report(
    *,
    db: str | None,
    codes: tuple[str, ...],
    audiences: tuple[str, ...],
    rehearsal: bool,
    out: Path,
    kind: str,
    about: Path | None,
    day: datetime | None,
    language: str | None,
    coding: Path | None,
    coders: tuple[str, ...],
    private: bool,
    log: bool,
    k: int,
) -> None:
    """Write a report on what changed: a page (HTML) and documents (PDF), all accessible.

    It begins with one page for who funds the work, then the results; an appendix has the rest, as a
    document of its own.

    What it publishes is logged in the store. Whoever would be alone in the difference to an earlier
    report is not counted in a later one, and the report says so.
    """
    if log:
        for release in open_store(db).release_log().releases:
            rows = dict(release.rows)
            public = len(rows.pop(OPEN_DATA, ()))
            sizes = [len(marks) for marks in rows.values()]
            click.echo(
                f"{release.at:%Y-%m-%d %H:%M} UTC  {', '.join(release.workshops)}: {len(sizes)} "
                f"questions, each with {min(sizes, default=0)} to {max(sizes, default=0)} people"
                + (f"; open data with {public} rows" if public else "")
            )
        return
    made = myths.report(
        db,
        codes or None,
        audience=audiences or None,
        rehearsal=rehearsal,
        day=day.date() if day else None,
        k=k,
        coding=coding,
        coders=coders or None,
        private=private,
        language=language,
        about=about,
    )
    for file in made.save(out, kinds=_KINDS[kind]):
        click.echo(f"{file}")
    for note in made.notes:
        click.echo(f"Note: {note}")
