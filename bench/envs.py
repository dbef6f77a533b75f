"""A virtual environment for each of the others, with pinned packages, made when it is needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ENVS = HERE / ".envs"


def python(name: str) -> Path:
    """Return the Python of the environment `name`; "ours" is the one that runs this."""
    if name == "ours":
        return Path(sys.executable)
    wanted = (HERE / f"requirements-{name}.txt").read_text(encoding="utf-8")
    folder = ENVS / name
    mark, found = folder / "made-from.txt", folder / "bin" / "python"
    if not mark.exists() or mark.read_text(encoding="utf-8") != wanted:
        uv = [sys.executable, "-m", "uv", "--quiet"]
        requirements = str(HERE / f"requirements-{name}.txt")
        _run([*uv, "venv", "--clear", "--python", sys.executable, str(folder)])
        _run([*uv, "pip", "install", "--python", str(found), "-r", requirements])
        mark.write_text(wanted, encoding="utf-8")
    return found


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True)  # noqa: S603  our own words
