"""Commands for workshops: open, list, show, change, assign, close, reopen, erase."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import click

from myths.cli.options import content_option, db_option
from myths.cli.workshop_options import WorkshopOptions, chosen, settings_options
from myths.errors import MythsError
from myths.store import Store, Workshop, open_store, role_name

_TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@click.group()
def workshop() -> None:
    """Open, list, show, change, assign, close, reopen and erase workshops."""


@workshop.command("open")
@db_option
@click.option("--code", help="Six letters; made by chance when left out.")
@content_option
@settings_options
@click.option("--pool-days", default=30, show_default=True, help="How long people can withdraw.")
@click.option("--keep-days", default=180, show_default=True, help="When all answers are deleted.")
@click.option("--rehearsal", is_flag=True, help="For trying out: left out of every evaluation.")
def open_(
    *,
    db: str | None,
    code: str | None,
    content: Path | None,
    pool_days: int,
    keep_days: int,
    rehearsal: bool,
    title: str | None,
    language: str | None,
    country: str | None,
    audience: str | None,
    route: str | None,
    modules: str | None,
    k: int | None,
    day: str | None,
    begin: str | None,
    end: str | None,
    days: int | None,
    withdraw_until: str | None,
    erase_on: str | None,
    zone: str | None,
    languages: str | None,
) -> None:
    """Open a workshop, now or for another day, and print its code.

    Without a day and hours people can join from now on, for one day.
    """
    told = WorkshopOptions(
        title=title,
        language=language,
        country=country,
        audience=audience,
        route=route,
        modules=modules,
        k=k,
        day=day,
        begin=begin,
        end=end,
        days=days,
        withdraw_until=withdraw_until,
        erase_on=erase_on,
        zone=zone,
        languages=languages,
    )
    opened = open_store(db, create=True).open_workshop(
        code=code,
        pool_days=pool_days,
        keep_days=keep_days,
        rehearsal=rehearsal,
        **chosen(told, content),
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
@settings_options
def change(
    *,
    db: str | None,
    content: Path | None,
    code: str,
    title: str | None,
    language: str | None,
    country: str | None,
    audience: str | None,
    route: str | None,
    modules: str | None,
    k: int | None,
    day: str | None,
    begin: str | None,
    end: str | None,
    days: int | None,
    withdraw_until: str | None,
    erase_on: str | None,
    zone: str | None,
    languages: str | None,
) -> None:
    """Change a workshop; what is not named stays as it is, and so do all answers.

    Once somebody has joined, what they were told holds: they can withdraw at least as long,
    nothing is kept longer, and no result is shown of fewer people.
    """
    told = WorkshopOptions(
        title=title,
        language=language,
        country=country,
        audience=audience,
        route=route,
        modules=modules,
        k=k,
        day=day,
        begin=begin,
        end=end,
        days=days,
        withdraw_until=withdraw_until,
        erase_on=erase_on,
        zone=zone,
        languages=languages,
    )
    store = open_store(db)
    before = store.workshop(code, joinable=False)
    _show(store.change_workshop(code, **chosen(told, content, before=before)))


@workshop.command()
@db_option
@click.argument("code")
@click.argument("role")
@click.option("--take", is_flag=True, help="Take it from the role in place of giving it.")
def assign(*, db: str | None, code: str, role: str, take: bool) -> None:
    """Assign a workshop to ROLE: trainers who lead it, or evaluators who read it; several may."""
    store = open_store(db)
    (store.unassign_workshop if take else store.assign_workshop)(code, role)
    known = role_name(role)
    click.echo(f"{known} does not see it any more." if take else f"{known} sees it from now on.")


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
def reopen(*, db: str | None, code: str) -> None:
    """Open a workshop again that was closed, within its hours."""
    store = open_store(db)
    store.reopen_workshop(code)
    _show(store.workshop(code, joinable=False))


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
@click.option(
    "--unattended",
    is_flag=True,
    help="Do what a server does: erase what is due, but nothing while the clock is in doubt.",
)
def erase_due(*, db: str | None, yes: bool, unattended: bool) -> None:
    """Erase the workshops whose time is over, if the date of this computer is right.

    A server does this by itself. It waits if the clock has jumped, for a clock that is ahead would
    erase everything: then somebody has to say that the date is right.
    """
    store = open_store(db)
    if unattended:
        people = store.erase_expired()
        if doubt := store.clock_doubt():
            raise MythsError(f"Nothing was erased. {doubt}")
        click.echo(f"Erased what was due, with the answers of {people} people.")
        return
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


def _show(each: Workshop, *, joined: int | None = None) -> None:
    click.echo(f"code       {each.code}")
    click.echo(f"state      {each.state}" + (" (rehearsal)" if each.rehearsal else ""))
    click.echo(f"audience   {each.audience}")
    click.echo(f"route      {each.route}" + (" (short form)" if each.short else ""))
    click.echo(f"modules    {', '.join(each.modules) or 'all of the series'}")
    click.echo(f"languages  {', '.join(each.languages) or 'those that are reviewed'}")
    if each.state == "coming":
        click.echo(f"joining    from {each.local(each.joins_from):%Y-%m-%d %H:%M}")
    click.echo(f"joining    until {each.local(each.joins_until):%Y-%m-%d %H:%M}")
    click.echo(f"withdraw   until {each.pooling_date}, that day included")
    click.echo(f"deleted    on {each.erasing_date}")
    click.echo(f"results    of at least {each.k} people")
    click.echo(f"time zone  {each.zone}")
    if joined is not None:
        click.echo(f"joined     {joined}")
