"""Write the tables in each format, then what explains them, then the manifest."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pyreadstat import ReadstatError

from myths.evaluation.exports.contents import ExportTables
from myths.evaluation.exports.documentation import read_me, scripts, write_codebook
from myths.evaluation.exports.excel import write_excel
from myths.evaluation.exports.flat import write_csv, write_parquet
from myths.evaluation.exports.spss import write_spss
from myths.evaluation.exports.stata import write_stata
from myths.evaluation.exports.target import MAKER, MANIFEST, ExportError

Progress = Callable[[str, int, int], None]

_WRITERS = {
    "csv": write_csv,
    "parquet": write_parquet,
    "spss": write_spss,
    "stata": write_stata,
}
_PACKAGES = ("myths", "pandas", "pyarrow", "pyreadstat", "xlsxwriter")


def write(
    folder: Path, tables: ExportTables, options: dict[str, Any], progress: Progress | None
) -> list[str]:
    """Write everything into an empty folder; give what there is to know about the files."""
    formats: list[str] = options["formats"]
    notes = _notes(tables) + _write(folder, tables, formats, progress)
    (folder / "README.md").write_text(read_me(tables, formats, notes), "utf-8", newline="\n")
    write_codebook(folder, tables, sizes_and_hashes(folder, "*/*", "*.R"))
    _write_manifest(folder, tables, options, notes)
    return notes


def _notes(tables: ExportTables) -> list[str]:
    people = tables.participants.frame
    words = tables.words.export.notes
    notes = [*tables.notes]
    if people["rehearsal"].any():
        notes.append(words.rehearsals)
    if not tables.answers.rows:
        notes.append(words.no_answers.format(people=len(people)))
    return notes


def _write(
    folder: Path, tables: ExportTables, formats: list[str], progress: Progress | None
) -> list[str]:
    """Write the tables in each format; give what there is to know about the files."""
    rows = sum(table.rows for table in tables)
    done, total = 0, rows * len(formats)
    notes: list[str] = []

    def tell(name: str, more: int) -> None:
        nonlocal done
        done = min(done + more, total)
        if progress:
            progress(name, done, total)

    for number, name in enumerate(formats):
        done = rows * number
        tell(name, 0)
        if name == "r":
            for script, text in scripts(tables).items():
                (folder / script).write_text(text, "utf-8", newline="\n")
            continue
        (folder / name).mkdir()
        try:
            if name == "excel":
                words = partial(_words, tables, formats, notes)
                notes += write_excel(folder / name, tables, partial(tell, name), words)
            else:
                notes += _WRITERS[name](folder / name, tables, partial(tell, name))
        except ReadstatError as error:
            raise ExportError(
                f"The {name} files were not written ({error}): free some space, or leave out this "
                "format."
            ) from error
    tell(formats[-1], total)
    return notes


def _words(
    tables: ExportTables, formats: list[str], notes: list[str], more: Collection[str]
) -> str:
    return read_me(tables, formats, [*_notes(tables), *notes, *more])


def sizes_and_hashes(folder: Path, *patterns: str) -> dict[str, dict[str, Any]]:
    """Return size and hash of the files, by their path in the export."""
    found = {}
    for path in sorted(path for pattern in patterns for path in folder.glob(pattern)):
        if path.is_file():
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            name = path.relative_to(folder).as_posix()
            found[name] = {"bytes": path.stat().st_size, "sha256": digest}
    return found


def _write_manifest(
    folder: Path, tables: ExportTables, options: dict[str, Any], notes: list[str]
) -> None:
    manifest = {
        "made_by": MAKER,
        "made_at": datetime.now(UTC).isoformat(timespec="microseconds"),
        "data_as_of": tables.as_of.isoformat(),
        "versions": {"python": platform.python_version()} | {p: version(p) for p in _PACKAGES},
        "options": options,
        "rows": {table.name: table.rows for table in tables},
        "notes": notes,
        "files": sizes_and_hashes(folder, "**/*"),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2)
    (folder / MANIFEST).write_text(f"{text}\n", "utf-8", newline="\n")
