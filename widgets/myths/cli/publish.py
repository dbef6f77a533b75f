"""The command that publishes a trainer's draft, or goes one step back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import click

from myths.catalog import ContentProblemsError
from myths.cli.options import (
    content_option,
    end_in_order,
    notebooks_option,
    published_option,
    quiet,
    seconds_option,
)
from myths.edition import content_folder, notebooks_folder
from myths.errors import ContentError, MythsError
from myths.studio import DraftChange, Publication, PublicationSummary

_KINDS = {"changed": "", "added": " (new)", "removed": " (removed)", "moved": " (moved)"}


@click.command()
@content_option
@notebooks_option
@published_option
@seconds_option
@click.option("--back", is_flag=True, help="Go back to what was published before.")
@click.option("--summary", is_flag=True, help="Only tell what would change.")
@click.option("--yes", is_flag=True, help="Publish without being asked.")
def publish(
    *,
    content: Path | None,
    notebooks: Path | None,
    published: Path | None,
    seconds: float,
    back: bool,
    summary: bool,
    yes: bool,
) -> None:
    """Publish what you have changed: from then on participants see it, also in a room at work.

    What changes is told first, and which answers can then no longer be put together with earlier
    ones. Each page is run once; if anything is wrong, nothing is published. With --back what was
    published before is there again; doing that once more undoes it. Your own files stay as they
    are.
    """
    folder, participants = content_folder(content), notebooks_folder(notebooks) / "participants"
    publication = Publication.of(folder, participants, published, seconds=seconds)
    if publication is None:
        raise MythsError(
            "There are no files of your own here to publish: make a copy with `myths init FOLDER`, "
            "and call `myths publish` in that folder."
        )
    end_in_order()
    told = _told(publication, back=back)
    if summary or not told:
        return
    if not (yes or click.confirm("Publish this?")):
        click.echo("Nothing was published.")
        return
    with quiet():
        try:
            if back:
                publication.back(mark=told.mark)
            else:
                publication.publish(mark=told.mark, told=_progress)
        except ContentProblemsError as fault:
            for problem in fault.problems:
                click.echo(f"{problem.severity}: {problem}")
            raise ContentError(
                f"{len(fault.problems)} to mend first, so nothing was published."
            ) from fault
    click.echo("It is published: people see it as they open their next page.")


def _told(publication: Publication, *, back: bool) -> PublicationSummary | None:
    """Print what would change, and return it; None if there is nothing to do."""
    found = publication.step_back() if back else publication.summary()
    if found is None:
        raise MythsError("There is no step back: nothing was published before this.")
    if publication.current is None:
        click.echo("Nothing is published yet: this takes all your files as they are.")
        return found
    if not found.changes:
        click.echo("There is nothing to publish: participants see all that you have changed.")
        return None
    for file, changes in groupby(found.changes, key=lambda each: each.file):
        click.echo(file)
        for change in changes:
            for line in _lines(change):
                click.echo(f"  {line}")
    if found.unpooled:
        click.echo(
            "\nAnswers to these questions are kept apart from those to the earlier words, and who "
            "has chosen an answer is asked anew:"
        )
    for each in found.unpooled:
        language = f", {each.language}" if each.language else ""
        gone = "" if each.after else " (is asked no more)"
        click.echo(f"  {each.part}: {each.item}{language}{gone}")
    return found


def _lines(change: DraftChange) -> Iterator[str]:
    """Yield what changed at one place: where, what it was, what it is."""
    yield f"{change.place or 'the whole file'}{_KINDS[change.kind]}"
    for sign, words in (("-", change.before), ("+", change.after)):
        yield from (f"  {sign} {line}" for line in words.splitlines())


def _progress(done: int, total: int) -> None:
    click.echo(f"\rChecked {done} of {total} pages", nl=done == total, err=True)
    sys.stderr.flush()
