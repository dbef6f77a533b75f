"""Runs a page's notebook once, and tells what it shows and which of its cells fail."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from myths.answer import AnswerRules
from myths.catalog import Problem
from myths.forkserver import (
    ForkServer,
    ForkServerError,
    FunctionError,
    OverdueError,
    Template,
    UnforkableError,
)
from myths.occasion import Occasion
from myths.pages import entry_points
from myths.pages.apart import ApartError, run_apart
from myths.pages.versions import NotebookVersion
from myths.session_request import SessionRequest
from myths.store import AskedQuestion

log = logging.getLogger(__name__)

SECONDS = 30.0  # in which all cells of a page must have run
_MORE = 5  # seconds until a cell is ended by force that does not end when it is told to
_ATTEMPTS = 3  # a cell ends its process each time; where memory is short, the system may do it once

Outputs = Sequence[Sequence[dict[str, Any]]]


@dataclass(frozen=True)
class PageQuestion:
    """A question on a page: what is asked, what may answer it, and the id of its widget."""

    asked: AskedQuestion
    rules: AnswerRules
    widget: str


@dataclass(frozen=True)
class Trial:
    """What came of running a notebook.

    `outputs` are those of each code cell, None if it could not be run to its end; `faults` say
    which cells fail; `template` is the process to fork kernels from, None if there can be none;
    `threads` is the cell that started a thread, 0 if none did; `obstacle` says why there is no
    template. `questions` are by the items of their components, and `mark` is what stands in the
    outputs where answers will be. `widgets` are the ids of all widgets, and `own_state` names the
    classes of those that know what is not in the store.
    """

    outputs: Outputs | None
    faults: tuple[Problem, ...] = ()
    template: Template | None = None
    stock: bool = False
    threads: int = 0
    obstacle: str = ""
    questions: Mapping[str, PageQuestion] = field(default_factory=dict)
    mark: str = ""
    widgets: frozenset[str] = frozenset()
    own_state: tuple[str, ...] = ()


class PageTrial:
    """Runs notebooks in forks of a fork server; without one, in processes of their own."""

    def __init__(
        self,
        forks: ForkServer | None,
        *,
        db: str | None = None,
        seconds: float = SECONDS,
        log: int | None = None,
    ) -> None:
        """Take what pages are told; without `db` they are previews, for nobody.

        `log` is a descriptor for what cells print, in place of the standard streams.
        """
        self._forks, self._db, self._seconds = forks, db, seconds
        self._streams = (1, 2) if log is None else (log, log)

    async def run(
        self,
        version: NotebookVersion,
        *,
        occasion: Occasion = Occasion(),
        stock: bool = False,
    ) -> Trial:
        """Run a version; with Voila's own front end if it has widgets that ours does not know.

        Raises ForkServerError if there is no room for a process.
        """
        if not version.notebook.files:
            gone = "the notebook is gone, or has another name"
            return Trial(None, (_problem(version, gone, "put it back under this name"),))
        env = self._environment(version, occasion)
        trial = await self._run(version, env, stock=stock)
        if trial.stock and not stock:
            if trial.template:
                trial.template.close()
            return await self._run(version, env, stock=True)
        return trial

    async def _run(
        self,
        version: NotebookVersion,
        env: dict[str, str],
        *,
        stock: bool,
        attempts: int = _ATTEMPTS,
    ) -> Trial:
        try:
            return await self._attempt(version, env, stock=stock)
        except (FunctionError, ApartError) as fault:
            if attempts == 1:
                return Trial(None, (_died(version, fault),))
            log.warning("%s runs again, for its process has ended: %s", version.path.name, fault)
        return await self._run(version, env, stock=stock, attempts=attempts - 1)

    async def _attempt(
        self, version: NotebookVersion, env: dict[str, str], *, stock: bool
    ) -> Trial:
        limit = self._seconds + _MORE
        template, obstacle = None, ""
        try:
            if self._forks is None:
                result = await asyncio.to_thread(
                    run_apart,
                    version.copy,
                    seconds=self._seconds,
                    limit=limit,
                    env=env,
                    cwd=version.home,
                    streams=self._streams,
                )
            else:
                template = await self._forks.prepare(
                    entry_points.RUN,
                    notebook=str(version.copy),
                    stock=stock,
                    seconds=self._seconds,
                    limit=limit,
                    env=env,
                    cwd=str(version.home),
                    stdout=self._streams[0],
                    stderr=self._streams[1],
                )
                result = template.result
        except UnforkableError as fault:
            result, obstacle = fault.result, str(fault)
        except (OverdueError, TimeoutError):
            return Trial(None, (_endless(version, version.cell),))
        return Trial(
            outputs=result["outputs"],
            faults=tuple(_failed(version, result["faults"])),
            template=template,
            stock=stock or bool(result["foreign"]),
            threads=result["threads"],
            obstacle=obstacle,
            questions={
                item: PageQuestion(
                    AskedQuestion(**each["asked"]), AnswerRules(**each["rules"]), each["widget"]
                )
                for item, each in result["questions"].items()
            },
            mark=result["mark"],
            widgets=frozenset(result["widgets"]),
            own_state=tuple(result["own_state"]),
        )

    def _environment(self, version: NotebookVersion, occasion: Occasion) -> dict[str, str]:
        content = str(version.content.folder)
        request = SessionRequest(db=self._db or "", content=content, occasion=occasion)
        return os.environ | request.environment()


def _failed(version: NotebookVersion, faults: Sequence[Any]) -> Iterator[Problem]:
    """Yield a problem for each cell that failed by itself, not because one before it did."""
    for number, fault in enumerate(faults):
        if fault["error"] == entry_points.OVERDUE:
            yield _endless(version, fault["cell"], fault["line"])
        elif number == 0 or not fault["error"].startswith("NameError"):
            remedy = "correct the cell, or leave it out"
            yield _problem(version, fault["error"], remedy, fault["cell"], fault["line"])


def _endless(version: NotebookVersion, cell: int | None, line: int = 1) -> Problem:
    remedy = "remove the loop, or what it waits for"
    return _problem(version, "the cell does not end", remedy, cell, line)


def _died(version: NotebookVersion, fault: ForkServerError | ApartError) -> Problem:
    if version.cell is None:
        return unreadable(version, fault)
    message = f"the cell ends the whole program ({fault})"
    return _problem(version, message, "correct the cell, or leave it out", version.cell)


def unreadable(version: NotebookVersion, fault: Exception) -> Problem:
    """Return the problem that no page can be made of a notebook."""
    message = f"this is not a valid notebook ({fault!s:.200})"
    return _problem(version, message, "save it again from JupyterLab")


def _problem(
    version: NotebookVersion, message: str, remedy: str, cell: int | None = None, line: int = 1
) -> Problem:
    return Problem(version.name, line, "", message, remedy, cell=cell)
