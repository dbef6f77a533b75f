"""A copy is brought to a newer edition: what its trainer changed stays, and all of it is told."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from myths import catalog
from myths.cli import main
from myths.edition import copy_edition, edition_files
from myths.errors import MythsError
from myths.update import CopyUpdate

TEXT = "content/modules/risk/text.en.yml"
UI = "content/ui/en.yml"
GUIDE = "content/modules/harm/guide.en.md"
SHEET = "notebooks/participants/05_manipulation.ipynb"
SUPPORT = "content/support/eu.yml"

Change = Callable[[str, str, str], None]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_edition(tmp_path_factory.mktemp("made") / "workshop")


@pytest.fixture
def own(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "workshop")


@pytest.fixture
def edit(own: Path) -> Change:
    """Change the copy, as its trainer does."""

    def edit(name: str, old: str, new: str) -> None:
        words = (own / name).read_text("utf-8")
        assert old in words
        (own / name).write_text(words.replace(old, new, 1), "utf-8")

    return edit


@pytest.fixture
def edition(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """The files that the newer program brings; change them as its makers do."""
    newer = edition_files()
    monkeypatch.setattr("myths.update.copy_update.edition_files", lambda: newer)
    return newer


@pytest.fixture
def bring(edition: dict[str, bytes]) -> Change:
    def bring(name: str, old: str, new: str) -> None:
        assert old.encode() in edition[name]
        edition[name] = edition[name].replace(old.encode(), new.encode(), 1)

    return bring


def fates(own: Path) -> dict[str, str]:
    return {each.name: each.fate for each in CopyUpdate.of(own).changes}


def everything(own: Path) -> dict[str, bytes]:
    return {
        path.relative_to(own).as_posix(): path.read_bytes()
        for path in sorted(own.rglob("*"))
        if path.is_file()
    }


def test_a_copy_of_this_edition_has_nothing_to_do(own: Path, edition):
    found = CopyUpdate.of(own)
    assert (found.changes, found.is_needed, found.lacks_originals) == ((), False, False)


def test_each_file_has_its_fate(own: Path, edit, bring, edition):
    edit(TEXT, "title: Risk", "title: Danger")
    edit(UI, "exit: Leave now", "exit: Go now")
    edit(GUIDE, "# Trainer's", "# My")
    edit("content/organiser.yml", "name: null", "name: Us")
    (own / SHEET).unlink()
    (own / "content/modules/funding/guide.en.md").write_text("mine", "utf-8")
    bring(TEXT, "title: Risk", "title: Risks")
    bring(TEXT, "question: Do programmes", "question: Do all programmes")
    bring(UI, "  button: Join the workshop", "  button: Join")
    bring(GUIDE, "## Aim", "## The aim")
    bring(SHEET, "minutes", "short minutes")
    bring("content/handbook.en.md", "# The trainer's", "# The")
    edition["content/new.yml"] = b"a: b\n"
    del edition["content/modules/mediation/guide.en.md"]
    del edition["content/modules/funding/guide.en.md"]
    assert fates(own) == {
        TEXT: "merged",
        UI: "merged",
        GUIDE: "beside",
        SHEET: "left out",
        "content/handbook.en.md": "newer",
        "content/modules/funding/guide.en.md": "kept",
        "content/modules/mediation/guide.en.md": "gone",
        "content/new.yml": "new",
        "content/organiser.yml": "yours",
    }


def test_it_is_said_first_and_then_done_and_then_there_is_nothing_more(own: Path, edit, bring):
    edit(TEXT, "title: Risk", "title: Danger")
    bring(TEXT, "title: Risk", "title: Risks")
    bring(TEXT, "question: Do programmes", "question: Do all programmes")
    before = everything(own)

    def said(*options: str) -> str:
        result = CliRunner().invoke(main, ["update", str(own), *options])
        assert result.exit_code == 0, result.output
        return result.output

    told = said()
    assert (
        f"{TEXT}: your changes stay, and newer texts come in at question; both changed title"
        in told
    )
    assert f"laid beside it as {TEXT}.new)" in told
    assert "Nothing was changed yet. To do this: myths update --yes" in told
    assert everything(own) == before
    assert "All files as they were before are in" in said("--yes")
    module = catalog.load(own / "content").module("risk")
    assert (module.title, module.question[:18]) == ("Danger", "Do all programmes ")
    assert "title: Risks" in (own / f"{TEXT}.new").read_text("utf-8")
    assert [e for e in catalog.check(own / "content") if e.severity == "error"] == []
    assert said("--yes").endswith("Your copy has all that is new in this edition.\n")
    assert fates(own) == {TEXT: "yours"}


def test_all_files_as_they_were_are_in_the_backup(own: Path, edit, bring):
    edit(GUIDE, "# Trainer's", "# My")
    (own / f"{GUIDE}.new").write_text("of an update before", "utf-8")
    (own / "content/modules/own").mkdir()
    (own / "content/modules/own/text.en.yml").write_text("title: Mine\n", "utf-8")
    (own / "data").mkdir()
    (own / "data/workshop.sqlite").write_text("answers")
    (own / "notebooks/evaluators/data").mkdir()
    (own / "notebooks/evaluators/data/export.md").write_text("answers")
    bring(GUIDE, "## Aim", "## The aim")
    before = everything(own)
    backup = CopyUpdate.of(own).carry_out()
    with zipfile.ZipFile(backup) as packed:
        kept = {name: packed.read(name) for name in packed.namelist()}
    data = {name for name in before if "data/" in name}
    assert kept == {name: raw for name, raw in before.items() if name not in data}
    assert (own / f"{GUIDE}.new").read_text("utf-8") != "of an update before"
    bring(GUIDE, "## The aim", "## This aim")
    assert CopyUpdate.of(own).carry_out() != backup


def test_a_copy_without_originals_is_compared_by_its_sums_and_that_is_told(own: Path, edit, bring):
    shutil.rmtree(own / ".edition")
    edit(TEXT, "title: Risk", "title: Danger")
    bring(TEXT, "question: Do programmes", "question: Do all programmes")
    bring(UI, "  button: Join the workshop", "  button: Join")
    assert fates(own) == {TEXT: "beside", UI: "newer"}
    told = CliRunner().invoke(main, ["update", str(own), "--yes"]).output
    assert "files that were changed by both cannot be merged" in told
    bring(TEXT, "core: |-", "core: |")  # from now on its originals are there
    assert fates(own) == {TEXT: "merged"}


def test_damaged_originals_are_as_if_they_had_not_been_kept(own: Path, edit, bring):
    path = own / ".edition/originals.zip"
    raw = bytearray(path.read_bytes())
    raw[2000:60000] = bytes(58000)
    edit(TEXT, "title: Risk", "title: Danger")
    bring(TEXT, "question: Do programmes", "question: Do all programmes")
    for damaged in (bytes(raw), b"no archive", b""):
        path.write_bytes(damaged)
        assert fates(own) == {TEXT: "beside"}


def test_a_file_that_is_no_yaml_any_more_stays_as_it_is(own: Path, edit, bring):
    edit(TEXT, "title: Risk", "title: [Danger")
    bring(TEXT, "question: Do programmes", "question: Do all programmes")
    mine = (own / TEXT).read_bytes()
    CopyUpdate.of(own).carry_out()
    assert (own / TEXT).read_bytes() == mine
    assert b"Do all programmes" in (own / f"{TEXT}.new").read_bytes()


def test_support_lines_of_an_earlier_form_get_their_kind(own: Path, edition):
    words = (own / SUPPORT).read_text("utf-8")
    for kind in ("emergency", "survivors", "children", "crime"):
        line = next(each for each in words.splitlines(True) if f"kind: {kind}" in each)
        words = words.replace(line, "")
    country = words.replace("country: eu", "country: at") + (
        '  - id: own\n    name: {en: Ours}\n    for: {en: All}\n    phone: "+43 1"\n'
        "    hours: {en: Always}\n    free: true\n"
    )
    (own / "content/support/at.yml").write_text(country, "utf-8")
    assert fates(own) == {"content/support/at.yml": "older form"}
    backup = CopyUpdate.of(own).carry_out()
    lines = catalog.load(own / "content").support[0].lines
    assert [str(line.kind) for line in lines] == ["emergency", "survivors", "children", "crime"]
    assert any(
        "kind of the line 'own' is still to be written" in str(each)
        for each in catalog.check(own / "content")
    )
    with zipfile.ZipFile(backup) as packed:
        assert packed.read("content/support/at.yml").decode() == country


def test_a_file_that_is_saved_meanwhile_stops_it(own: Path, edit, bring):
    bring(TEXT, "question: Do programmes", "question: Do all programmes")
    found = CopyUpdate.of(own)
    edit(TEXT, "title: Risk", "title: Danger")
    before = everything(own)
    with pytest.raises(MythsError, match="A file of the copy was saved meanwhile"):
        found.carry_out()
    assert everything(own) == before


def test_a_full_disk_leaves_all_as_it_was(own: Path, bring, monkeypatch: pytest.MonkeyPatch):
    bring(TEXT, "question: Do programmes", "question: Do all programmes")
    before = everything(own)
    written = []

    def full(*args: object) -> None:
        written.append(args)
        if len(written) > 1:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(MythsError, match=r"\(No space left on device\), and nothing was changed"):
        CopyUpdate.of(own).carry_out()
    assert everything(own) == before


def test_an_update_that_was_broken_off_can_be_done_again(own: Path, edit, bring):
    """As after a power cut between two files: the record is the last that is written."""
    edit(TEXT, "title: Risk", "title: Danger")
    bring(TEXT, "question: Do programmes", "question: Do all programmes")
    bring(UI, "  button: Join the workshop", "  button: Join")
    record = (own / "edition.json").read_bytes(), (own / ".edition/originals.zip").read_bytes()
    CopyUpdate.of(own).carry_out()
    done = everything(own)
    (own / "edition.json").write_bytes(record[0])
    (own / ".edition/originals.zip").write_bytes(record[1])
    again = CopyUpdate.of(own)
    assert {each.name: each.fate for each in again.changes} == {TEXT: "yours"}
    again.carry_out()
    assert {n: raw for n, raw in everything(own).items() if n in (TEXT, UI)} == {
        n: done[n] for n in (TEXT, UI)
    }


def test_the_record_afterwards_is_that_of_the_newer_edition(own: Path, bring, edition):
    bring(TEXT, "question: Do programmes", "question: Do all programmes")
    CopyUpdate.of(own).carry_out()
    assert json.loads((own / "edition.json").read_text())["files"].keys() == edition.keys()
    with zipfile.ZipFile(io.BytesIO((own / ".edition/originals.zip").read_bytes())) as packed:
        assert packed.read(TEXT) == edition[TEXT]


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (None, "There is no edition.json in .*: go into the folder of your copy"),
        ("{", "edition.json cannot be read: put it back"),
        ('{"version": "1", "files": []}', "edition.json cannot be read"),
        ('{"version": "99.1", "files": {}}', "This copy is of version 99.1, and the program of"),
    ],
)
def test_what_is_no_copy_or_is_newer_is_told(own: Path, record: str | None, told: str):
    if record is None:
        (own / "edition.json").unlink()
    else:
        (own / "edition.json").write_text(record)
    with pytest.raises(MythsError, match=told):
        CopyUpdate.of(own)
