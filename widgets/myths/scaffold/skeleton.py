"""What beginning a module and beginning a country share: templates, and writing all or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import jinja2

from myths import files
from myths.edition import is_installed
from myths.errors import ContentError

SKELETONS = Path(__file__).with_name("skeletons")

_templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(SKELETONS),
    autoescape=jinja2.select_autoescape(enabled_extensions=("html.j2",)),
    trim_blocks=True,
    keep_trailing_newline=True,
    undefined=jinja2.StrictUndefined,
)


def render(name: str, **values: object) -> str:
    """Return a skeleton with these values in it."""
    return _templates.get_template(name).render(**values)


def own(folder: Path) -> Path:
    """Return the folder. Raises ContentError if it is of the installed program."""
    if is_installed(folder):
        raise ContentError(
            f"{folder} belongs to the program: make a copy of your own with `myths init FOLDER`, "
            "and call this there."
        )
    return folder


def write(contents: Mapping[Path, bytes]) -> None:
    """Write files, all or none; a folder that was made for them goes too. Raises ContentError."""
    made = {path.parent for path in contents if not path.parent.exists()}
    try:
        files.write(contents, unwritten=_unwritten)
    except ContentError:
        for folder in made:
            with suppress(OSError):
                folder.rmdir()
        raise


def _unwritten(path: Path, fault: OSError) -> ContentError:
    return ContentError(
        f"{path} cannot be written ({fault.strerror}), and nothing was changed: see that there is "
        "room, and that the folder is yours."
    )
