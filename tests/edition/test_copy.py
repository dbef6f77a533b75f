"""`myths init` writes a whole copy of the edition, or nothing."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import myths.edition.copy
import pytest
from click.testing import CliRunner, Result
from myths.cli import main

ROOT = Path(__file__).parents[2]
NAMES = ["Łódź, May's $HOME; 50%, #1?", pytest.param("workshop", marks=pytest.mark.soak)]


def init(folder: Path | str) -> Result:
    return CliRunner().invoke(main, ["init", str(folder)])


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def refused(folder: Path | str, said: str) -> None:
    """It says why in one sentence, and what to do."""
    result = init(folder)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert said in result.stderr


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_is_the_edition_with_a_readme_and_a_record(tmp_path, name):
    result = init(tmp_path / name)
    assert result.exit_code == 0, result.output
    assert str(tmp_path / name) in result.output
    made = contents(tmp_path / name)
    record = json.loads(made.pop("edition.json"))
    with zipfile.ZipFile(io.BytesIO(made.pop(".edition/originals.zip"))) as packed:
        assert {name: packed.read(name) for name in packed.namelist()} == made
    assert record["files"] == {n: hashlib.sha256(raw).hexdigest() for n, raw in made.items()}
    assert b"myths serve" in made.pop("README.md")
    assert made == {n: (ROOT / n).read_bytes() for n in made}
    assert {"content/series.yml", "content/LICENSE", "notebooks/participants/01_risk.ipynb"} < set(
        made
    )
    assert [path.name for path in tmp_path.iterdir()] == [name]
    checked = subprocess.run(
        [sys.executable, "-m", "myths", "check"],
        cwd=tmp_path / name,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
    assert "complete" in checked.stdout


def test_an_empty_folder_may_be_there_and_a_full_one_stays_as_it_is(tmp_path):
    folder = tmp_path / "workshop"
    folder.mkdir()
    assert init(folder).exit_code == 0
    (folder / "content/series.yml").write_text("mine")
    before = contents(folder)
    refused(folder, "is not empty (README.md and 5 more), so nothing was written")
    assert contents(folder) == before


def test_work_that_lies_about_in_a_checkout_does_not_travel(tmp_path, monkeypatch):
    checkout = tmp_path / "checkout"
    for part in ("content", "notebooks"):
        shutil.copytree(ROOT / part, checkout / part)
    shutil.copy(ROOT / "START_HERE.md", checkout)
    for stray in (
        "notebooks/evaluators/data/workshop.sqlite",
        "notebooks/evaluators/data/report.html",
        "notebooks/evaluators/.ipynb_checkpoints/answers.ipynb",
        "notebooks/.ipynb_checkpoints/x.ipynb",
        "notebooks/data/texts.ipynb",
        "content/modules/risk/text.en.yml~",
        "content/modules/risk/.text.en.yml.swp",
        "content/modules/.ipynb_checkpoints/text.en.yml",
    ):
        (checkout / stray).parent.mkdir(parents=True, exist_ok=True)
        (checkout / stray).write_text("somebody's answers")
    monkeypatch.setattr(myths.edition.copy, "own_folder", lambda: checkout)
    assert init(tmp_path / "workshop").exit_code == 0
    assert b"somebody's answers" not in contents(tmp_path / "workshop").values()


def test_a_file_or_a_missing_place_is_told_with_what_to_do(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("kept")
    refused(tmp_path / "file", "is a file, and it stays: name a folder")
    refused(tmp_path / "file" / "workshop", "make it first, or correct the name")
    refused(tmp_path / "no" / "workshop", "make it first, or correct the name")
    refused(tmp_path / ("long" * 100), "cannot be made (File name too long)")
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    refused(".", "go one up with `cd ..` and call `myths init empty` there")
    assert contents(tmp_path) == {"file": b"kept"}


def test_a_place_where_one_may_not_write_is_told(tmp_path):
    if os.getuid() == 0:
        refused("/proc/workshop", "cannot be made (")
        return
    tmp_path.chmod(0o500)
    refused(tmp_path / "workshop", "cannot be made (Permission denied)")


def test_a_full_disk_leaves_nothing(tmp_path):
    """The limit on a file's size stands for the disk: it stops a write in its middle."""
    said = subprocess.run(
        ["sh", "-c", 'ulimit -f 8; exec "$@"', "sh", sys.executable, "-m", "myths", "init", "it"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 1
    assert "it cannot be made (File too large), and nothing is left of it" in said.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_who_interrupts_it_finds_nothing_half(tmp_path, how):
    slow = (
        "import os, signal, time; os.fsync = lambda _: time.sleep(0.2); "
        "signal.signal(signal.SIGINT, signal.default_int_handler); "  # it may be ignored here
        "from myths.cli import main; main()"
    )
    making = subprocess.Popen(
        [sys.executable, "-c", slow, "init", "workshop"], cwd=tmp_path, stderr=subprocess.PIPE
    )
    while not list(tmp_path.glob(".workshop.*/content")):
        assert making.poll() is None
        time.sleep(0.01)
    making.send_signal(how)
    making.communicate(timeout=20)
    assert making.returncode != 0
    if how == signal.SIGKILL:
        assert not (tmp_path / "workshop").exists()
    else:
        assert list(tmp_path.iterdir()) == []
    assert init(tmp_path / "workshop").exit_code == 0
