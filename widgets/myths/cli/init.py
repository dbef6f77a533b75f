"""The command that gives a trainer their own copy of the notebooks and the content."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from myths.cli.options import end_in_order
from myths.edition import copy_edition


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
