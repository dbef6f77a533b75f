"""What `myths workshop open` and `change` both take: hours, dates, and what is chosen."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import click

from myths import catalog
from myths.edition import published_content
from myths.errors import MythsError
from myths.store import Workshop
from myths.vocabulary import Audience

_CLOCK = "%H:%M"
_PLAIN = ("title", "language", "country", "audience", "k", "zone")


@dataclass(frozen=True, kw_only=True)
class WorkshopOptions:
    """What was typed; None for what was not."""

    title: str | None
    language: str | None
    country: str | None
    audience: str | None
    route: str | None
    modules: str | None
    k: int | None
    day: str | None
    begin: str | None
    end: str | None
    days: int | None
    withdraw_until: str | None
    erase_on: str | None
    zone: str | None
    languages: str | None


def settings_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that a workshop has at its opening and later."""
    several = (
        click.option("--title", help="A name for your own list; participants don't see it."),
        click.option("--language", help="Of the pages, such as en."),
        click.option(
            "--languages", help="Which ones people can choose, such as en,de. [the reviewed ones]"
        ),
        click.option("--country", help="Which support lines to show, such as at."),
        click.option(
            "--audience",
            type=click.Choice(Audience.words()),
            help="Whom the whole workshop is for; no participant is asked. Evaluators can filter "
            "by it.",
        ),
        click.option("--route", help="The way through the modules, as series.yml names it."),
        click.option(
            "--modules", help="Other modules than the route's, in your order, such as harm,risk."
        ),
        click.option("--k", type=int, help="Show results of at least so many people. [at first 5]"),
        click.option("--date", "day", metavar="DATE", help="The day, such as 2026-12-08."),
        click.option("--from", "begin", metavar="HH:MM", help="When people can join on that day."),
        click.option("--until", "end", metavar="HH:MM", help="Until when, on the last day."),
        click.option("--days", type=int, help="On how many days people can join. [at first 1]"),
        click.option("--withdraw-until", metavar="DATE", help="The last day for withdrawing."),
        click.option("--erase-on", metavar="DATE", help="The day on which all is deleted."),
        click.option("--zone", help="Where its dates begin and end, as Europe/Vienna."),
    )
    for option in reversed(several):
        command = option(command)
    return command


def chosen(
    told: WorkshopOptions, content: Path | None, *, before: Workshop | None = None
) -> dict[str, Any]:
    """Return what was chosen, as the store takes it; what was not said is not in it.

    `before` is the workshop that is changed. Raises MythsError for what cannot be read.
    """
    plain = {name: getattr(told, name) for name in _PLAIN}
    days = {
        "pooling_date": _day(told.withdraw_until),
        "erasing_date": _day(told.erase_on),
    }
    way = _way(told.route, told.modules, content) | _spoken(told.languages, content)
    found = plain | days | _hours(told, before) | way
    return {name: value for name, value in found.items() if value is not None}


def _hours(told: WorkshopOptions, before: Workshop | None) -> dict[str, Any]:
    """Return the first and the last moment, by the clocks of the place.

    Without a day and an hour they are counted from now by whoever opens the workshop.
    """
    day, begin, end = _day(told.day), _hour(told.begin), _hour(told.end)
    days = told.days
    if day is None and begin is None and end is None and (before is None or days is None):
        return {} if days is None else {"days": days}
    if days is not None and days < 1:
        raise MythsError(f"{days} days cannot be: choose 1 or more.")
    first = before.local(before.joins_from).replace(tzinfo=None) if before else None
    last = before.local(before.joins_until).replace(tzinfo=None) if before else None
    moved = day or (first.date() if first else date.today())
    length = (days - 1) if days else (last.date() - first.date()).days if first and last else 0
    on = moved + timedelta(days=length)
    start = datetime.combine(moved, begin or (first.time() if first else time()))
    if end is None and last is None:
        stop = datetime.combine(on + timedelta(days=1), time())
    else:
        stop = datetime.combine(on, end or (last.time() if last else time()))
    began = day is None and begin is None and before is not None
    return {"joins_from": None if began else start, "joins_until": stop}


def _day(typed: str | None) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise MythsError(f"{typed!r} is no date: write it as 2026-12-08.") from None


def _hour(typed: str | None) -> time | None:
    try:
        return datetime.strptime(typed, _CLOCK).time() if typed else None
    except ValueError:
        raise MythsError(f"{typed!r} is no time of day: write it as 09:30.") from None


def _way(route: str | None, modules: str | None, content: Path | None) -> dict[str, Any]:
    """Return what the store is told of a route; nothing if nothing was said."""
    if route is None and modules is None:
        return {}
    series = catalog.load(published_content(content)).series
    if route is not None and route not in series.routes:
        known = ", ".join(series.routes) or "none"
        raise MythsError(f"series.yml has no route {route!r}: choose from {known}.")
    way = series.routes.get(route or "")
    named: Collection[str] = way.modules if way else ()
    if modules is not None:
        named = _named(modules, series.modules, "module")
    told: dict[str, Any] = {"modules": named}
    return told if route is None else told | {"route": route, "short": bool(way and way.short)}


def _spoken(languages: str | None, content: Path | None) -> dict[str, Any]:
    """Return the languages that were named with commas; MythsError for one that there is not."""
    if languages is None:
        return {}
    known = catalog.load(published_content(content)).series.languages
    return {"languages": _named(languages, known, "language")}


def _named(typed: str, known: Collection[str], what: str) -> list[str]:
    """Return what was named with commas; MythsError for one that there is not."""
    named = [each.strip() for each in typed.split(",")]
    for each in named:
        if each not in known:
            raise MythsError(f"There is no {what} {each!r}: choose from {', '.join(known)}.")
    return named
