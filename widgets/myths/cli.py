"""The command `myths`: each subcommand opens what it needs and calls one function."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import click

from myths import catalog, server
from myths.errors import ContentError, MythsError
from myths.module import CALLS
from myths.store import Workshop, open_store

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_db = click.option(
    "--db",
    envvar="MYTHS_DB",
    help="The store: any SQLAlchemy URL. [default: sqlite:///data/workshop.sqlite]",
)
_notebooks = click.option(
    "--notebooks",
    type=_FOLDER,
    default=Path("notebooks"),
    show_default=True,
    help="The folder of notebooks.",
)


class _Commands(click.Group):
    """Tells a fault in one line on stderr, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the subcommand (click's hook)."""
        try:
            return super().invoke(ctx)
        except MythsError as fault:
            logging.getLogger(__name__).debug("the details", exc_info=True)
            raise click.ClickException(str(fault)) from fault


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="myths")
@click.option("--verbose", is_flag=True, help="Show the details behind every message.")
def main(*, verbose: bool) -> None:
    """Training notebooks about seven common beliefs on perpetrator programmes."""
    logging.basicConfig(level=logging.DEBUG if verbose else logging.CRITICAL)


@main.command()
@_db
@_notebooks
@click.option("--ip", default="127.0.0.1", show_default=True, help="0.0.0.0 opens it to the room.")
@click.option("--port", default=8866, show_default=True, help="0 takes any free port.")
@click.option(
    "--exit-url",
    default="https://www.wikipedia.org/",
    show_default=True,
    help="The neutral site where the quick exit leads.",
)
def serve(*, db: str | None, notebooks: Path, ip: str, port: int, exit_url: str) -> None:
    """Serve the participants' pages; the link to share is printed."""
    server.serve(
        db=db,
        notebooks=notebooks / "participants",
        ip=ip,
        port=port,
        exit_url=exit_url,
        announce=_announce,
    )


def _announce(link: str, code: str) -> None:
    click.echo(f"The workshop is open. Participants go to:\n\n    {link}\n")
    click.echo(f"Or they type the workshop code: {code}\nTo end, press Ctrl+C.")
    sys.stdout.flush()
    root = logging.getLogger()  # until now a fault was one sentence; from now on it is logged
    root.setLevel(min(root.level, logging.WARNING))


@main.command()
@_db
@click.option("--port", default=8888, show_default=True, help="Where JupyterLab listens.")
def lab(*, db: str | None, port: int) -> None:
    """Open JupyterLab on the notebooks and the content."""
    environment = os.environ | {"MYTHS_DB": open_store(db, create=True).address}
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--port={port}",
        "notebooks/participants/00_start.ipynb",
    ]
    raise SystemExit(subprocess.run(command, env=environment, check=False).returncode)  # noqa: S603


@main.command()
@click.option(
    "--content",
    type=_FOLDER,
    default=Path("content"),
    show_default=True,
    help="The folder of content.",
)
@_notebooks
def check(*, content: Path, notebooks: Path) -> None:
    """Check the content and the participants' notebooks; name every fault and its remedy."""
    problems = catalog.check(content, notebooks=notebooks / "participants", calls=CALLS)
    for problem in problems:
        click.echo(f"{problem.severity}: {problem}")
    errors = sum(problem.severity == "error" for problem in problems)
    if errors:
        raise ContentError(f"{errors} to mend before people see these pages.")
    click.echo("The content and the notebooks are complete.")


@main.group()
def workshop() -> None:
    """Open, list, show, close and erase workshops."""


@workshop.command("open")
@_db
@click.option("--title", default="", help="A name for your own list; participants don't see it.")
@click.option("--code", help="Six letters; made by chance when left out.")
@click.option("--language", default="en", show_default=True)
@click.option("--country", default="eu", show_default=True, help="Which support lines to show.")
@click.option("--days", default=1, show_default=True, help="How long people can join.")
@click.option("--pool-days", default=30, show_default=True, help="How long people can withdraw.")
@click.option("--keep-days", default=180, show_default=True, help="When all answers are deleted.")
@click.option("--rehearsal", is_flag=True, help="For trying out: left out of every evaluation.")
def open_(*, db: str | None, **options: Any) -> None:
    """Open a workshop and print its code."""
    _show(open_store(db, create=True).open_workshop(**options))


@workshop.command("list")
@_db
def list_(*, db: str | None) -> None:
    """List all workshops, the newest last."""
    for each in open_store(db).workshops():
        click.echo(f"{each.code}  {each.state:8} {each.opened_at:%Y-%m-%d}  {each.title}")


@workshop.command()
@_db
@click.argument("code")
def show(*, db: str | None, code: str) -> None:
    """Show one workshop: its dates and how many have joined."""
    store = open_store(db)
    people = len(store.participants(workshop=code, rehearsal=True))
    _show(store.workshop(code, joinable=False), joined=people)


@workshop.command()
@_db
@click.argument("code")
def close(*, db: str | None, code: str) -> None:
    """Close a workshop: nobody can join any more, those inside go on."""
    open_store(db).close_workshop(code)
    click.echo("Closed. Those who joined can go on and come back.")


@workshop.command()
@_db
@click.argument("code")
@click.confirmation_option(prompt="Really delete every answer of this workshop, for good?")
def erase(*, db: str | None, code: str) -> None:
    """Erase a workshop and all that was said in it."""
    people = open_store(db).erase_workshop(code)
    click.echo(f"Erased, with the answers of {people} people. Backups may still hold them.")


def _show(each: Workshop, *, joined: int | None = None) -> None:
    click.echo(f"code       {each.code}")
    click.echo(f"state      {each.state}" + (" (rehearsal)" if each.rehearsal else ""))
    click.echo(f"joining    until {each.joins_until:%Y-%m-%d %H:%M} UTC")
    click.echo(f"withdraw   until {each.pooling_date}")
    click.echo(f"deleted    on {each.erasing_date}")
    if joined is not None:
        click.echo(f"joined     {joined}")
