"""In JupyterLab a trainer opens a workshop by the form of the staff pages, or chooses one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import myths
import pytest
from myths.console import WorkshopDesk
from myths.console.console import Console
from myths.store import Store, open_store, sqlite_address

TUESDAY = datetime.now(UTC).date() + timedelta(days=7)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(sqlite_address(tmp_path / "room.sqlite"), create=True)


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> WorkshopDesk:
    return myths.workshops(db=tmp_path / "room.sqlite")


def led(desk: WorkshopDesk) -> str:
    """The code of the workshop whose console is shown; empty without one."""
    consoles = [each for each in desk.children if isinstance(each, Console)]
    return str(consoles[0].room["code"]) if consoles else ""


def press(desk: WorkshopDesk, do: str, **fields: str) -> str:
    desk.chooser.hear({"do": do, "fields": {name: [text] for name, text in fields.items()}})
    return str(desk.chooser.form["told"])


def test_without_a_workshop_the_form_stands_open_and_there_is_no_console(desk: WorkshopDesk):
    assert led(desk) == ""
    assert desk.chooser.html.count("<details open>") == 1


def test_a_workshop_is_opened_for_next_tuesday_with_all_that_was_chosen(
    desk: WorkshopDesk, store: Store
):
    told = press(
        desk,
        "open",
        title="Court staff",
        audience="courts",
        route="half-day",
        k="7",
        zone="Europe/Vienna",
        joins_from=f"{TUESDAY}T09:00",
        joins_until=f"{TUESDAY}T12:30",
        pooling_date=str(TUESDAY + timedelta(days=20)),
        erasing_date=str(TUESDAY + timedelta(days=90)),
        **{"place-harm": "1", "place-risk": "2"},
    )
    (made,) = store.workshops()
    assert made.code in told
    assert led(desk) == made.code
    assert (made.title, made.audience, made.k) == ("Court staff", "courts", 7)
    assert (made.route, made.modules) == ("half-day", ("harm", "risk"))
    assert (made.state, made.local(made.joins_from).date()) == ("coming", TUESDAY)
    assert made.erasing_date - date.today() > timedelta(days=90)
    assert not desk.chooser.form["is_unfolded"]


@pytest.mark.parametrize(
    ("fields", "marked"),
    [
        ({"k": "2"}, 'id="k-fault"'),
        ({"joins_from": "soon"}, 'id="joins_until-fault"'),
        ({"zone": "Nowhere"}, 'id="zone-fault"'),
        ({"place-risk": "1", "place-harm": "1"}, 'id="places-fault"'),
    ],
    ids=["k", "hours", "zone", "places"],
)
def test_what_cannot_be_is_marked_and_nothing_that_was_typed_is_lost(
    desk: WorkshopDesk, store: Store, fields: dict[str, str], marked: str
):
    press(desk, "open", title="Mine", route="half-day", **fields)
    assert store.workshops() == []
    assert marked in desk.chooser.html
    assert 'value="Mine"' in desk.chooser.html
    assert led(desk) == ""


def test_another_workshop_is_chosen_and_a_closed_one_opened_again(tmp_path: Path, store: Store):
    first = store.open_workshop(title="First").code
    second = store.open_workshop(title="Second").code
    store.close_workshop(first)
    desk = myths.workshops(db=tmp_path / "room.sqlite")
    assert led(desk) == second
    press(desk, "choose", code=first)
    assert led(desk) == first
    press(desk, "reopen", code=first)
    assert store.workshop(first).state == "open"
    assert not desk.chooser.form["can_reopen"]
    assert "again" in press(desk, "choose", code="NOSUCH")
    assert led(desk) == first
