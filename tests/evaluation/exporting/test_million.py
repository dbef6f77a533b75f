"""A million answers: in how much memory they are exported."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from myths.store import open_store

from tests.store.samples import fill

ROOT = Path(__file__).parents[3]
EXPORT = """
import sys
from pathlib import Path
import myths
myths.export(sys.argv[1], sys.argv[2], formats=["csv", "parquet", "spss", "stata"])
(peak,) = (s for s in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in s)
print(int(peak.split()[1]) // 1024)  # not ru_maxrss: that begins with the parent's
"""


@pytest.mark.soak
def test_a_million_answers_are_exported_in_less_than_a_gigabyte(tmp_path):
    db = tmp_path / "million.sqlite"
    store = open_store(f"sqlite:///{db}", create=True)
    store.open_workshop(code="MILLION")
    fill(store, people=25_000, answers=1_000_000)
    done = subprocess.run(
        [sys.executable, "-c", EXPORT, tmp_path / "out", db],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=250,
        check=True,
    )
    assert int(done.stdout) < 1000  # MiB; 690 when this was written
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert manifest["rows"]["answers"] == 1_000_000
