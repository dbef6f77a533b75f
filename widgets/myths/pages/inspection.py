"""Looks at all pages before people see them: runs each notebook as a visit would, once."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Collection, Iterator
from pathlib import Path

from myths.catalog import Library, Problem
from myths.edition import shown
from myths.forkserver import ForkProvisioner, ForkServer
from myths.pages.entry_points import PRELOADED
from myths.pages.remarks import remarks
from myths.pages.trial import PageTrial, Trial
from myths.pages.versions import NotebookVersions, misnamed

_AT_ONCE = 2  # notebooks that run side by side


def inspect(
    content: Path, notebooks: Path, *, seconds: float, run: bool, faulty: Collection[str] = ()
) -> list[Problem]:
    """List what is wrong with pages, errors and warnings; `seconds` is the time for each.

    `run` says whether notebooks are run, except those of drafts, and of the `faulty` files, whose
    faults are known. Raises ForkServerError if there is no room for it.
    """
    library = Library(content)
    versions, series = NotebookVersions(notebooks, library), library.load().series
    slugs = [slug for slug in versions.slugs if slug not in series.drafts]
    tried = asyncio.run(_tried(versions, slugs, seconds=seconds, skipped=faulty)) if run else {}
    known = (*series.walk(), *series.drafts)
    return [*misnamed(notebooks, known), *_problems(versions, tried)]


def _problems(versions: NotebookVersions, tried: dict[str, Trial]) -> Iterator[Problem]:
    for slug in versions.slugs:
        version, trial = versions.newest(slug), tried.get(slug)
        if version:
            yield from trial.faults if trial else ()
            yield from remarks(version.path, trial)


async def _tried(
    versions: NotebookVersions,
    slugs: Collection[str],
    *,
    seconds: float,
    skipped: Collection[str],
) -> dict[str, Trial]:
    forks = ForkServer(PRELOADED) if ForkProvisioner.available else None
    nowhere = os.open(os.devnull, os.O_WRONLY)  # what fails is told; the rest is for a server's log
    trial = PageTrial(forks, seconds=seconds, log=nowhere)
    turn = asyncio.Semaphore(_AT_ONCE)

    async def of(slug: str) -> tuple[str, Trial] | None:
        version = versions.newest(slug)
        if version is None or shown(version.path) in skipped:
            return None
        async with turn:
            found = await trial.run(version)
        if found.template:
            found.template.close()
        return slug, found

    try:
        found = await asyncio.gather(*(of(slug) for slug in slugs))
    finally:
        os.close(nowhere)
        if forks:
            forks.close()
    return dict(each for each in found if each)
