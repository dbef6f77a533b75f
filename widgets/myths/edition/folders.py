"""Where the content and the notebooks are: one search for every command, page and notebook."""

from __future__ import annotations

import os
import re
from pathlib import Path

from myths.errors import ContentError
from myths.vocabulary import SLUG

CONTENT_VARIABLE = "MYTHS_CONTENT"
_PACKAGE = Path(__file__).parent
_CHECKOUT = Path(__file__).parents[3]
_NOTEBOOK = re.compile(rf"\d\d_({SLUG})\.ipynb")


def own_folder() -> Path:
    """Return what holds the edition's own `content` and `notebooks`.

    In an installed package that is a folder inside it, else the checkout that it runs from.
    """
    return _PACKAGE if (_PACKAGE / "content").is_dir() else _CHECKOUT


def own_notebook(slug: str) -> Path:
    """Return the edition's own notebook of a module; ContentError if it is gone."""
    found = sorted((own_folder() / "notebooks" / "participants").glob(f"[0-9][0-9]_{slug}.ipynb"))
    if not found:
        raise ContentError(f"The program's own notebook of {slug!r} is gone: install myths again.")
    return found[0]


def is_installed(folder: Path) -> bool:
    """Return whether a folder belongs to an installed package, so that nobody should edit it."""
    return own_folder() == _PACKAGE and folder.resolve().is_relative_to(_PACKAGE.resolve())


def content_folder(named: Path | None = None) -> Path:
    """Return the folder of content: the one named, or the nearest, or the edition's own.

    Named is what is passed, else $MYTHS_CONTENT. The nearest is `content` in the working directory
    or in a folder above it. Raises ContentError if the one that is named holds no content.
    """
    variable = os.environ.get(CONTENT_VARIABLE)
    folder = named or (Path(variable) if variable else None)
    if folder is None:
        return _nearest("content", holding="series.yml")
    if not _is_there(folder / "series.yml", unknown=True):
        raise ContentError(
            f"There is no content in {folder} (no series.yml): name the folder that holds it with "
            f"--content or {CONTENT_VARIABLE}, or make a copy of your own with `myths init FOLDER`."
        )
    return folder.resolve()


def notebooks_folder(named: Path | None = None) -> Path:
    """Return the folder above `participants`: the one named, or the nearest, or the edition's own.

    The nearest is `notebooks` in the working directory or in a folder above it.
    """
    return named.resolve() if named else _nearest("notebooks", holding="participants")


def page_notebooks(folder: Path) -> dict[str, Path]:
    """Find the notebooks of pages by their slugs; of two with one slug the first counts."""
    found: dict[str, Path] = {}
    for path in sorted(folder.glob("*.ipynb")):
        if slug := notebook_slug(path):
            found.setdefault(slug, path)
    return found


def notebook_slug(path: Path) -> str:
    """Return the page that a notebook is for by its name; empty for a name that says none."""
    named = _NOTEBOOK.fullmatch(path.name)
    return named[1] if named else ""


def shown(path: Path) -> str:
    """Return a file's name for people: from the working directory, or whole if it is elsewhere."""
    path = path.resolve()
    here = _here()
    return (path.relative_to(here) if here and path.is_relative_to(here) else path).as_posix()


def _nearest(name: str, *, holding: str) -> Path:
    here = _here()
    for folder in (here, *here.parents) if here else ():
        if _is_there(folder / name / holding, unknown=False):
            return folder / name
    return own_folder() / name


def _here() -> Path | None:
    """Return the working directory, or None if somebody has deleted it."""
    try:
        return Path.cwd().resolve()
    except OSError:
        return None


def _is_there(path: Path, *, unknown: bool) -> bool:
    """Return whether there is such a file or folder; `unknown` if one may not look."""
    try:
        return path.exists()
    except OSError:
        return unknown
