"""A trainer's own files in little: three modules in English, which are checked and run fast."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from myths import catalog

ROOT = Path(__file__).parents[1]
MODULES = ("risk", "harm", "funding")
PAGES = len(MODULES) + len(catalog.load(ROOT / "content").series.pages)


def copy_small_edition(folder: Path) -> None:
    """Copy content and notebooks into a folder, but for the other modules and languages."""
    for name in ("content", "notebooks"):
        shutil.copytree(ROOT / name, folder / name)
    gone = [path for path in (folder / "content/modules").iterdir() if path.name not in MODULES]
    path = folder / "content" / "series.yml"
    series = re.sub(r"(?m)^languages: .*", "languages: [en]", path.read_text("utf-8"))
    for each in gone:
        shutil.rmtree(each)
        for book in (folder / "notebooks/participants").glob(f"*_{each.name}.ipynb"):
            book.unlink()
        series = re.sub(rf"(?m)^ *- {{page: {each.name}, .*\n", "", series)
        series = re.sub(rf"{each.name}, |, {each.name}(?=\])", "", series)
    path.write_text(series, "utf-8")
