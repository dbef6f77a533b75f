"""The scripts, styles and pictures of the pages: read once, compressed once."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True)
class Assets:
    """Files by name, under one address that changes when any of them does."""

    files: Mapping[str, tuple[bytes, bytes]]  # name -> (plain, gzipped)
    version: str

    @classmethod
    def gather(cls, texts: Mapping[str, str]) -> Assets:
        """Take the files of `static/` and `texts` (name -> content)."""
        plain = {path.name: path.read_bytes() for path in sorted(_STATIC.iterdir())}
        plain |= {name: text.encode() for name, text in texts.items()}
        digest = hashlib.sha256()
        for name in sorted(plain):
            digest.update(name.encode() + b"\0" + plain[name])
        files = {name: (body, gzip.compress(body, 9, mtime=0)) for name, body in plain.items()}
        return cls(files=files, version=digest.hexdigest()[:16])
