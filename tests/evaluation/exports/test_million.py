"""In how much memory answers are exported: in hardly more if there are four times as many."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from myths.evaluation import FORMATS
from myths.store import open_store

from tests.store.samples import fill

FLAT = ("csv", "parquet")
ROOT = Path(__file__).parents[3]
COUNTED = """
import sys
import tracemalloc
import myths
import pyarrow
from myths.evaluation.exports import contents, archive
tracemalloc.start()
myths.export(sys.argv[1], sys.argv[2], formats=sys.argv[3:])
most = tracemalloc.get_traced_memory()[1] + pyarrow.default_memory_pool().max_memory()
print(most // 2**20)
"""
EXPORT = """
import sys
from pathlib import Path
import myths
from myths.evaluation.exports import contents, archive
def memory(what):  # not ru_maxrss: that begins with the parent's
    (found,) = (s for s in Path("/proc/self/status").read_text().splitlines() if what in s)
    return int(found.split()[1])
before = memory("VmRSS")
myths.export(sys.argv[1], sys.argv[2], formats=sys.argv[3:])
print((memory("VmHWM") - before) // 1024)
"""


def filled(db: Path, people: int) -> Path:
    """Let so many people answer forty questions each."""
    store = open_store(f"sqlite:///{db}", create=True)
    store.open_workshop(code="MILLION")
    fill(store, people=people, answers=40 * people)
    return db


def peak(db: Path, out: Path, formats: Sequence[str], program: str = EXPORT) -> int:
    """Export in a process of its own; give the MiB it needs at most, its packages left out."""
    done = subprocess.run(
        [sys.executable, "-c", program, out, db, *formats],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=550,
        check=True,
    )
    return int(done.stdout)


@pytest.mark.soak
def test_four_times_as_many_answers_need_hardly_more_memory(tmp_path):
    """What is asked for is counted, which a busy machine does not change as it does the rest."""
    few, many = (
        peak(filled(tmp_path / f"{people}.sqlite", people), tmp_path / str(people), FLAT, COUNTED)
        for people in (1_500, 6_000)
    )
    assert many - few < 15  # MiB: it is 4, and without pieces 26


@pytest.mark.soak
@pytest.mark.parametrize("name", FORMATS[:-1])
def test_a_million_answers_are_exported_in_little_memory(tmp_path, name):
    db = filled(tmp_path / "million.sqlite", 25_000)
    most = 400 if name in ("spss", "stata") else 150  # MiB; pyreadstat takes a whole frame
    assert peak(db, tmp_path / "out", [name]) < most
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert manifest["rows"]["answers"] == 1_000_000
