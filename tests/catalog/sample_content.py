"""A small folder of content without a fault: one module about bees, and the English words of ui."""

from __future__ import annotations

import shutil
from pathlib import Path

HERE = Path(__file__).parent / "sample"
UI = Path(__file__).parents[2] / "content" / "ui"


def copy(folder: Path) -> Path:
    """Make `folder` with the sample's files in it."""
    shutil.copytree(HERE, folder)
    (folder / "ui").mkdir()
    shutil.copy(UI / "en.yml", folder / "ui")
    return folder
