"""Voila's own front end, for pages with widgets that ours does not know: its files and its door."""

from __future__ import annotations

import functools
import gzip
import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import voila
from tornado.web import HTTPError
from voila.configuration import VoilaConfiguration
from voila.paths import collect_static_paths
from voila.utils import get_page_config, get_voila_labextensions_path

from myths.server.context import ServerContext
from myths.server.handlers.assets import StaticFileHandler
from myths.server.handlers.headers import SOURCES, policy

log = logging.getLogger(__name__)

POLICY = policy(
    SOURCES
    | {
        "font-src": "'self' data:",  # the icons of buttons are fonts, some inside the style
        "img-src": "'self' data: blob:",  # Image shows what the kernel sends as a blob,
        "media-src": "'self' blob:",  # and so do Audio and Video
    }
)
_KINDS = {".js", ".css", ".woff", ".woff2", ".ttf", ".eot", ".svg"}
_UNUSED = {"jupyterlab_pygments"}  # colours for code, which no page shows


@dataclass(frozen=True)
class VoilaFrontend:
    """The installed front end: files by name, under one address that changes with its version.

    `config` is what Voila's scripts read from the page, apart from the kernel's id.
    """

    files: Mapping[str, Path]
    address: str
    config: Mapping[str, Any]

    @classmethod
    def gather(cls, configuration: VoilaConfiguration) -> VoilaFrontend:
        """Find Voila's scripts and those of the widget packages that are installed."""
        nowhere = {"mathjax_url": None, "mathjax_config": None}  # Voila's own copy, from no CDN
        config = get_page_config("/", nowhere, log, configuration)
        config["federated_extensions"] = [
            each for each in config["federated_extensions"] if each["name"] not in _UNUSED
        ]
        names = [each["name"] for each in config["federated_extensions"]]
        folders = {"static": collect_static_paths(["voila", "nbconvert"], "lab")}
        for name in names:
            folders[f"labextensions/{name}/static"] = [
                Path(path) / name / "static"
                for path in get_voila_labextensions_path(configuration.extra_labextensions_path)
            ]
        files = {}
        for under, places in folders.items():
            for place in reversed([Path(place) for place in places]):  # the first one wins
                for path in place.rglob("*"):
                    if path.suffix in _KINDS:
                        files[f"{under}/{path.relative_to(place).as_posix()}"] = path
        marks = [voila.__version__, *((name, files[name].stat().st_size) for name in sorted(files))]
        address = f"/stock/{hashlib.sha256(json.dumps(marks).encode()).hexdigest()[:16]}"
        config["fullStaticUrl"] = f"{address}/static"
        config["fullLabextensionsUrl"] = f"{address}/labextensions"
        return cls(files=files, address=address, config=config)


class VoilaFrontendHandler(StaticFileHandler):
    """`/stock/<version>/<name>`: a file of the front end; any version gets the installed one."""

    def initialize(self, context: ServerContext, *, stock: VoilaFrontend) -> None:  # type: ignore[override]  # Tornado hands each handler its own arguments
        """Keep the files (Tornado's hook)."""
        super().initialize(context)
        self.stock = stock

    def get(self, version: str, name: str) -> None:
        """Send the file, gzipped where the browser takes it."""
        if name not in self.stock.files:
            raise HTTPError(404)
        plain, gzipped = _read(self.stock.files[name])
        lasting = self.stock.address.endswith(version)
        self.send(name, plain=plain, gzipped=gzipped, lasting=lasting)


@functools.lru_cache(maxsize=256)
def _read(path: Path) -> tuple[bytes, bytes]:
    plain = path.read_bytes()
    return plain, gzip.compress(plain, mtime=0)
