"""The command opens a workshop for another day, changes it, and opens it again."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from myths.cli import main
from myths.store import Workshop, open_store

TUESDAY = ("--date", "2040-12-04", "--zone", "Europe/Vienna")


@pytest.fixture
def db(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'workshop.sqlite'}"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["workshop", *arguments])


def opened(db: str, *options: str) -> Workshop:
    result = run("open", "--db", db, "--code", "ROOM7", *options)
    assert result.exit_code == 0, result.output
    return found(db)


def changed(db: str, *options: str) -> Workshop:
    result = run("change", "--db", db, "ROOM7", *options)
    assert result.exit_code == 0, result.output
    return found(db)


def found(db: str) -> Workshop:
    return open_store(db).workshop("ROOM7", joinable=False)


def hours(workshop: Workshop) -> tuple[str, str]:
    first, last = (workshop.local(each) for each in (workshop.joins_from, workshop.joins_until))
    return f"{first:%Y-%m-%d %H:%M}", f"{last:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("options", "until"),
    [
        (("--from", "09:00", "--until", "17:30"), "2040-12-04 17:30"),
        (("--from", "09:00"), "2040-12-05 00:00"),
        (("--from", "09:00", "--until", "12:00", "--days", "3"), "2040-12-06 12:00"),
    ],
)
def test_a_workshop_is_opened_for_another_day(db: str, options: tuple[str, ...], until: str):
    made = opened(db, *TUESDAY, *options, "--k", "8")
    assert hours(made) == ("2040-12-04 09:00", until)
    shown = run("show", "--db", db, "ROOM7").output
    for line in ("coming", "from 2040-12-04 09:00", f"until {until}", "of at least 8 people"):
        assert line in shown


def test_a_day_without_hours_is_the_whole_day(db: str):
    assert hours(opened(db, *TUESDAY)) == ("2040-12-04 00:00", "2040-12-05 00:00")


def test_its_dates_can_be_named(db: str):
    made = opened(db, *TUESDAY, "--withdraw-until", "2040-12-20", "--erase-on", "2041-02-01")
    assert (made.pooling_date, made.erasing_date) == (date(2040, 12, 20), date(2041, 2, 1))


def test_what_is_not_named_stays_as_it_is(db: str):
    before = opened(db, *TUESDAY, "--from", "09:00", "--until", "17:30", "--modules", "harm,risk")
    assert changed(db) == before
    assert hours(changed(db, "--until", "18:00")) == ("2040-12-04 09:00", "2040-12-04 18:00")
    assert hours(changed(db, "--date", "2040-12-11")) == ("2040-12-11 09:00", "2040-12-11 18:00")
    assert hours(changed(db, "--days", "2")) == ("2040-12-11 09:00", "2040-12-12 18:00")
    after = changed(db, "--title", "Courts", "--k", "6", "--audience", "courts")
    assert (after.title, after.k, after.audience) == ("Courts", 6, "courts")
    assert after.modules == before.modules


def test_it_is_closed_and_opened_again(db: str):
    opened(db)
    run("close", "--db", db, "ROOM7")
    assert found(db).state == "closed"
    assert run("reopen", "--db", db, "ROOM7").exit_code == 0
    assert found(db).state == "open"


def test_what_people_were_told_stays_and_the_command_says_why(db: str):
    before = opened(db)
    open_store(db).join("ROOM7", language="en", consent="agreed")
    result = run("change", "--db", db, "ROOM7", "--erase-on", "2030-01-01")
    assert result.exit_code == 1
    assert f"everything is erased on {before.erasing_date}" in result.stderr
    assert found(db) == before


def test_the_server_says_when_the_next_workshop_opens_and_makes_no_other(db: str):
    from myths.server.preparation import _open_workshop

    made = opened(db, *TUESDAY)
    assert _open_workshop(open_store(db)) == made
    now = open_store(db).open_workshop(now=datetime.now().astimezone())
    assert _open_workshop(open_store(db)) == now


def test_languages_are_ticked_and_others_are_refused(db: str):
    assert opened(db).languages == ()
    assert "those that are reviewed" in run("show", "--db", db, "ROOM7").output
    made = changed(db, "--language", "de", "--languages", "en, de")
    assert (made.language, made.languages) == ("de", ("en", "de"))
    assert "languages  en, de" in run("show", "--db", db, "ROOM7").output
    refused = run("change", "--db", db, "ROOM7", "--languages", "en,xx")
    assert refused.exit_code == 1
    assert "There is no language 'xx': choose from en, de, en-simple." in refused.output
    assert found(db).languages == ("en", "de")
