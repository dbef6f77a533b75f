"""The check before people see pages: all words are read, and each page is run once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from myths import catalog, pages
from myths.catalog import Problem, WordFile
from myths.errors import MythsError
from myths.forkserver import ForkServerError
from myths.module import CALLS


def examine(
    content: Path,
    notebooks: Path,
    *,
    seconds: float = pages.SECONDS,
    run: bool = True,
    files: Iterable[WordFile[Any]] = (),
    told: Callable[[int, int], object] = lambda _done, _of: None,
) -> list[Problem]:
    """List what is wrong with the content and the participants' notebooks, errors and warnings.

    `run` says whether pages are run, each for as many `seconds`; none is as long as an error is in
    the words. `files` are files of words outside of the content. `told` is called with how many
    pages have run, and of how many. Raises MythsError if there is no room to run them.
    """
    problems = catalog.check(content, notebooks=notebooks, calls=CALLS, files=files)
    faulty = {each.file for each in problems if each.severity == "error"}
    if any(not file.endswith(".ipynb") for file in faulty):
        return problems  # no page could be made
    try:
        return problems + pages.inspect(
            content, notebooks, seconds=seconds, run=run, faulty=faulty, told=told
        )
    except ForkServerError as fault:
        raise MythsError(f"The pages cannot be run: {fault}") from fault
