"""Ask R itself, where it is installed: `tests/system.sh` installs base R, and no package of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

needs_r = pytest.mark.skipif(not shutil.which("R"), reason="R is not installed")


def by_r(script: str, folder: Path, *, env: dict[str, str] | None = None) -> Any:
    """Run a script in a folder; its last line is JSON."""
    done = subprocess.run(
        ["R", "--vanilla", "--no-echo", "-e", script],
        cwd=folder,
        env=env or dict(os.environ),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])
