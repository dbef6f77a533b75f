"""Sheets for a workshop are printed with numbers that can be typed in, and with codes."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from myths.cli import main
from myths.store import Store, open_store, schema
from sqlalchemy import select


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path}/workshop.sqlite", create=True)


def run(store: Store, folder: Path, *options: str) -> Result:
    out = ("--db", store.address, "--out", str(folder / "out"))
    return CliRunner().invoke(main, ["handout", *options, *out])


def numbers(store: Store) -> list[str]:
    with store.reading() as conn:
        return [*conn.scalars(select(schema.paper_sets.c.number))]


def test_one_file_has_the_sheets_of_all_people_and_is_for_its_owner_alone(store, tmp_path):
    code = store.open_workshop(modules=["harm"]).code
    done = run(store, tmp_path, "--sheets", "3", "--workshop", code.lower())
    assert done.exit_code == 0, done.output
    (file,) = (tmp_path / "out").iterdir()
    assert file.name == f"sheets-{code}.pdf"
    assert file.stat().st_mode & 0o077 == 0
    assert "delete it" in done.output
    assert len(numbers(store)) == 3
    assert not any(number in done.output for number in numbers(store))
    assert store.joined() == {code: 0}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--sheets", "3"), "--workshop CODE"),
        (("--workshop", "ROOM"), "--sheets 12"),
        (("--leaflet", "--sheets", "3", "--workshop", "ROOM"), "of one workshop"),
        (("--sheets", "0", "--workshop", "ROOM"), "0 is not in the range"),
        (("--sheets", "3", "--workshop", "NOSUCH"), "letters here"),
        (("nosuch", "--sheets", "3", "--workshop", "ROOM"), "nosuch"),
    ],
)
def test_what_cannot_be_printed_is_told_and_makes_no_numbers(store, tmp_path, options, words):
    store.open_workshop(code="ROOM")
    done = run(store, tmp_path, *options)
    assert done.exit_code
    assert words in done.output
    assert numbers(store) == []
    assert not (tmp_path / "out").exists()
