"""`myths serve` starts, or says in one sentence why it does not and what to do."""

from __future__ import annotations

import shutil
import socket
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from myths.cli import main
from myths.store import open_store

from tests.server.conftest import ROOT, command, serving
from tests.store.stores import at_version


def newer(folder: Path) -> Path:
    db = folder / "newer.sqlite"
    open_store(f"sqlite:///{db}", create=True)
    with closing(sqlite3.connect(db, isolation_level=None)) as tomorrow:
        tomorrow.execute("UPDATE myths_version SET version_num = '9999'")
    return db


def no_database(folder: Path) -> Path:
    db = folder / "letter.sqlite"
    db.write_text("Dear editor, " * 100)
    return db


def another_programs(folder: Path) -> Path:
    db = folder / "other.sqlite"
    with closing(sqlite3.connect(db)) as other:
        other.execute("CREATE TABLE songs (title)")
    return db


def below_a_file(folder: Path) -> Path:
    (folder / "file").write_text("")
    return folder / "file" / "workshop.sqlite"


def refused(db: Path, *options: str, **environment: str) -> str:
    """What the command says on stderr when it ends without serving."""
    arguments = command(db, *options)[3:]  # without `python -m myths`
    ended = CliRunner().invoke(main, arguments, env=environment)
    assert ended.exit_code in (1, 2), ended.output
    assert isinstance(ended.exception, SystemExit)
    assert ended.stdout == ""
    return ended.stderr


@pytest.mark.parametrize(
    ("make", "reason", "remedy"),
    [
        (newer, "made by a newer version", "install the newer program"),
        (no_database, "is not a workshop's database", "check the name"),
        (another_programs, "is the database of another program", "choose another name"),
        (below_a_file, "cannot be made", "choose a place"),
    ],
)
def test_a_store_that_cannot_be_used_is_named_with_the_remedy(tmp_path, make, reason, remedy):
    db = make(tmp_path)
    before = db.read_bytes() if db.exists() else None
    said = refused(db, "--published", str(tmp_path / "published"))
    assert reason in said
    assert remedy in said
    assert len(said.strip().splitlines()) == 1
    assert (db.read_bytes() if db.exists() else None) == before


def test_faults_in_the_content_are_named_with_file_and_line(tmp_path):
    content = shutil.copytree(ROOT / "content", tmp_path / "content")
    text = content / "modules" / "risk" / "text.en.yml"
    text.write_text(text.read_text().replace("takeaway:", "take_away:", 1))
    said = refused(tmp_path / "workshop.sqlite", MYTHS_CONTENT=str(content))
    assert "modules/risk/text.en.yml" in said
    assert "takeaway" in said
    assert not (tmp_path / "workshop.sqlite").exists()


def test_a_port_that_is_taken_is_named_with_the_remedy(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        ended = subprocess.run(
            command(tmp_path / "workshop.sqlite", "--port", port),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert ended.returncode == 1
    assert ended.stdout == ""
    (said,) = ended.stderr.strip().splitlines()
    assert f"Port {port}" in said
    assert "--port" in said


def test_notebooks_that_are_not_there_are_missed_at_once(tmp_path):
    said = refused(tmp_path / "workshop.sqlite", "--notebooks", str(tmp_path / "nowhere"))
    assert "nowhere" in said
    said = refused(tmp_path / "workshop.sqlite", "--notebooks", str(tmp_path))
    assert "participants" in said


def test_who_starts_a_newer_program_is_told_where_the_older_database_is(tmp_path):
    db = tmp_path / "workshop.sqlite"
    with at_version("0005", f"sqlite:///{db}"):
        pass
    with serving(db) as running:
        assert f"What it was before is kept for a week, in {db}.before-" in running.told


def test_the_first_start_opens_a_workshop_and_the_second_one_none(tmp_path):
    db = tmp_path / "workshop.sqlite"
    with serving(db) as running:
        (first,) = running.store.workshops()
        assert (first.code, first.title) == (running.code, "")
    with serving(db) as running:
        assert [each.code for each in running.store.workshops()] == [first.code]
