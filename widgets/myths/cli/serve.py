"""The command that serves the pages of participants and trainers."""

from __future__ import annotations

import atexit
import logging
import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from myths import server
from myths.cli.options import (
    PORT,
    content_option,
    db_option,
    notebooks_option,
    seconds_option,
)
from myths.edition import notebooks_folder


@click.command()
@db_option
@content_option
@notebooks_option
@click.option("--ip", default="127.0.0.1", show_default=True, help="0.0.0.0 opens it to the room.")
@click.option("--port", type=PORT, default=8866, show_default=True, help="0 takes any free port.")
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
@seconds_option
def serve(
    *,
    db: str | None,
    content: Path | None,
    notebooks: Path | None,
    ip: str,
    port: int,
    behind: str,
    exit_url: str,
    most_pages: int,
    seconds: float,
) -> None:
    """Serve the pages; the link to share and the key to the trainers' pages are printed."""
    server.serve(
        db=db,
        content=content,
        notebooks=notebooks_folder(notebooks) / "participants",
        ip=ip,
        port=port,
        behind=behind,
        exit_url=exit_url,
        most_pages=most_pages,
        seconds=seconds,
        announce=_announce,
    )
    _leave()


def _leave() -> NoReturn:
    """End the process without waiting for threads, which a locked store can keep for long."""
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _announce(told: server.Announcement) -> None:
    opens = f"opens on {told.opens:%Y-%m-%d} at {told.opens:%H:%M}" if told.opens else "is open"
    click.echo(f"The workshop {opens}. Participants go to:\n\n    {told.address}/?w={told.code}\n")
    if told.others:
        click.echo("This computer has other addresses too. If phones cannot open that one, try:\n")
        for address, interface in told.others.items():
            click.echo(f"    {address}/?w={told.code}  ({interface})")
        click.echo()
    click.echo(f"Or they type the workshop code: {told.code}")
    click.echo(f"Its dates and times are those of the time zone {told.zone}.")
    click.echo(f"Trainers go to {told.address}/staff/ with the staff key: {told.key}")
    for warning in told.warnings:
        click.echo(click.style(f"\nPlease note: {warning}\n", bold=True))
    click.echo("To end, press Ctrl+C.")
    sys.stdout.flush()
    root = logging.getLogger()  # until now a fault was one sentence; from now on it is logged
    root.setLevel(min(root.level, logging.WARNING))
