"""The edition: the content and the notebooks that come with the program, and a trainer's copy."""

from myths.edition.copy import copy_edition
from myths.edition.folders import (
    CONTENT_VARIABLE,
    content_folder,
    is_installed,
    notebooks_folder,
    own_notebook,
    shown,
)

__all__ = [
    "CONTENT_VARIABLE",
    "content_folder",
    "copy_edition",
    "is_installed",
    "notebooks_folder",
    "own_notebook",
    "shown",
]
