"""Commands for the key to the trainers' pages."""

from __future__ import annotations

import click

from myths.cli.options import db_option
from myths.store import open_store


@click.group()
def staff() -> None:
    """Make or end keys to the trainers' pages."""


@staff.command()
@db_option
def key(*, db: str | None) -> None:
    """Print a new staff key; it works for a week, on a server that runs already too."""
    click.echo(open_store(db).new_staff_key())


@staff.command()
@db_option
def revoke(*, db: str | None) -> None:
    """End every staff key, and sign out whoever is in with one."""
    open_store(db).revoke_staff()
    click.echo("No key works any more. Make a new one with `myths staff key`.")
