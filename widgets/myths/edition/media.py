"""The recordings and the logo that may lie beside the texts, and which kinds browsers show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

RECORDINGS = "recordings"  # the folder of a module or page that holds them
CAPTIONS = ".vtt"
LOGOS = {"logo.svg": "image/svg+xml", "logo.png": "image/png"}  # of the organisation
MEDIA = {
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".mp3": "audio/mpeg",
    CAPTIONS: "text/vtt; charset=utf-8",
}


def media_paths(content: Path) -> Iterator[Path]:
    """Yield the recordings in a folder of content, and their captions."""
    for path in sorted(content.glob(f"*/*/{RECORDINGS}/*")):
        if path.suffix in MEDIA and not path.name.startswith(".") and path.is_file():
            yield path
