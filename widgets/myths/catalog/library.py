"""Catalogs for a server, which asks for the same words all day while a trainer may change them."""

from __future__ import annotations

from pathlib import Path

from myths.catalog.loader import Catalog, load


class Library:
    """The content of `folder` in every language; read anew when a file has changed, only then."""

    def __init__(self, folder: Path | None = None) -> None:
        """Open the folder that `load` would take. Raises ContentError."""
        self.folder = load(folder).folder
        self._version = 0
        self._catalogs: dict[str, Catalog] = {}

    @property
    def version(self) -> int:
        """A number that changes when any file of the content does."""
        files = sorted(self.folder.rglob("*.*"))
        return hash(tuple((str(file), file.stat().st_mtime_ns) for file in files))

    def load(self, *, language: str = "en") -> Catalog:
        """Return the content in one language, as it is now. Raises ContentError."""
        version = self.version
        if version != self._version:
            self._version, self._catalogs = version, {}
        if language not in self._catalogs:
            self._catalogs[language] = load(self.folder, language=language)
        return self._catalogs[language]
