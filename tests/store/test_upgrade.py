"""Migrations never change; a store is copied before one, and what is built otherwise is told."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from myths.errors import StoreError
from myths.store import Store, database, open_store, read_backup, restore
from sqlalchemy import text

from tests.store.samples import given, written
from tests.store.stores import at_version, fill, new, refused

MIGRATIONS = Path(database.__file__).with_name("migrations") / "versions"
# A migration that is in the main line is never changed, for stores have been made with it: add
# another one. The hash of a new one is added here by whoever adds it.
HASHES = {
    "audiences.py": "aa6b52420e30d637909d73802e5c3944bbfd5bda8a29cbdb22260b6df37f6f81",
    "collection_modes.py": "92286a17a79f8d715f3bde53fc334277024b12217bde0d327fe602f6f1279abd",
    "contributions.py": "66375ef8d94b2d190642c3d73faeae07228119584702053932950aab84bd55eb",
    "first_tables.py": "4fb9e3936af9f6696e8e6315ec4b6c2174d154633ecaf38fddaa58e90ece5d98",
    "group_batches.py": "9e051e0e67e74309f8f1a65ae7f8cd2bd9dd0758775cc8e940b8cffe5b34f564",
    "option_numbers.py": "f03c4c680c0a409e9f9bbcea28e32e42b61aa0c5ecf470cb9a9ddfcb60e3107a",
    "inquiries.py": "b11d6810bdde4c581913890ac2492f1f0ba19995f52a4a07aed6296a8da3004c",
    "led_rooms.py": "63c06b7d9ede2af5f246bb5d93dbee4ff8f7be238eaf4b8bec80e5876641af91",
    "renewed_codes.py": "68b22b4f6838fb9544c962e4b35c69d63855a3164d85bb97462035cdccd33bb3",
    "page_places.py": "2b57cc95cafea601d0e77de5f7f987c7ab01f3927caea3925664df029886eb2f",
    "release_log.py": "0cb7cad51a5cbdb75543346552e8d0b481f040b0da700ba2726923ff97c1c82b",
    "routes.py": "6fa6b1bfbc61bf3ef7e5767d1925b78248afe09fe6a2640a30e924703ab1e938",
    "sealed_texts.py": "6a2de6aa0f8a0afdcb2dbc14a9948797a11e261c93724f47d2cd1b700719c79c",
    "staff_keys.py": "82e509779591dee7a9b8f2a3aba2c88747ba146479ab389894840abcf884a627",
    "staff_roles.py": "9e9f3d13d02309c39a392fcfc9e6c2cf89885690fdbd3a18964a2c2f8fb856ec",
    "staff_table.py": "071fa8e81f3e25870eb48bbddd66b2bc020b68dc4546ac44755b458591f2f687",
    "workshop_notes.py": "07928d283fd4969d96315008c832e117a35064f634a494ff52e3f8e12ddb4342",
    "time_zones.py": "5891bcb06244b186ff4d3bd43fdee56f8cc512cd95e3491ef744a3e8e432658d",
    "workshop_languages.py": "c6ba6b44e618c2f869d5b9ea1ccb0e8e2051dfe691dbe3cbac948aeb043a2b08",
    "workshop_hours.py": "34534b9ed4bfebd6cbc49d489ef7ad7a424ad658134cd005ae23e6f2d7884d74",
}


def test_no_migration_has_changed_since_stores_were_made_with_it():
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in MIGRATIONS.glob("*.py")
    }
    assert found == HASHES


@pytest.fixture
def older(tmp_path: Path) -> str:
    """The address of an SQLite store of an earlier version, with a workshop in it."""
    url = f"sqlite:///{tmp_path}/room.sqlite"
    with at_version("0004", url) as conn:
        conn.execute(
            text(
                "INSERT INTO workshops VALUES (1, 'ROOM7', '', 'en', 'eu', false, 1, 2,"
                " 4000000000000000, 4000000000000000, NULL)"
            )
        )
    return url


def copies(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.before-*"))


def test_an_older_store_is_copied_before_it_is_brought_up_to_date(older, tmp_path):
    open_store(older, create=True)
    (copy,) = copies(tmp_path)
    assert copy.name == f"room.sqlite.before-{database.VERSION}"
    assert copy.stat().st_mode & 0o077 == 0
    assert read_backup(copy).version == "0004"
    restore(copy, f"sqlite:///{tmp_path}/back.sqlite")
    assert open_store(f"sqlite:///{tmp_path}/back.sqlite").workshops()[0].code == "ROOM7"
    assert len(copies(tmp_path)) == 1  # a restored copy needs none of its own


def test_a_new_store_and_one_that_is_up_to_date_are_not_copied(tmp_path):
    url = new(tmp_path).address
    open_store(url, create=True)
    assert copies(tmp_path) == []


def test_the_copy_goes_as_soon_as_anything_is_erased(older, tmp_path):
    store = open_store(older, create=True)
    store.erase_workshop("ROOM7")
    assert copies(tmp_path) == []


def test_the_copy_goes_after_a_week(older, tmp_path):
    store = open_store(older, create=True)
    store.erase_expired()
    (copy,) = copies(tmp_path)
    then = copy.stat().st_mtime - 8 * 24 * 3600
    os.utime(copy, (then, then))
    store.erase_expired()
    assert copies(tmp_path) == []


def test_without_room_for_the_copy_nothing_is_changed(older, tmp_path, monkeypatch):
    from myths.store import backup

    def full(*_: object, **__: object) -> None:
        raise StoreError("The disk has no room.")

    monkeypatch.setattr(backup, "backup", full)
    assert "no room" in refused(open_store, older, create=True)
    monkeypatch.undo()
    assert "older version" in refused(open_store, older)


CHANGES = {
    "a column is missing": ("ALTER TABLE answers DROP COLUMN sealed", "answers.sealed is missing"),
    "a column too many": ("ALTER TABLE answers ADD COLUMN mood TEXT", "answers.mood is unknown"),
    "a table is missing": ("DROP TABLE batched", "batched"),
    "another type": (
        "DROP TABLE staff; CREATE TABLE staff (mark VARCHAR(64) PRIMARY KEY NOT NULL,"
        " key BOOLEAN NOT NULL, expires_at BIGINT NOT NULL)",
        "staff.key is BOOLEAN NOT NULL and not VARCHAR(64)",
    ),
}


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize("name", CHANGES)
def test_a_store_that_is_not_built_as_its_version_says_is_told_plainly(url, store, name, create):
    change, cause = CHANGES[name]
    with store.writing() as conn:
        for statement in change.split(";"):
            conn.execute(text(statement))
    told = refused(open_store, url, create=create)
    assert "not built like that" in told
    assert cause in told


def test_a_version_that_nobody_knows_is_told_plainly(url, store):
    with store.writing() as conn:
        conn.execute(text("UPDATE myths_version SET version_num = '0000'"))
    assert "does not know" in refused(open_store, url, create=True)


def test_a_half_migrated_store_is_told_and_not_changed(older):
    engine = database._connectable(older, create=True)
    with engine.writing() as conn:
        conn.execute(text("UPDATE myths_version SET version_num = '0005'"))  # and no more
    assert "not built like that" in refused(open_store, older, create=True)
    with engine.reading() as conn:
        assert conn.scalar(text("SELECT version_num FROM myths_version")) == "0005"


def test_what_a_table_does_not_take_is_not_called_a_meeting_of_writers(store, person):
    with store.writing() as conn:
        if conn.dialect.name == "sqlite":
            conn.execute(text("DROP TABLE staff"))
            conn.execute(text("CREATE TABLE staff (mark, key NOT NULL, expires_at, role)"))
        else:
            conn.execute(text("ALTER TABLE staff ALTER COLUMN key SET NOT NULL"))
    told = refused(store.new_staff_key)
    assert "not built as this version" in told
    assert "Two writers" not in told


def test_tables_of_others_in_the_same_database_are_left_alone(url, store):
    with store.writing() as conn:
        conn.execute(text("CREATE TABLE bookmarks (url VARCHAR(9))"))
    assert open_store(url, create=True).workshops() == []


def test_a_backup_is_no_database_to_serve(tmp_path):
    room: Store = new(tmp_path)
    fill(room)
    room.backup(tmp_path / "monday")
    before = (tmp_path / "monday").read_bytes()
    assert "myths restore" in refused(open_store, f"sqlite:///{tmp_path}/monday", create=True)
    assert (tmp_path / "monday").read_bytes() == before


def test_words_that_are_taken_back_go_from_the_copy_too(older, tmp_path):
    store = open_store(older, create=True)
    person = store.join(store.open_workshop().code, language="en", consent="agreed").participant
    assert copies(tmp_path)
    store.save(person, written(), given(text="Rumpelstilzchen", reader="group"))
    assert copies(tmp_path)
    store.save(person, written(), given())
    assert copies(tmp_path) == []
