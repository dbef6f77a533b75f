"""The scripts, styles and pictures of the pages: read once, compressed once, cached for ever."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tornado.web import HTTPError, RequestHandler

_STATIC = Path(__file__).parent / "static"
_ONE_YEAR = 365 * 24 * 3600


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


class AssetHandler(RequestHandler):
    """`/assets/<version>/<name>`; an older version gets today's file, uncached."""

    def initialize(self, assets: Assets) -> None:
        """Keep the files (Tornado's hook)."""
        self.assets = assets

    def get(self, version: str, name: str) -> None:
        """Send the file, gzipped where the browser takes it."""
        if name not in self.assets.files:
            raise HTTPError(404)
        plain, gzipped = self.assets.files[name]
        current = version == self.assets.version
        self.set_header("Content-Type", mimetypes.guess_type(name)[0] or "text/plain")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Vary", "Accept-Encoding")
        self.set_header(
            "Cache-Control", f"public, max-age={_ONE_YEAR}, immutable" if current else "no-store"
        )
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.write(gzipped)
        else:
            self.write(plain)
