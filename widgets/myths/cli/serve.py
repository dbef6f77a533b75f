"""The command that serves the pages of participants and trainers."""

from __future__ import annotations

import atexit
import logging
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from myths import fault_log, server
from myths.cli.options import (
    PORT,
    content_option,
    db_option,
    notebooks_option,
    published_option,
    seconds_option,
)
from myths.edition import notebooks_folder
from myths.log_format import JSON, VARIABLE

# What tells that servers begin and end.
_LIFE = ("myths.server.announcement", "myths.server.drain", "myths.server.workers")
_DRAIN = 30  # seconds in which the people of a worker go on at another one


@click.command()
@db_option
@content_option
@notebooks_option
@published_option
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
    default="",
    help="The neutral site where the quick exit leads. [default: that of content/organiser.yml]",
)
@click.option(
    "--most-pages",
    type=click.IntRange(min=0),
    default=0,
    help="How many pages may be open at once. [default: as many as there is memory for]",
)
@seconds_option
@click.option(
    "--drain",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    help="When asked to end, have pages go on elsewhere for so long. [default: end at once; "
    f"{_DRAIN} with several workers]",
)
@click.option(
    "--log",
    type=click.Choice(["text", JSON]),
    default="text",
    envvar=VARIABLE,
    show_default=True,
    help="json: a line for each fault, for machines; neither code nor key is printed.",
)
@click.option(
    "--metrics-port",
    type=PORT,
    default=0,
    help="Where numbers for Prometheus are to be read. [default: nowhere]",
)
@click.option("--metrics-ip", default="127.0.0.1", show_default=True, help="The address of these.")
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="How many processes share the work; more than one need PostgreSQL, HAProxy and Linux.",
)
@click.option("--worker", type=click.Path(path_type=Path), hidden=True, help="The socket of one.")
def serve(
    *,
    db: str | None,
    content: Path | None,
    notebooks: Path | None,
    published: Path | None,
    ip: str,
    port: int,
    behind: str,
    exit_url: str,
    most_pages: int,
    seconds: float,
    drain: float | None,
    log: str,
    metrics_port: int,
    metrics_ip: str,
    workers: int,
    worker: Path | None,
) -> None:
    """Serve the pages; the link to share and the key to the trainers' pages are printed.

    Participants see what was published last. The first time that is what is there. With several
    workers, kill -HUP renews them one after the other while people go on.
    """
    if log == JSON:
        fault_log.write_json()
        for part in _LIFE:
            logging.getLogger(part).setLevel(logging.INFO)
    places: dict[str, Any] = {
        "db": db,
        "content": content,
        "notebooks": notebooks_folder(notebooks) / "participants",
        "published": published,
        "ip": ip,
        "port": port,
        "behind": behind,
        "exit_url": exit_url,
        "most_pages": most_pages,
        "seconds": seconds,
        "metrics_port": metrics_port,
        "announce": None if log == JSON or worker else _announce,
    }
    if workers > 1 and not worker:
        command = [sys.executable, "-m", "myths", *sys.argv[1:]]
        server.serve_by_workers(workers, command=command, **places)
    else:
        patience = drain if drain is not None else _DRAIN if worker else 0
        server.serve(drain=patience, metrics_ip=metrics_ip, worker=worker, **places)
    _leave()


def _leave() -> NoReturn:
    """End the process without waiting for threads, which a locked store can keep for long."""
    atexit._run_exitfuncs()  # noqa: SLF001  nothing public runs them
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
