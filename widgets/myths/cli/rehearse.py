"""The command that sends simulated participants through the pages of a running server."""

from __future__ import annotations

import asyncio
import json
import math
import os
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from myths import catalog
from myths.cli.options import content_option, db_option
from myths.edition import published_content
from myths.errors import MythsError
from myths.rehearsal import CrowdPlan, RehearsalSummary, summarize
from myths.rehearsal import rehearse as send
from myths.store import Store, open_store

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@db_option
@content_option
@click.option(
    "--url",
    default="http://127.0.0.1:8866/",
    show_default=True,
    help="The link for the participants; without a code in it, a rehearsal workshop is opened.",
)
@click.option("--people", type=click.IntRange(1), default=30, show_default=True)
@click.option("--modules", help="Such as risk,harm. [default: those of the workshop]")
@click.option("--seconds", default=4.0, show_default=True, help="Between two answers of a person.")
@click.option("--duration", default=60.0, show_default=True, help="Seconds of answering, in all.")
@click.option(
    "--ramp", default=10.0, show_default=True, help="Seconds of arriving; 0: all at once."
)
@click.option("--seed", default=7, show_default=True, help="Another seed, other answers.")
@click.option("--restless", is_flag=True, help="Some put their phones away, or go and come back.")
@click.option("--attached", is_flag=True, hidden=True)
@click.option(
    "--force", is_flag=True, help="Even if it is no rehearsal, or its store is elsewhere."
)
@click.option("--json", "raw", type=_FILE, help="Also write the numbers to this file.")
def rehearse(
    *,
    db: str | None,
    content: Path | None,
    url: str,
    people: int,
    modules: str | None,
    seconds: float,
    duration: float,
    ramp: float,
    seed: int,
    restless: bool,
    attached: bool,
    force: bool,
    raw: Path | None,
) -> None:
    """Try the room before people come: simulated participants over HTTP and WebSocket.

    They join, open the modules, answer, change their minds and leave, at a server that runs
    already. If a trainer leads the room, they follow. The command fails when a page did not come,
    or an answer was lost or kept twice.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise MythsError(f"{url!r} is no link to a workshop: give one that begins with http.")
    series = catalog.load(published_content(content)).series
    if raw:
        _write(raw, "")
    code, store = _workshop(url, db, force=force)
    theirs = store.workshop(code).modules if store else ()
    chosen = modules.split(",") if modules else series.taught(theirs)
    plan = CrowdPlan(
        url=url,
        code=code,
        people=people,
        modules=tuple(chosen),
        seconds=seconds,
        duration=duration,
        ramp=ramp,
        seed=seed,
        restless=restless,
    )
    if attached:
        _end_with_starter()
    found, faults = _watch(plan, store)
    Console().print(_table(found))
    for fault in dict.fromkeys(faults):
        click.echo(f"{faults.count(fault)} times: {fault}", err=True)
    if raw:
        numbers = {"plan": asdict(plan), "faults": faults, "figures": found.numbers()}
        _write(raw, json.dumps(numbers, indent=1) + "\n")
    if not found.fine:
        raise MythsError(
            "Not everybody was served, or an answer was lost: let fewer people in at once, or "
            "look at what the server said."
        )


def _end_with_starter() -> None:
    """End this process as soon as nobody holds its standard input, and take the processor last."""

    def wait() -> None:
        sys.stdin.buffer.read()
        os._exit(1)

    if os.name == "posix":
        os.nice(10)
    threading.Thread(target=wait, daemon=True).start()


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise MythsError(
            f"{file} cannot be written ({fault.strerror}): choose another name with --json."
        ) from fault


def _workshop(url: str, db: str | None, *, force: bool) -> tuple[str, Store | None]:
    """Find the workshop's code and its store; refuse one with real people in it."""
    typed = parse_qs(urlsplit(url).query).get("w", [""])[0]
    if force and typed and not db:
        return typed, None
    store = open_store(db)
    if not typed:
        return store.open_workshop(title="Rehearsal", rehearsal=True).code, store
    workshop = store.workshop(typed)
    if not (workshop.rehearsal or force):
        raise MythsError(
            f"{workshop.code} is no rehearsal, so made-up answers would mix with real ones: open "
            "one with `myths workshop open --rehearsal`, or add --force."
        )
    return workshop.code, store


def _watch(plan: CrowdPlan, store: Store | None) -> tuple[RehearsalSummary, list[str]]:
    """Run the rehearsal with a bar for each thing that people do."""
    totals = {
        "joined": plan.people,
        "opened": plan.people * len(plan.modules),
        "answered": int(plan.people * plan.duration / plan.seconds),
    }
    columns = (TextColumn("{task.description:9}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    quiet = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=quiet) as progress:
        bars = {what: progress.add_task(what, total=total) for what, total in totals.items()}
        outcome = asyncio.run(
            send(plan, step=lambda what, count: progress.update(bars[what], completed=count))
        )
    return summarize(plan, outcome, store=store), outcome.faults


def _table(found: RehearsalSummary) -> Table:
    table = Table("what", "how many or how long", show_header=False)
    table.add_row("people who joined", f"{found.joined} of {found.people}")
    table.add_row("pages opened", f"{found.pages}")
    usable = (found.usable_first, found.usable_median, found.usable_last)
    table.add_row("usable after: first, median, last", ", ".join(map(_time, usable)))
    size = f"{found.requests:.0f} requests, {found.bytes / 1000:.0f} kB"
    table.add_row("a first page", size if found.pages else "-")
    table.add_row("failures", f"{found.faults}")
    table.add_row("pages that had to wait for room", f"{found.waited}")
    table.add_row("pages opened again by themselves", f"{found.reopened}")
    table.add_row("phones that were put away", f"{found.slept}")
    table.add_row("people who dropped out, came back", f"{found.dropped}, {found.returned}")
    table.add_row("answers sent, acknowledged", f"{found.sent}, {found.acknowledged}")
    waits = (found.acknowledged_p50, found.acknowledged_p95)
    table.add_row("acknowledged after: median, 95 %", ", ".join(map(_time, waits)))
    rate = "-" if math.isnan(found.per_second) else f"{found.per_second:.1f}"
    table.add_row("answers a second", rate)
    table.add_row("answers lost", f"{found.lost}")
    table.add_row(
        "answers kept twice", "not checked" if found.doubled is None else f"{found.doubled}"
    )
    return table


def _time(seconds: float) -> str:
    if math.isnan(seconds):
        return "-"
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
