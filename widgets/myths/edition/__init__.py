"""The edition: the content and the notebooks that come with the program, and a trainer's copy."""

from myths.edition.copy import copy_edition, edition_files, edition_paths
from myths.edition.folders import (
    CONTENT_VARIABLE,
    content_folder,
    is_installed,
    notebooks_folder,
    own_notebook,
    shown,
)
from myths.edition.record import (
    ORIGINALS,
    RECORD,
    CopyRecord,
    archive,
    digest,
    read_record,
    record_files,
)

__all__ = [
    "CONTENT_VARIABLE",
    "ORIGINALS",
    "RECORD",
    "CopyRecord",
    "archive",
    "content_folder",
    "copy_edition",
    "digest",
    "edition_files",
    "edition_paths",
    "is_installed",
    "notebooks_folder",
    "own_notebook",
    "read_record",
    "record_files",
    "shown",
]
