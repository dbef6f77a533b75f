"""Commands that keep answers safe: back up, restore, merge rooms that had no network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from myths import store
from myths.cli.options import db_option
from myths.errors import MythsError

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@db_option
@click.argument("file", type=_FILE)
def backup(*, db: str | None, file: Path) -> None:
    """Write a backup of all answers into the new FILE, while people go on answering.

    The backup is read back before it gets its name. It holds what is there now, also what is erased
    later: so delete it by the date that is printed, and keep it as safe as the answers.
    """
    with _progress() as step:
        made = store.open_store(db).backup(file, step=step)
    click.echo(f"Backed up and read back: {_counts(made.rows)}, in {file}.")
    _tell_date(made)


@click.command()
@db_option
@click.option("--replace", is_flag=True, help="Give up what the database holds now.")
@click.argument("file", type=_FILE)
def restore(*, db: str | None, file: Path, replace: bool) -> None:
    """Bring the backup FILE back into the database, which may be another one than it came from.

    Whoever was erased from that database since the backup stays erased. In a new database nothing
    is known of that: erase them again. Stop the server first.
    """
    with _progress() as step:
        restored = store.restore(file, db, replace=replace, step=step)
    of = f"{restored.backup.made_at:%Y-%m-%d %H:%M} UTC"
    click.echo(f"Restored, and now here: {_counts(restored.rows)}, as of {of}.")
    if restored.rows != restored.backup.rows:
        click.echo(f"The backup held {_counts(restored.backup.rows)}.")
    for code in restored.left_out:
        click.echo(f"The workshop {code} was left out: its time is over by this computer's clock.")
    click.echo("Whoever withdrew after that time and is not known here as erased is in it again.")
    _tell_date(restored.backup)


@click.command()
@db_option
@click.option(
    "--rename",
    multiple=True,
    metavar="OLD=NEW",
    help="Give a workshop that comes in another code; may be repeated.",
)
@click.argument("others", nargs=-1, required=True, metavar="OTHER...")
def merge(*, db: str | None, rename: tuple[str, ...], others: tuple[str, ...]) -> None:
    """Bring the answers of OTHER databases, files or addresses, into this one.

    For rooms that had no network. What is here already is recognised, so merging twice changes
    nothing. Whoever was erased in either is erased; the OTHER databases stay as they are.
    """
    codes = _pairs(rename)
    into = store.open_store(db, create=True)
    for other in others:
        with _progress() as step:
            merged = into.merge(store.opened(other), rename=codes, step=step)
        people, answers = merged.added["participants"], merged.added["answers"]
        click.echo(f"{other}: {people} people and {answers} answers came in and were read back.")
        if merged.erased:
            click.echo(f"{merged.erased} people had withdrawn there and were erased here too.")
        for code in merged.left_out:
            click.echo(f"The workshop {code} was erased here or its time is over: left out.")


@contextmanager
def _progress() -> Iterator[store.Step]:
    """Show bars on stderr, and none where nobody looks."""
    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        tasks = {}

        def step(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = progress.add_task(what)
            progress.update(tasks[what], completed=done, total=total)

        yield step


def _counts(counts: Mapping[str, int]) -> str:
    return (
        f"{counts['workshops']} workshops, {counts['participants']} people, "
        f"{counts['answers']} answers"
    )


def _tell_date(held: store.Backup) -> None:
    if held.delete_by:
        click.echo(f"Delete this backup by {held.delete_by}: then its first answers must be gone.")


def _pairs(rename: tuple[str, ...]) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in rename]
    if not all(old and new for old, _, new in pairs):
        raise MythsError("A renaming is written OLD=NEW, as in --rename ROOM7=ROOM8.")
    return {old: new for old, _, new in pairs}
