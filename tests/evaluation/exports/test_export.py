from __future__ import annotations

import errno
import hashlib
import json
import resource
import stat
import zipfile
from functools import partial, partialmethod
from pathlib import Path

import myths
import pandas as pd
import pyreadstat
import pytest
from myths.errors import StoreError, WorkshopError
from myths.evaluation import FORMATS, ExportError
from myths.evaluation.exports import excel, flat, labels
from myths.store import frames
from myths.store.database import Database

from tests.evaluation.exports.conftest import join
from tests.evaluation.meanwhile import meanwhile
from tests.store.samples import asked, given


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def unpacked(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_two_exports_differ_in_the_date_of_the_manifest_alone(made, tmp_path):
    first, second = files(made.folder), files(myths.export(tmp_path / "again", made.db).path)
    manifests = [json.loads(each.pop("manifest.json")) for each in (first, second)]
    assert first == second
    assert manifests[0].pop("made_at") != manifests[1].pop("made_at")
    assert manifests[0] == manifests[1]


def test_a_zip_holds_the_same_files_and_the_same_bytes_each_time(made, tmp_path):
    packed = unpacked(myths.export(tmp_path / "out.zip", made.db).path)
    wanted = files(made.folder)
    assert packed.keys() == wanted.keys()
    del packed["manifest.json"], wanted["manifest.json"]
    assert packed == wanted
    assert [path.name for path in tmp_path.iterdir()] == ["out.zip"]


def test_the_manifest_has_the_hash_of_every_other_file(made):
    manifest = json.loads((made.folder / "manifest.json").read_text("utf-8"))
    found = files(made.folder)
    del found["manifest.json"]
    assert manifest["files"] == {
        name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in found.items()
    }
    everything = {"workshop": None, "audience": None, "formats": [*FORMATS], "rehearsal": False}
    assert manifest["options"] == everything | {"language": "en"}
    assert manifest["versions"].keys() >= {"python", "myths", "pandas", "pyreadstat"}
    assert manifest["rows"]["answers"] == len(myths.answers(made.db)) == made.done.rows["answers"]


@pytest.mark.parametrize(
    ("formats", "folders"),
    [(["spss"], {"spss"}), (["r"], {"csv"}), (["stata", "excel"], {"stata", "excel"})],
)
def test_only_the_chosen_formats_are_written(made, tmp_path, formats, folders):
    done = myths.export(tmp_path / "out", made.db, formats=formats)
    assert {path.name for path in done.path.iterdir() if path.is_dir()} == folders
    assert (done.path / "read.R").exists() == ("r" in formats)
    assert {"README.md", "codebook.html", "codebook.md", "datapackage.json"} <= set(
        files(done.path)
    )


@pytest.mark.parametrize("formats", [["word"], [], "csv", ["csv", "pdf"]])
def test_an_unknown_format_is_told_with_those_there_are(made, tmp_path, formats):
    with pytest.raises(ExportError, match="csv, parquet, spss, stata, excel, r"):
        myths.export(tmp_path / "out", made.db, formats=formats)
    assert not any(tmp_path.iterdir())


def test_only_the_chosen_workshops_are_written(file, store, person, tmp_path):
    store.save(person, asked(), given(1))
    store.open_workshop(code="OTHER")
    store.save(join(store, "OTHER"), asked("fact"), given(2))
    done = myths.export(tmp_path / "one", file, "other", formats=["csv"])
    text = (done.path / "csv" / "answers.csv").read_text("utf-8")
    assert '"OTHER"' in text
    assert '"REAL"' not in text
    done = myths.export(tmp_path / "two", file, iter(["OTHER", "REAL"]), formats=["csv"])
    assert done.rows["answers"] == 2


def test_only_workshops_for_the_chosen_audiences_are_written(file, store, person, tmp_path):
    store.save(person, asked(), given(1))
    store.open_workshop(code="OTHER", audience="courts")
    store.save(join(store, "OTHER"), asked("fact"), given(2))
    done = myths.export(tmp_path / "one", file, audience="courts", formats=["csv"])
    for name in ("answers", "participants", "wide"):
        text = (done.path / "csv" / f"{name}.csv").read_text("utf-8")
        assert '"OTHER"' in text
        assert '"REAL"' not in text
    manifest = json.loads((done.path / "manifest.json").read_text("utf-8"))
    assert manifest["options"]["audience"] == ["courts"]
    both = iter(["courts", "mixed"])
    done = myths.export(tmp_path / "two", file, audience=both, formats=["csv"])
    assert done.rows["answers"] == 2
    with pytest.raises(WorkshopError, match="choose from mixed, courts"):
        myths.export(tmp_path / "none", file, audience="police")
    assert not (tmp_path / "none").exists()


def test_a_store_without_answers_gives_an_honest_empty_export(file, store, tmp_path):
    done = myths.export(tmp_path / "out", file)
    assert done.rows["answers"] == 0
    assert "no answers yet (participants: 0)" in done.notes[0]
    assert done.notes[0] in (done.path / "README.md").read_text("utf-8")
    heads = (done.path / "csv" / "answers.csv").read_text("utf-8").splitlines()
    assert len(heads) == 1
    assert heads[0].startswith('"workshop","participant"')
    assert {path.suffix for path in done.path.rglob("*.*")} >= {".sav", ".dta", ".xlsx", ".R"}
    read = pd.read_parquet(done.path / "parquet" / "answers.parquet")
    assert read.empty
    assert read.dtypes.astype(str).to_dict() == myths.answers(file).dtypes.astype(str).to_dict()
    for name in ("answers", "participants", "wide"):
        for read, path in (
            (pyreadstat.read_sav, f"spss/{name}.sav"),
            (pyreadstat.read_dta, f"stata/{name}.dta"),
        ):
            frame, _ = read(done.path / path)
            assert frame.empty
            assert {"workshop", "participant"} <= set(frame.columns)


def test_people_without_answers_are_in_the_export(file, store, person, tmp_path):
    done = myths.export(tmp_path / "out", file)
    assert done.rows == done.rows | {"answers": 0, "participants": 1, "wide": 1}


def test_a_missing_store_and_an_unknown_workshop_leave_nothing_behind(file, store, tmp_path):
    before = set(tmp_path.iterdir())
    with pytest.raises(StoreError, match=r"absent\.sqlite"):
        myths.export(tmp_path / "out", tmp_path / "absent.sqlite")
    with pytest.raises(WorkshopError, match="NOSUCH"):
        myths.export(tmp_path / "out", file, "nosuch")
    assert set(tmp_path.iterdir()) == before


def test_an_export_is_replaced_only_when_asked(made, tmp_path):
    for name in ("out", "out.zip"):
        target = tmp_path / name
        myths.export(target, made.db, formats=["csv", "stata"])
        with pytest.raises(ExportError, match="--force"):
            myths.export(target, made.db, formats=["csv"])
        myths.export(target, made.db, formats=["csv"], force=True)
        names = unpacked(target) if target.is_file() else files(target)
        assert "csv/answers.csv" in names
        assert "stata/answers.dta" not in names
    assert {path.name for path in tmp_path.iterdir()} == {"out", "out.zip"}


@pytest.mark.parametrize("name", ["folder", "file", "file.zip", "link"])
def test_what_is_no_export_is_never_replaced(made, tmp_path, name):
    target = tmp_path / name
    if name == "folder":
        target.mkdir()
        (target / "thesis.txt").write_text("mine")
    elif name == "link":
        target.symlink_to(made.folder)
    else:
        target.write_text("mine")
    with pytest.raises(ExportError, match="no export of this program"):
        myths.export(target, made.db, force=True)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert name != "folder" or (target / "thesis.txt").read_text() == "mine"


def test_an_empty_folder_may_be_replaced(made, tmp_path):
    (tmp_path / "out").mkdir()
    done = myths.export(tmp_path / "out", made.db, formats=["csv"], force=True)
    assert (done.path / "csv" / "answers.csv").exists()


@pytest.mark.parametrize("fault", [KeyboardInterrupt, OSError(errno.ENOSPC, "No space left")])
@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_what_ends_half_way_leaves_only_what_was_there(made, tmp_path, fault, name):
    myths.export(tmp_path / name, made.db, formats=["csv"])
    before = [path.stat().st_mtime_ns for path in sorted(tmp_path.rglob("*"))]

    def break_off(what: str, _done: int, _total: int) -> None:
        if what == "parquet":
            assert any(path.name.startswith(".out") for path in tmp_path.iterdir())
            raise fault

    told = KeyboardInterrupt if fault is KeyboardInterrupt else ExportError
    with pytest.raises(told):
        myths.export(tmp_path / name, made.db, force=True, progress=break_off)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert [path.stat().st_mtime_ns for path in sorted(tmp_path.rglob("*"))] == before


@pytest.mark.parametrize("name", [*FORMATS[:-1]])
def test_a_disk_that_takes_no_more_is_told_in_a_sentence(made, tmp_path, name):
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill_up(*_: object) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, limits[1]))

    try:
        with pytest.raises(ExportError, match="free some space") as told:
            myths.export(tmp_path / "out", made.db, formats=[name], progress=fill_up)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert "\n" not in str(told.value)
    assert not any(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_named(made, tmp_path):
    with pytest.raises(ExportError, match=r"There is no folder .*nowhere"):
        myths.export(tmp_path / "nowhere" / "out", made.db)


def test_only_its_owner_can_open_an_export(made, tmp_path):
    packed = myths.export(tmp_path / "out.zip", made.db, formats=["csv"]).path
    assert stat.S_IMODE(made.folder.stat().st_mode) == 0o700
    for path in made.folder.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
    assert stat.S_IMODE(packed.stat().st_mode) == 0o600


@pytest.fixture
def leaver(store, person, monkeypatch) -> str:
    """The name of one of two people."""
    monkeypatch.setattr(Database, "empty_log", partialmethod(Database.empty_log, patience=0))
    store.save(person, asked(), given(1))
    other = join(store)
    store.save(other, asked(), given(2))
    return other


def test_who_withdraws_while_the_export_is_read_is_in_all_of_its_tables_or_in_none(
    file, store, leaver, tmp_path
):
    for name, people in (("before", 2), ("after", 1)):
        with meanwhile(partial(store.erase_participant, leaver), once=True):
            done = myths.export(tmp_path / name, file, formats=["csv"])
        assert done.rows["answers"] == done.rows["participants"] == done.rows["wide"] == people
        named = {path.stem for path in done.path.glob("*/*") if leaver in path.read_text("utf-8")}
        assert named == ({"answers", "participants", "wide"} if people > 1 else set())


def test_who_has_withdrawn_is_not_among_the_names_of_a_column_either(
    file, store, person, leaver, tmp_path
):
    store.erase_participant(leaver)
    done = myths.export(tmp_path / "out", file)
    for name in ("answers", "participants", "wide"):
        read = pd.read_parquet(done.path / "parquet" / f"{name}.parquet")
        assert read["participant"].cat.categories.tolist() == [person]
        for path in (f"spss/{name}.sav", f"stata/{name}.dta"):
            reader = pyreadstat.read_sav if path.endswith(".sav") else pyreadstat.read_dta
            assert reader(done.path / path)[0]["participant"].tolist() == [person]


def test_the_files_are_the_same_however_small_the_pieces_are(made, tmp_path, monkeypatch):
    monkeypatch.setattr(frames, "_AT_ONCE", 3)
    monkeypatch.setattr(frames, "_PARTS", 2)
    monkeypatch.setattr(excel, "_CELLS", 40)
    monkeypatch.setattr(labels, "_AT_ONCE", 3)
    monkeypatch.setattr(flat, "_AT_ONCE", 5)
    done = myths.export(tmp_path / "out", made.db)
    for name, data in files(made.folder).items():
        if name.endswith(".parquet"):
            found = [pd.read_parquet(folder / name) for folder in (made.folder, done.path)]
            pd.testing.assert_frame_equal(*found)
        elif name not in ("manifest.json", "datapackage.json"):  # they have the hashes
            assert (done.path / name).read_bytes() == data, name


def test_progress_reaches_the_end_and_never_goes_back(made, tmp_path):
    told: list[tuple[str, int, int]] = []
    myths.export(tmp_path / "out", made.db, progress=lambda *each: told.append(each))
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)
    assert told[-1][1] == told[-1][2] > 0
    assert {name for name, _, _ in told} == set(FORMATS)
