"""The coding that is there for a reading of the data, if there is one."""

from __future__ import annotations

from os import PathLike

from myths.errors import CodingError
from myths.evaluation.coding.project import Coding
from myths.evaluation.survey import Survey


def found(folder: str | PathLike[str] | None, survey: Survey) -> Coding | None:
    """Return the coding in `folder`; with None, that in the usual one, or None if there is none.

    Raises CodingError if a folder that was named is missing.
    """
    coding = Coding.of(survey, folder)
    if coding.folder.is_dir():
        return coding
    if folder is None:
        return None
    raise CodingError(
        f"There is no folder {coding.folder}: name the folder of the coded texts, or none to take "
        "the usual one."
    )
