"""The data set that the evaluators' notebooks start with."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from myths.errors import StoreError
from myths.samples.writer import make


@cache
def rehearsal_data() -> Path:
    """Return the path of the rehearsal data set, to be passed to `answers` and the others as `db`.

    It is made from today's content the first time it is asked for, and goes when Python ends; to
    keep one, use `python -m myths.samples`. Its workshops are rehearsals, so read them with
    `rehearsal=True`. Raises StoreError and ContentError as `make` does.
    """
    try:
        folder = tempfile.mkdtemp(prefix="myths-")
    except OSError as fault:
        raise StoreError(
            f"The made-up data finds no place ({fault.strerror}): name a folder where you may "
            "write with TMPDIR, and start Python again."
        ) from fault
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return make(Path(folder) / "rehearsal.sqlite")
