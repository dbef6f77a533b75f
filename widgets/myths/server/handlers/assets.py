"""Files that are the same for everybody: scripts, styles and pictures."""

from __future__ import annotations

import mimetypes

from tornado.web import HTTPError

from myths.server.handlers.base import BaseHandler
from myths.server.handlers.headers import policy

_ONE_YEAR = 365 * 24 * 3600  # seconds
NOTHING = policy(
    dict.fromkeys(("default-src", "form-action", "base-uri", "frame-ancestors"), "'none'")
)
_OF_DOCUMENTS = ("X-Frame-Options", "Cross-Origin-Opener-Policy")  # and nothing else heeds them
_TYPES = mimetypes.MimeTypes()  # Python's own list: that of a Windows machine may be wrong


class StaticFileHandler(BaseHandler):
    """A file that is the same for everybody."""

    def send(self, name: str, *, plain: bytes, gzipped: bytes, lasting: bool) -> None:
        """Send it, gzipped where the browser takes it; a `lasting` one is kept there for good."""
        self.set_header("Content-Type", _TYPES.guess_type(name)[0] or "application/octet-stream")
        if lasting:
            self.set_header("Cache-Control", f"public, max-age={_ONE_YEAR}, immutable")
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.write(gzipped)
        else:
            self.write(plain)


class AssetHandler(StaticFileHandler):
    """`/assets/<version>/<name>`; an older version gets today's file, uncached."""

    def set_default_headers(self) -> None:
        """Send the protective headers; a script or a style may load nothing by itself."""
        super().set_default_headers()
        self.set_header("Content-Security-Policy", NOTHING)
        for name in _OF_DOCUMENTS:
            self.clear_header(name)

    def compute_etag(self) -> None:
        """Have none: the version in its address says which file it is (Tornado's hook)."""

    def get(self, version: str, name: str) -> None:
        """Send the file, gzipped where the browser takes it."""
        if name not in self.context.assets.files:
            raise HTTPError(404)
        plain, gzipped = self.context.assets.files[name]
        lasting = version == self.context.assets.version
        self.send(name, plain=plain, gzipped=gzipped, lasting=lasting)
