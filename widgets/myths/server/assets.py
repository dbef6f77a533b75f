"""The scripts, styles and pictures of the pages: read once, compressed once."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_JOINED = {  # a request each: modules of one scope, and the rules of components before the page's
    "page.js": ("components.js", "kernel.js", "models.js", "connection.js", "page.js"),
    "stock.js": ("kernel.js", "connection.js", "stock.js"),
    "exit.js": ("quickexit.js", "exit.js"),
    "page.css": ("components.css", "page.css"),
}
_MODULE = re.compile(r"^import .*\n|^export ", re.MULTILINE)  # what connects modules
_STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True)
class Assets:
    """Files by name, under one address that changes when any of them does."""

    files: Mapping[str, tuple[bytes, bytes]]  # name -> (plain, gzipped)
    version: str

    @classmethod
    def gather(cls, texts: Mapping[str, str]) -> Assets:
        """Take the files of `static/` and `texts` (name -> content), and join what a page needs."""
        parts = {path.name: path.read_text("utf-8") for path in _STATIC.iterdir()}
        parts |= texts
        joined = {name: _join([parts[each] for each in of]) for name, of in _JOINED.items()}
        alone = parts.keys() - {each for of in _JOINED.values() for each in of}
        plain = {name: text.encode() for name, text in joined.items()}
        plain |= {name: parts[name].encode() for name in alone}
        digest = hashlib.sha256()
        for name in sorted(plain):
            digest.update(name.encode() + b"\0" + plain[name])
        files = {name: (body, gzip.compress(body, 9, mtime=0)) for name, body in plain.items()}
        return cls(files=files, version=digest.hexdigest()[:16])


def _join(parts: Sequence[str]) -> str:
    return "\n".join(_MODULE.sub("", part) for part in parts)
