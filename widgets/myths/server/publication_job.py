"""Publishing from the trainers' page: in the background, one at a time, and what came of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from myths.catalog import ContentProblemsError, Problem
from myths.edition import PublishedVersion
from myths.errors import MythsError, PublicationError
from myths.studio import Publication

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PublicationOutcome:
    """What came of it: what was published, or else why nothing was.

    `problems` are what has to be mended, or just looked at. `reason` is a PublicationError's.
    """

    version: PublishedVersion | None = None
    problems: Sequence[Problem] = ()
    fault: str = ""
    reason: str = ""


class PublicationJob:
    """The one publication that is under way in this server, or the last one."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self.progress = (0, 0)  # pages that are checked, and all of them
        self._outcome: PublicationOutcome | None = None
        self._mark = ""  # of what was there when the outcome was first told
        self._task: asyncio.Task[None] | None = None

    @property
    def is_running(self) -> bool:
        """Whether one is under way."""
        return self._task is not None and not self._task.done()

    def outcome_with(self, mark: str) -> PublicationOutcome | None:
        """Return what came of the last one; None once there is something else to publish.

        `mark` is that of the summary which it is told with.
        """
        self._mark = self._mark or mark
        return self._outcome if mark == self._mark else None

    def publish(self, mark: str) -> None:
        """Begin to publish the draft as it was seen, unless one is under way."""
        self._begin(lambda: self.publication.publish(mark=mark, told=self._told))

    def back(self, mark: str) -> None:
        """Begin to go one step back, unless one is under way."""
        self._begin(lambda: self.publication.back(mark=mark))

    def _begin(self, work: Callable[[], PublishedVersion]) -> None:
        if not self.is_running:
            self.progress, self._outcome, self._mark = (0, 0), None, ""
            self._task = asyncio.create_task(self._run(work))

    async def _run(self, work: Callable[[], PublishedVersion]) -> None:
        try:
            version = await asyncio.to_thread(work)
            remarks = self.publication.remarks if version.how == "publish" else []
            self._outcome = PublicationOutcome(version, remarks)
        except ContentProblemsError as fault:
            self._outcome = PublicationOutcome(problems=fault.problems)
        except PublicationError as fault:
            self._outcome = PublicationOutcome(fault=str(fault), reason=fault.reason)
        except MythsError as fault:
            self._outcome = PublicationOutcome(fault=str(fault))
        except Exception:
            log.exception("a draft could not be published")
            self._outcome = PublicationOutcome(reason="other")

    def _told(self, done: int, total: int) -> None:
        self.progress = (done, total)
