"""Commands for the trainer's workshops: open, list, show, close, erase."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from myths import catalog
from myths.cli.options import content_option, db_option
from myths.errors import MythsError
from myths.store import FULL_DAY, Store, Workshop, open_store
from myths.vocabulary import Audience

_TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@click.group()
def workshop() -> None:
    """Open, list, show, change, close and erase workshops."""


@workshop.command("open")
@db_option
@click.option("--title", default="", help="A name for your own list; participants don't see it.")
@click.option("--code", help="Six letters; made by chance when left out.")
@click.option("--language", default="en", show_default=True)
@click.option("--country", default="eu", show_default=True, help="Which support lines to show.")
@click.option(
    "--audience",
    type=click.Choice(Audience.words()),
    default=Audience.MIXED.value,
    show_default=True,
    help="Whom the whole workshop is for; no participant is asked. Evaluators can filter by it.",
)
@click.option(
    "--route",
    help="The way through the modules, as series.yml names it. [default: the whole series]",
)
@click.option("--modules", help="Other modules than the route's, in your order, such as harm,risk.")
@content_option
@click.option("--days", default=1, show_default=True, help="How long people can join.")
@click.option("--pool-days", default=30, show_default=True, help="How long people can withdraw.")
@click.option("--keep-days", default=180, show_default=True, help="When all answers are deleted.")
@click.option(
    "--zone", default="", help="Where its dates begin and end, as Europe/Vienna. [default: here]"
)
@click.option("--rehearsal", is_flag=True, help="For trying out: left out of every evaluation.")
def open_(
    *,
    db: str | None,
    title: str,
    code: str | None,
    language: str,
    country: str,
    audience: str,
    route: str | None,
    modules: str | None,
    content: Path | None,
    days: int,
    pool_days: int,
    keep_days: int,
    zone: str,
    rehearsal: bool,
) -> None:
    """Open a workshop and print its code."""
    way = _way(route, modules, content)
    opened = open_store(db, create=True).open_workshop(
        title=title,
        code=code,
        language=language,
        country=country,
        audience=audience,
        **way,
        days=days,
        pool_days=pool_days,
        keep_days=keep_days,
        zone=zone,
        rehearsal=rehearsal,
    )
    _show(opened)


@workshop.command("list")
@db_option
@click.option("--erased", is_flag=True, help="List what was erased: when, and how much.")
def list_(*, db: str | None, erased: bool) -> None:
    """List all workshops, the newest last."""
    if erased:
        for gone in open_store(db).erasings():
            click.echo(
                f"{gone.day}  {gone.workshop:12} {gone.reason:10}"
                f" people {gone.people:<6} answers {gone.answers}"
            )
        return
    for each in open_store(db).workshops():
        click.echo(
            f"{each.code}  {each.state:8} {each.opening_date}  {each.audience:15} {each.route:12}"
            f"  {_harmless(each.title)}".rstrip()
        )


@workshop.command()
@db_option
@click.argument("code")
def show(*, db: str | None, code: str) -> None:
    """Show one workshop: its route, its dates and how many have joined."""
    store = open_store(db)
    found = store.workshop(code, joinable=False)
    _show(found, joined=store.joined()[found.code])


@workshop.command()
@db_option
@content_option
@click.argument("code")
@click.argument("modules")
def change(*, db: str | None, content: Path | None, code: str, modules: str) -> None:
    """Change which modules a workshop has from now on, in your order, such as harm,risk.

    What people answered before is kept, and pages that are open follow when they are opened again.
    """
    store = open_store(db)
    named = _named(modules, catalog.load(content).series.modules)
    store.change_modules(code, named)
    _show(store.workshop(code, joinable=False))


@workshop.command()
@db_option
@click.argument("code")
def close(*, db: str | None, code: str) -> None:
    """Close a workshop: nobody can join any more, those inside go on."""
    open_store(db).close_workshop(code)
    click.echo("Closed. Those who joined can go on and come back.")


@workshop.command()
@db_option
@click.argument("code")
@click.confirmation_option(prompt="Really delete every answer of this workshop, for good?")
def erase(*, db: str | None, code: str) -> None:
    """Erase a workshop and all that was said in it."""
    store = open_store(db)
    people = store.erase_workshop(code)
    click.echo(f"Erased, with the answers of {people} people. Backups may still hold them.")
    _tell_traces(store)


@workshop.command("erase-due")
@db_option
@click.option("--yes", is_flag=True, help="Say that the date is right, without being asked.")
def erase_due(*, db: str | None, yes: bool) -> None:
    """Erase the workshops whose time is over, if the date of this computer is right.

    A server does this by itself. It waits if the clock has jumped, for a clock that is ahead would
    erase everything: then somebody has to say that the date is right.
    """
    store = open_store(db)
    over = [each for each in store.workshops() if each.state == "expired"]
    for each in over:
        click.echo(f"{each.code}  due on {each.erasing_date}  {_harmless(each.title)}".rstrip())
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    asked = f"Is today {today}? Then {len(over)} workshops are erased, for good."
    if not yes:
        click.confirm(asked, abort=True)
    people = store.erase_due()
    click.echo(f"Erased, with the answers of {people} people. Backups may still hold them.")
    _tell_traces(store)


def _tell_traces(store: Store) -> None:
    if not store.sweep():
        click.echo(
            "Somebody uses the database, so traces of the words stay in its file for now: a server "
            "that runs clears them within minutes of quiet."
        )


def _harmless(title: str) -> str:
    """Take out of a title what would command a terminal, or turn the line around."""
    return "".join(
        letter
        for letter in title
        if unicodedata.category(letter) != "Cc" and unicodedata.bidirectional(letter) not in _TURNS
    )


def _way(route: str | None, modules: str | None, content: Path | None) -> dict[str, Any]:
    """Return what the store is told of a route; nothing if nothing was said, for all modules."""
    if route is None and modules is None:
        return {}
    series = catalog.load(content).series
    if route is not None and route not in series.routes:
        known = ", ".join(series.routes) or "none"
        raise MythsError(f"series.yml has no route {route!r}: choose from {known}.")
    way = series.routes.get(route or "")
    named = _named(modules, series.modules) if modules is not None else way.modules if way else ()
    return {"route": route or FULL_DAY, "modules": named, "short": bool(way and way.short)}


def _named(modules: str, known: Collection[str]) -> list[str]:
    """Return the modules that were named with commas; MythsError for one that there is not."""
    named = [slug.strip() for slug in modules.split(",")]
    for slug in named:
        if slug not in known:
            raise MythsError(f"There is no module {slug!r}: choose from {', '.join(known)}.")
    return named


def _show(each: Workshop, *, joined: int | None = None) -> None:
    click.echo(f"code       {each.code}")
    click.echo(f"state      {each.state}" + (" (rehearsal)" if each.rehearsal else ""))
    click.echo(f"audience   {each.audience}")
    click.echo(f"route      {each.route}" + (" (short form)" if each.short else ""))
    click.echo(f"modules    {', '.join(each.modules) or 'all of the series'}")
    click.echo(f"joining    until {each.local(each.joins_until):%Y-%m-%d %H:%M}")
    click.echo(f"withdraw   until {each.pooling_date}, that day included")
    click.echo(f"deleted    on {each.erasing_date}")
    click.echo(f"time zone  {each.zone}")
    if joined is not None:
        click.echo(f"joined     {joined}")
