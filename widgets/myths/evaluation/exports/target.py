"""Where an export goes: all of it or nothing, and never over what somebody else put there."""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from myths.errors import MythsError
from myths.files import put

MANIFEST = "manifest.json"
MAKER = "myths export"


class ExportError(MythsError):
    """The files cannot be written as asked; nothing is left half-written."""


@contextmanager
def place(target: Path, *, force: bool) -> Iterator[Path]:
    """Yield a folder to write into; if the block ends well, it becomes the folder or zip `target`.

    Only its owner can open it, and every file in it. An existing target is replaced if `force` is
    true and it is an export (or an empty folder). Raises ExportError.
    """
    _check(target, force=force)
    try:
        hidden = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise _unwritten(target, error) from None
    try:
        folder = hidden / target.name
        folder.mkdir(mode=0o700)
        yield folder
        for path in folder.rglob("*"):  # they may be moved out of the folder
            path.chmod(0o700 if path.is_dir() else 0o600)
        if is_zip(target):
            packed = hidden / "packed"
            _pack(folder, packed)
            put(packed, target)
        else:
            _swap(folder, target, aside=hidden / "replaced")
    except OSError as error:
        raise _unwritten(target, error) from None
    finally:
        shutil.rmtree(hidden, ignore_errors=True)


def is_zip(target: Path) -> bool:
    """Return whether the name asks for one file instead of a folder."""
    return target.suffix.lower() == ".zip"


def _check(target: Path, *, force: bool) -> None:
    if not target.parent.is_dir():
        raise ExportError(f"There is no folder {target.parent}: make it first, or choose another.")
    if not (target.exists() or target.is_symlink()):
        return
    if not _ours(target):
        raise ExportError(
            f"{target} is there already and is no export of this program: choose another name."
        )
    if not force:
        raise ExportError(
            f"{target} is there already: choose another name, or replace it with --force "
            "(force=True in Python)."
        )


def _ours(target: Path) -> bool:
    """Return whether `target` may be replaced: an export of the same sort, or an empty folder."""
    if target.is_symlink():
        return False
    try:
        if is_zip(target):
            with zipfile.ZipFile(target) as packed:
                manifest = packed.read(MANIFEST)
        elif not any(target.iterdir()):
            return True
        else:
            manifest = (target / MANIFEST).read_bytes()
        return bool(json.loads(manifest)["made_by"] == MAKER)
    except (OSError, zipfile.BadZipFile, KeyError, TypeError, ValueError):
        return False


def _swap(folder: Path, target: Path, *, aside: Path) -> None:
    if not target.exists():
        folder.rename(target)
        return
    target.rename(aside)
    try:
        folder.rename(target)
    except OSError:
        aside.rename(target)
        raise


def _pack(folder: Path, packed: Path) -> None:
    manifest = json.loads((folder / MANIFEST).read_bytes())
    time = datetime.fromisoformat(manifest["data_as_of"]).timetuple()[:6]
    with zipfile.ZipFile(packed, "x") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), time)
                entry.compress_type = zipfile.ZIP_DEFLATED
                with path.open("rb") as data, archive.open(entry, "w", force_zip64=True) as copy:
                    shutil.copyfileobj(data, copy)
    packed.chmod(0o600)


def _unwritten(target: Path, error: OSError) -> ExportError:
    return ExportError(
        f"{target} was not written ({error.strerror or error}): free some space, or choose a place "
        "where this account may write."
    )
