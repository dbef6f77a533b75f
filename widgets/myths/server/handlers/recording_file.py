"""The recordings of steps, and their captions, in pieces as a browser asks for them."""

from __future__ import annotations

from pathlib import Path

from tornado.web import HTTPError
from tornado.web import StaticFileHandler as PieceHandler

from myths.edition import MEDIA
from myths.errors import RecoveryError
from myths.server.context import ServerContext
from myths.server.handlers.assets import NOTHING
from myths.server.handlers.base import BaseHandler


class RecordingHandler(BaseHandler, PieceHandler):
    """`/recordings/<slug>/<name>`: a file of a recording, for somebody who is in a workshop.

    A browser asks for pieces of it (HTTP ranges) while it plays, and keeps none: on a shared
    computer they would tell what was watched.
    """

    def initialize(self, context: ServerContext) -> None:  # type: ignore[override]  # Tornado hands each its own
        """Keep the context; which folder it is the address says (Tornado's hook)."""
        super().initialize(context)
        PieceHandler.initialize(self, path="")

    def set_default_headers(self) -> None:
        """Send the protective headers; a recording may load nothing by itself (Tornado's hook)."""
        super().set_default_headers()
        self.set_header("Content-Security-Policy", NOTHING)

    async def head(self, slug: str, name: str) -> None:  # type: ignore[override]  # two parts of an address
        """Send how long a file is."""
        await self.get(slug, name, include_body=False)

    async def get(self, slug: str, name: str, include_body: bool = True) -> None:  # type: ignore[override]
        """Send a piece of a file, or all of it."""
        try:
            visitor = await self.visitor()
        except RecoveryError:
            visitor = None
        known = self.context.library.recordings if visitor else ()
        files = (path for each in known if each.part == slug for path in (each.path, each.captions))
        path = next((each for each in files if each.name == name), None)
        if path is None:
            raise HTTPError(404)
        self.kind, path = MEDIA[path.suffix], path.resolve()
        self.root = str(path.parent)
        await super().get(path.name, include_body)

    def get_content_type(self) -> str:
        """Return its kind, which Windows may know otherwise (Tornado's hook)."""
        return self.kind

    def compute_etag(self) -> str | None:
        """Return the age and size of the file: reading all takes too long (Tornado's hook)."""
        stat = Path(str(self.absolute_path)).stat()
        return f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
