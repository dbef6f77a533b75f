"""What the wheel holds: the program, the edition and the licences, and nothing else."""

from __future__ import annotations

import tarfile
import zipfile
from pathlib import Path

from tests.packaging.conftest import ROOT, Built, files_of_git


def held(wheel: Path) -> dict[str, bytes]:
    """The files of a wheel; its folder of metadata is called `info`."""
    with zipfile.ZipFile(wheel) as archive:
        info = f"{'-'.join(wheel.name.split('-')[:2])}.dist-info"
        names = [name for name in archive.namelist() if not name.endswith("/RECORD")]
        return {name.replace(info, "info"): archive.read(name) for name in names}


def placed(name: str) -> str:
    """Where a file of the checkout is in the wheel; nothing if it stays at home."""
    room, _, rest = name.partition("/")
    if room == "widgets":
        return rest
    return f"myths/edition/{name}" if room in ("content", "notebooks", "START_HERE.md") else ""


def test_the_wheel_holds_the_package_the_edition_and_the_licences(built: Built):
    inside = held(built.wheel)
    expected = {placed(name): (ROOT / name).read_bytes() for name in files_of_git() if placed(name)}
    licences = {f"info/licenses/{name}" for name in ("LICENSE", "content/LICENSE")}
    assert set(inside) == set(expected) | licences | {
        "info/METADATA",
        "info/WHEEL",
        "info/entry_points.txt",
    }
    assert {name: inside[name] for name in expected} == expected
    assert {"myths/py.typed", "myths/edition/content/series.yml"} < set(inside)
    assert not [name for name in inside if "test" in name.lower() or "/." in name]


def test_the_metadata_name_both_licences(built: Built):
    metadata = held(built.wheel)["info/METADATA"].decode()
    assert "License-Expression: BSD-3-Clause AND CC-BY-4.0\n" in metadata


def test_the_source_makes_the_same_wheel_and_carries_nobodys_answers(built: Built):
    assert held(built.again) == held(built.wheel)
    with tarfile.open(built.sdist) as archive:
        names = [name.partition("/")[2] for name in archive.getnames()]
    assert set(names) - {"PKG-INFO"} == set(files_of_git())
