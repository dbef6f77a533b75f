"""Tiny files that stand for recordings: no more than the head by which a kind of file is known."""

from __future__ import annotations

from pathlib import Path

HEADS = {
    ".mp4": b"\0\0\0\x18ftypmp42",
    ".webm": b"\x1a\x45\xdf\xa3\0\0\0\0\0\0\0\0",
    ".mp3": b"ID3\x04\0\0\0\0\0\0\0\0",
}
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:04.000\nNo intervention is free of risk.\n"


def record(part: Path, name: str, *, captions: str = CAPTIONS, content: bytes = b"") -> Path:
    """Lay a recording of a step beside the texts of a module or page, with captions if any."""
    path = part / "recordings" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content or HEADS[path.suffix] + bytes(range(256)))
    if captions:
        path.with_suffix(".vtt").write_text(captions, "utf-8")
    return path
