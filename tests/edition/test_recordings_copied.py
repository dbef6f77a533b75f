"""Recordings of an edition travel with it; those of a trainer stay as they are."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import myths.edition.copy
import pytest
from myths.edition import ORIGINALS, RECORD, copy_edition, edition_files
from myths.update import CopyUpdate

from tests.films import record

ROOT = Path(__file__).parents[2]
NAMES = {f"content/modules/risk/recordings/facts.en.{kind}" for kind in ("mp4", "vtt")}


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An edition with a recording, as an organisation packs it."""
    folder = tmp_path / "edition"
    for part in ("content", "notebooks"):
        shutil.copytree(ROOT / part, folder / part)
    shutil.copy(ROOT / "START_HERE.md", folder)
    film = record(folder / "content/modules/risk", "facts.en.mp4")
    (film.parent / ".facts.en.mp4.part").write_bytes(b"half")
    (film.parent / "notes.mov").write_bytes(b"not played")
    monkeypatch.setattr(myths.edition.copy, "own_folder", lambda: folder)
    return folder


def test_a_copy_has_them_and_their_sums_and_not_twice(edition: Path, tmp_path: Path):
    own = copy_edition(tmp_path / "own")
    sums = json.loads((own / RECORD).read_text())["files"]
    assert {name for name in sums if "recordings" in name} == NAMES
    assert all((own / name).read_bytes() == (edition / name).read_bytes() for name in NAMES)
    with zipfile.ZipFile(own / ORIGINALS) as packed:
        assert not [name for name in packed.namelist() if "recordings" in name]


def test_a_newer_recording_comes_and_one_of_the_trainer_stays(edition: Path, tmp_path: Path):
    own = copy_edition(tmp_path / "own")
    mine = record(own / "content/modules/harm", "facts.en.mp3")
    film = edition / "content/modules/risk/recordings/facts.en.mp4"
    film.write_bytes(film.read_bytes() + b"better")
    update = CopyUpdate.of(own)
    assert [(each.name, each.fate) for each in update.changes if "recordings" in each.name] == [
        ("content/modules/risk/recordings/facts.en.mp4", "newer")
    ]
    before = mine.read_bytes()
    update.carry_out()
    assert (own / "content/modules/risk/recordings/facts.en.mp4").read_bytes().endswith(b"better")
    assert mine.read_bytes() == before


def test_the_edition_of_this_program_has_none():
    assert not [name for name in edition_files() if "recordings" in name]
