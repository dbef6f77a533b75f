"""What a copy remembers of its edition, so that an update can tell whose change is whose.

`edition.json` has the version and the SHA-256 of each file, and a hidden archive the files
themselves: what somebody has changed can be told from the sums, and merged with the files.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path, PurePath

from myths.edition.media import MEDIA
from myths.errors import MythsError

RECORD = "edition.json"
ORIGINALS = ".edition/originals.zip"
_DAY = (1980, 1, 1, 0, 0, 0)  # of each file in an archive, so that equal files make equal archives


@dataclass(frozen=True)
class CopyRecord:
    """The edition that a copy is from: its version, the SHA-256 of each file, and the files.

    `originals` holds nothing in a copy that was made before these were kept.
    """

    version: str
    sums: Mapping[str, str]
    originals: Mapping[str, bytes]


def digest(raw: bytes) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(raw).hexdigest()


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return the files as a zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, raw in sorted(files.items()):
            packed.writestr(zipfile.ZipInfo(name, _DAY), raw, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def record_files(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return what a copy of these files keeps beside them, by name.

    Recordings are never merged, so of them only the sums are kept.
    """
    sums = {name: digest(raw) for name, raw in sorted(files.items())}
    words = {name: raw for name, raw in files.items() if PurePath(name).suffix not in MEDIA}
    told = json.dumps({"version": version("myths"), "files": sums}, indent=1) + "\n"
    return {ORIGINALS: archive(words), RECORD: told.encode()}


def read_record(folder: Path) -> CopyRecord:
    """Read what a copy is from. Raises MythsError if the folder is no copy, or its record broken.

    Originals that are gone or damaged are as if they had never been kept.
    """
    try:
        told = json.loads((folder / RECORD).read_text("utf-8"))
        sums = {str(name): str(each) for name, each in told["files"].items()}
        known = CopyRecord(str(told["version"]), sums, {})
    except FileNotFoundError as fault:
        raise MythsError(
            f"There is no {RECORD} in {folder}: go into the folder of your copy, which "
            "`myths init` has made, or name it."
        ) from fault
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as fault:
        raise MythsError(
            f"{folder / RECORD} cannot be read: put it back from a copy of the folder."
        ) from fault
    try:
        with zipfile.ZipFile(folder / ORIGINALS) as packed:
            files = {name: packed.read(name) for name in packed.namelist() if name in sums}
    except (OSError, ValueError, zipfile.BadZipFile, zlib.error):
        return known
    sound = {name: raw for name, raw in files.items() if digest(raw) == sums[name]}
    return CopyRecord(known.version, sums, sound)
