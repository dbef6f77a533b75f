"""Commands that serve and check: the participants' pages, JupyterLab, the content."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import click

from myths import catalog, server
from myths.cli.options import FOLDER, db_option, notebooks_option
from myths.errors import ContentError
from myths.module import CALLS
from myths.store import open_store


@click.command()
@db_option
@notebooks_option
@click.option("--ip", default="127.0.0.1", show_default=True, help="0.0.0.0 opens it to the room.")
@click.option("--port", default=8866, show_default=True, help="0 takes any free port.")
@click.option(
    "--behind",
    default="",
    metavar="ADDRESS",
    help="The address of a proxy with https in front, as people type it.",
)
@click.option(
    "--exit-url",
    default="https://www.wikipedia.org/",
    show_default=True,
    help="The neutral site where the quick exit leads.",
)
@click.option(
    "--most-pages",
    type=click.IntRange(min=0),
    default=0,
    help="How many pages may be open at once. [default: as many as there is memory for]",
)
def serve(*, db: str | None, notebooks: Path, **options: Any) -> None:
    """Serve the pages; the link to share and the key to the trainers' pages are printed."""
    server.serve(
        db=db,
        notebooks=notebooks / "participants",
        announce=_announce,
        **options,
    )


def _announce(address: str, code: str, key: str) -> None:
    click.echo(f"The workshop is open. Participants go to:\n\n    {address}/?w={code}\n")
    click.echo(f"Or they type the workshop code: {code}")
    click.echo(f"Trainers go to {address}/staff/ with the staff key: {key}")
    click.echo("To end, press Ctrl+C.")
    sys.stdout.flush()
    root = logging.getLogger()  # until now a fault was one sentence; from now on it is logged
    root.setLevel(min(root.level, logging.WARNING))


@click.command()
@db_option
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


@click.command()
@click.option(
    "--content",
    type=FOLDER,
    default=Path("content"),
    show_default=True,
    help="The folder of content.",
)
@notebooks_option
def check(*, content: Path, notebooks: Path) -> None:
    """Check the content and the participants' notebooks; name every fault and its remedy."""
    problems = catalog.check(content, notebooks=notebooks / "participants", calls=CALLS)
    for problem in problems:
        click.echo(f"{problem.severity}: {problem}")
    errors = sum(problem.severity == "error" for problem in problems)
    if errors:
        raise ContentError(f"{errors} to mend before people see these pages.")
    click.echo("The content and the notebooks are complete.")
