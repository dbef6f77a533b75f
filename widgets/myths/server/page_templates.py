"""The templates of all pages, wherever the package is installed."""

from __future__ import annotations

from pathlib import Path

import jinja2

from myths import components, console
from myths.pages import TEMPLATES

FOLDERS = (Path(__file__).parent / "templates", TEMPLATES, components.FOLDER, console.FOLDER)


def environment() -> jinja2.Environment:
    """Make the environment of the pages that need no kernel."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDERS),
        autoescape=True,
        auto_reload=False,
        undefined=jinja2.StrictUndefined,
    )
