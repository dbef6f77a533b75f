"""A damaged file comes in whole or not at all, by `restore` and by `merge` alike."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from myths.errors import StoreError
from myths.store import Store, open_store, restore

from tests.store.stores import fill, held, new, refused, said

FEW, FLIPS = 8, 120


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[tuple]]:
    """A backup, and what everybody in it said."""
    folder = tmp_path_factory.mktemp("whole")
    room = new(folder)
    fill(room)
    room.backup(folder / "monday")
    return folder / "monday", said(room)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty")
    store = new(folder, "empty.sqlite")
    store.empty_log()
    return folder / "empty.sqlite"


def flipped(content: bytes, times: int) -> Iterator[bytes]:
    """Copies of a file, each with another bit that is not as it was."""
    chance = random.Random(10)  # noqa: S311  places, no secrets
    for _ in range(times):
        damaged = bytearray(content)
        damaged[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        yield bytes(damaged)


def merged(path: Path, store: Store) -> None:
    store.merge(open_store(f"sqlite:///{path}"))


def restored(path: Path, store: Store) -> None:
    restore(path, store.address)


@pytest.mark.parametrize("times", [FEW, pytest.param(FLIPS, marks=pytest.mark.soak)])
@pytest.mark.parametrize("bring", [merged, restored])
def test_of_a_backup_with_a_flipped_bit_all_comes_in_as_it_was_or_nothing(
    bring, times, whole, empty, tmp_path
):
    path, expected = whole
    refusals = []
    for content in flipped(path.read_bytes(), times):
        (tmp_path / "damaged").write_bytes(content)
        shutil.copy(empty, tmp_path / "here.sqlite")
        here = open_store(f"sqlite:///{tmp_path}/here.sqlite")
        try:
            bring(tmp_path / "damaged", here)
        except StoreError as error:
            refusals.append(str(error))
            assert here.workshops() == []
        else:
            assert said(here) == expected
    assert refusals


@pytest.mark.parametrize("bring", [merged, restored])
def test_a_name_in_the_schema_that_is_no_text_is_told_as_damage(bring, whole, empty, tmp_path):
    """SQLite's message quotes the name, so it cannot be read either."""
    path, _ = whole
    content = path.read_bytes().replace(
        b"sqlite_autoindex_answers_1", b"sqlite\xe9autoindex_answers_1"
    )
    (tmp_path / "damaged").write_bytes(content)
    shutil.copy(empty, tmp_path / "here.sqlite")
    here = open_store(f"sqlite:///{tmp_path}/here.sqlite")
    with pytest.raises(StoreError, match="damaged"):
        bring(tmp_path / "damaged", here)
    assert here.workshops() == []


VALUES = [
    "UPDATE answers SET value = 'three' WHERE seq = 1",
    "UPDATE answers SET value = 9e999 WHERE seq = 1",
    "UPDATE answers SET reader = 'everybody' WHERE text IS NOT NULL",
    "UPDATE answers SET at = -5 WHERE seq = 1",
    "UPDATE answers SET at = 'monday' WHERE seq = 1",
    "UPDATE answers SET participant = 99 WHERE seq = 1",
    "UPDATE answers SET text = x'ff' WHERE text IS NOT NULL",
    "UPDATE answers SET key = hex(randomblob(30)) WHERE seq = 1",
    "UPDATE questions SET phase = 'during' WHERE id = 1",
    "UPDATE questions SET kind = 'riddle' WHERE id = 1",
    "UPDATE questions SET words = 'not JSON' WHERE id = 1",
    "UPDATE workshops SET audience = 'spies'",
    "UPDATE workshops SET modules = 'risk  harm'",
    "UPDATE workshops SET modules = 'risk harm risk'",
    "UPDATE workshops SET modules = '../etc'",
    "UPDATE workshops SET expires_at = 999999999999999999",
    "UPDATE workshops SET title = x'c3'",
    "UPDATE participants SET public_key = 'a text'",
]


@pytest.mark.parametrize("change", VALUES)
def test_a_row_that_cannot_be_ours_keeps_the_whole_store_out(change, tmp_path):
    room, here = new(tmp_path), new(tmp_path, "here.sqlite")
    fill(room)
    with closing(sqlite3.connect(tmp_path / "room.sqlite", isolation_level=None)) as file:
        file.execute(change)
    before = held(here)
    told = refused(here.merge, room)
    assert "damaged" in told
    assert held(here) == before


def test_rows_as_we_write_them_all_come_in(tmp_path):
    room, here = new(tmp_path), new(tmp_path, "here.sqlite")
    fill(room, people=6)
    room.erase_participant(fill(room)[0].participant)
    room.new_staff_key()
    here.merge(room)
    assert said(here) == said(room)
