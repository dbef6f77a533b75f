"""The scripts and styles of the pages: read once, compressed once."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_BUNDLED = Path(__file__).parent / "dist"


@dataclass(frozen=True)
class Assets:
    """Files by name, under one address that changes when any of them does."""

    files: Mapping[str, tuple[bytes, bytes]]  # name -> (plain, gzipped)
    version: str

    @classmethod
    def gather(cls) -> Assets:
        """Take the files that were bundled, one for each request of a page."""
        plain = {path.name: path.read_bytes() for path in sorted(_BUNDLED.iterdir())}
        digest = hashlib.sha256()
        for name, body in plain.items():
            digest.update(name.encode() + b"\0" + body)
        files = {name: (body, gzip.compress(body, 9, mtime=0)) for name, body in plain.items()}
        return cls(files=files, version=digest.hexdigest()[:16])
