"""The runbook: its commands are run in its order, and what it points to is there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import yaml
from myths.store import open_store

from tests.store.stores import fill

ROOT = Path(__file__).parents[2]
RUNBOOK = (ROOT / "docs/operators/runbook.md").read_text()
FLEET = (ROOT / "docs/operators/fleet.md").read_text()
BLOCKS = re.findall(r"(?ms)^ *```sh\n(.*?)^ *```", RUNBOOK)


def test_every_step_that_is_a_command_of_ours_works_in_the_order_of_the_page(tmp_path: Path):
    db = f"sqlite:///{tmp_path}/workshop.sqlite"
    store = open_store(db, create=True)
    fill(store, code="DEMO24")
    steps = [line.strip() for block in BLOCKS for line in block.splitlines()]
    assert len(steps) >= 9
    told = {}
    for step in steps:
        program, *words = shlex.split(step)
        assert program == "myths", step
        done = subprocess.run(
            [sys.executable, "-m", "myths", *words],
            cwd=tmp_path,
            env={**os.environ, "MYTHS_DB": db, "MYTHS_CONTENT": str(ROOT / "content")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{step}: {done.stderr}"
        told[step] = done.stdout
    assert "Delete this backup by" in told["myths backup monday.backup"]
    assert "DEMO24" in told["myths workshop list"]
    assert store.workshops() == []


def test_what_the_runbook_does_to_services_is_done_to_those_of_the_compose_file():
    services = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())["services"]
    lines = re.findall(r"docker compose --file (\S+) ([^`\n]+)", RUNBOOK + FLEET)
    assert len(lines) >= 5
    for file, words in lines:
        assert (ROOT / file).exists()
        named = {word for word in words.split() if re.fullmatch(r"worker-\d|proxy|database", word)}
        assert named <= set(services), words
