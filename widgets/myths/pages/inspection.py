"""Looks at all pages before people see them: runs each notebook as a visit would, once."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

from myths.catalog import Library, Problem
from myths.forkserver import ForkProvisioner, ForkServer
from myths.pages.entry_points import PRELOADED
from myths.pages.remarks import remarks
from myths.pages.trial import PageTrial, Trial
from myths.pages.versions import NotebookVersion, NotebookVersions, misnamed

_AT_ONCE = 2  # notebooks that run side by side

Told = Callable[[int, int], object]  # how many pages have run, and of how many


def inspect(
    content: Path,
    notebooks: Path,
    *,
    seconds: float,
    run: bool,
    faulty: Collection[str] = (),
    told: Told = lambda _done, _of: None,
) -> list[Problem]:
    """List what is wrong with pages, errors and warnings; `seconds` is the time for each.

    `run` says whether notebooks are run, except those of drafts, and of the `faulty` files, whose
    faults are known; `told` is called as one after the other has run. Raises ForkServerError if
    there is no room for it.
    """
    library = Library(content)
    versions, series = NotebookVersions(notebooks, library), library.load().series
    tried: dict[str, Trial] = {}
    if run:
        found = {
            slug: versions.newest(slug) for slug in versions.slugs if slug not in series.drafts
        }
        due = {slug: each for slug, each in found.items() if each and each.name not in faulty}
        tried = asyncio.run(_tried(due, seconds=seconds, told=told))
    known = (*series.walk(), *series.drafts)
    return [*misnamed(notebooks, known), *_problems(versions, tried)]


def _problems(versions: NotebookVersions, tried: dict[str, Trial]) -> Iterator[Problem]:
    for slug in versions.slugs:
        version, trial = versions.newest(slug), tried.get(slug)
        if version:
            yield from trial.faults if trial else ()
            yield from remarks(version.path, trial)


async def _tried(
    due: Mapping[str, NotebookVersion], *, seconds: float, told: Told
) -> dict[str, Trial]:
    forks = ForkServer(PRELOADED) if ForkProvisioner.available else None
    nowhere = os.open(os.devnull, os.O_WRONLY)  # what fails is told; the rest is for a server's log
    trial = PageTrial(forks, seconds=seconds, log=nowhere)
    turn, done = asyncio.Semaphore(_AT_ONCE), 0
    told(done, len(due))

    async def of(version: NotebookVersion) -> Trial:
        nonlocal done
        async with turn:
            found = await trial.run(version)
        if found.template:
            found.template.close()
        done += 1
        told(done, len(due))
        return found

    try:
        found = await asyncio.gather(*map(of, due.values()))
    finally:
        os.close(nowhere)
        if forks:
            forks.close()
    return dict(zip(due, found, strict=True))
