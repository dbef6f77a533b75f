"""The four systems: each file tells how one is started, visited, and known to be usable.

A file has TITLE, PAGE (the address of the form), USABLE (a JavaScript condition, with TEXTS the
number of its text boxes), `command(python, port, folder)` which starts the server, `prepare(origin,
folder)` which returns what visitors need to know, `cookies(origin, folder)` for a browser, and
`Visitor(origin, files, known)` with `prepare`, `visit` and `leave`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

NAMES = ("ours", "panel", "streamlit", "voila")


def system(name: str) -> Any:
    """Load the file of one system."""
    return import_module(f"bench.systems.{name}")
