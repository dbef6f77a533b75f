"""The data set that the evaluators' notebooks start with."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Literal

from myths.errors import StoreError
from myths.samples.writer import make


@cache
def rehearsal_data(*, workshops: Literal[3, 12] = 3) -> Path:
    """Return the path of made-up answers, to be passed to `answers` and the others as `db`.

    Sixty people who do not exist, in three workshops that never took place. It is made from today's
    content the first time it is asked for, and goes when Python ends; to keep one, use
    ``python -m myths.samples``. Its workshops are rehearsals: read them with ``rehearsal=True``.

    Parameters
    ----------
    workshops : {3, 12}
        Twelve have three hundred people, enough for tests; they take a few seconds to make.

    Returns
    -------
    pathlib.Path
        An SQLite file.

    Raises
    ------
    StoreError
        If there is no place for the file.
    ContentError
        If the content has a fault.

    Examples
    --------
    >>> import myths
    >>> people = myths.participants(myths.rehearsal_data(), rehearsal=True)
    >>> people.groupby("workshop", observed=True).size().to_dict()
    {'TRIAL1': 24, 'TRIAL2': 20, 'TRIAL3': 16}
    """
    try:
        folder = tempfile.mkdtemp(prefix="myths-")
    except OSError as fault:
        raise StoreError(
            f"The made-up data finds no place ({fault.strerror}): name a folder where you may "
            "write with TMPDIR, and start Python again."
        ) from fault
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return make(Path(folder) / "rehearsal.sqlite", workshops=workshops)
