"""What was acknowledged is there after the writer, or the server, was killed without warning."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from myths.store import open_store, schema
from sqlalchemy import select

ROOT = Path(__file__).parents[2]


def test_every_acknowledged_answer_survives_the_killing_of_its_writer(url, store, person):
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.store.writers", url, person],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout
    acknowledged = {writer.stdout.readline().strip() for _ in range(100)}
    writer.kill()
    acknowledged |= {line.strip() for line in writer.stdout if line.endswith("\n")}
    writer.wait()
    with open_store(url).reading() as conn:
        kept = set(conn.scalars(select(schema.answers.c.key)))
        if conn.dialect.name == "sqlite":
            assert conn.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    assert len(acknowledged) >= 100
    assert acknowledged <= kept
    assert len(kept - acknowledged) <= 1
