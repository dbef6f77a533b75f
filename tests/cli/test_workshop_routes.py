"""The command opens a workshop with a route, shows it, and changes its modules."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from myths import catalog
from myths.cli import main
from myths.store import open_store


@pytest.fixture
def db(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'workshop.sqlite'}"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["workshop", *arguments])


def test_a_route_is_opened_shown_and_listed(db: str):
    opened = run("open", "--db", db, "--code", "ROOM7", "--route", "half-day")
    assert opened.exit_code == 0, opened.output
    modules = catalog.load().series.routes["half-day"].modules
    shown = run("show", "--db", db, "ROOM7").output
    assert "route      half-day\n" in shown
    assert f"modules    {', '.join(modules)}\n" in shown
    assert "half-day" in run("list", "--db", db).output


def test_the_trainers_modules_and_their_order_take_the_place_of_the_routes(db: str):
    run("open", "--db", db, "--code", "ROOM7", "--route", "ten-minutes", "--modules", "harm, risk")
    found = open_store(db).workshop("ROOM7")
    assert (found.route, found.modules, found.short) == ("ten-minutes", ("harm", "risk"), True)
    assert "(short form)" in run("show", "--db", db, "ROOM7").output


def test_without_a_route_it_has_the_whole_series(db: str):
    assert "modules    all of the series" in run("open", "--db", db).output


def test_the_modules_are_changed_later(db: str):
    run("open", "--db", db, "--code", "ROOM7", "--route", "half-day")
    changed = run("change", "--db", db, "ROOM7", "--modules", "harm,risk")
    assert changed.exit_code == 0, changed.output
    assert "modules    harm, risk" in changed.output
    assert open_store(db).workshop("ROOM7").modules == ("harm", "risk")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--route", "two-days"], "no route 'two-days': choose from full-day, half-day"),
        (["--modules", "risk,hram"], "There is no module 'hram': choose from risk"),
        (["--modules", ""], "There is no module ''"),
        (["--modules", "risk,risk"], "The module risk is named twice"),
    ],
)
def test_what_cannot_be_is_told_in_one_line_and_opens_nothing(
    db: str, options: list[str], told: str
):
    open_store(db, create=True)
    result = run("open", "--db", db, *options)
    assert result.exit_code == 1
    assert told in result.stderr
    assert open_store(db).workshops() == []
