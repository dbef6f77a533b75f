"""The commands for a trainer's own copy of the notebooks and the content: make it, update it."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from myths.cli.options import end_in_order
from myths.edition import copy_edition

if TYPE_CHECKING:
    from myths.update import FileChange

_NAMED = 12  # places that a line names
_FATES = {
    "new": "new in this edition",
    "newer": "the newer one comes in its place, for you had not changed it",
    "yours": "stays as you changed it",
    "merged": "your changes stay, and newer texts come in at {taken}",
    "beside": "changed by both: yours stays, and the newer one is laid beside it as {beside}",
    "older form": "yours, brought into the form of today",
    "gone": "goes, for this edition has it no more and you had not changed it",
    "kept": "stays as you changed it; this edition has it no more",
    "left out": "stays away, as you removed it; this edition has a newer one",
}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def init(*, folder: Path) -> None:
    """Make your own copy of the notebooks and the content, in the new or empty FOLDER.

    In it you change what you like; `myths serve`, `myths lab` and `myths check` use it when they
    are called from there.
    """
    end_in_order()
    made = click.format_filename(copy_edition(folder))
    click.echo(f"Your copy is in {made}: read README.md there first.")
    click.echo(f"To start the workshop:\n\n    cd {shlex.quote(made)}\n    myths serve")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option("--yes", is_flag=True, help="Do it. [default: only say what would be done]")
def update(*, folder: Path, yes: bool) -> None:
    """Bring your copy in FOLDER to the edition of the installed program; your changes stay.

    What becomes of each file is said first. Where you and the edition changed different places of a
    text file, both changes are kept; where both changed the same, yours stands, and the newer file
    is laid beside it. All files as they were are kept in a zip file.
    """
    from myths.update import CopyUpdate

    end_in_order()
    found = CopyUpdate.of(folder)
    for change in found.changes:
        click.echo(_told(change))
    if found.changes and found.lacks_originals:
        click.echo(
            "This copy is of a time when the files it began with were not kept beside it, so files "
            "that were changed by both cannot be merged."
        )
    if not found.is_needed:
        click.echo("Your copy has all that is new in this edition.")
    elif not yes:
        click.echo("\nNothing was changed yet. To do this: myths update --yes")
    else:
        backup = click.format_filename(found.carry_out())
        click.echo(f"\nDone. All files as they were before are in {backup}.")
        click.echo("Now run `myths check`.")


def _told(change: FileChange) -> str:
    beside = change.name_beside
    words = _FATES[change.fate].format(taken=_listed(change.taken), beside=beside)
    if change.kept:
        words += f"; both changed {_listed(change.kept)}, where yours stays"
        words += f" (the newer file is laid beside it as {beside})" * (change.fate == "merged")
    return f"{change.name}: {words}"


def _listed(places: tuple[str, ...]) -> str:
    more = f" and {len(places) - _NAMED} more" if len(places) > _NAMED else ""
    return ", ".join(place or "the whole file" for place in places[:_NAMED]) + more
