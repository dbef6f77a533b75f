"""The trainers' page on which a draft is published: what changes, the check, one step back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from itertools import groupby

from tornado.web import HTTPError

from myths.edition import PublishedVersion
from myths.errors import MythsError
from myths.pages import PagePool
from myths.server.context import ServerContext
from myths.server.handlers.staff_list import StaffListHandler
from myths.server.publication_job import PublicationJob, PublicationOutcome
from myths.studio import DraftChange

PATH = "/staff/publish"


class StaffPublicationHandler(StaffListHandler):
    """`/staff/publish`: what would change, or how far the check is; nothing needs a script."""

    def initialize(  # type: ignore[override]  # Tornado hands each handler its own arguments
        self, context: ServerContext, *, pool: PagePool, job: PublicationJob | None
    ) -> None:
        """Keep what publishes; None where nothing can be (Tornado's hook)."""
        super().initialize(context, pool=pool)
        self.job = job

    async def get(self) -> None:
        """Show what would change, or how far the check is; without the key, the way in."""
        if self.job is None:
            raise HTTPError(404)
        if self.job.is_running:
            done, total = self.job.progress
            self.show("staff-publication-busy.html", done=done, total=total)
        else:
            await self.summary(self.job)

    async def post(self) -> None:
        """Begin what the form's button says, and show how far it is."""
        do, mark = self.get_body_argument("do", ""), self.get_body_argument("mark", "")
        if self.job is None or not mark or do not in ("publish", "back"):
            raise HTTPError(404)
        begin = self.job.publish if do == "publish" else self.job.back
        begin(mark)
        self.redirect(PATH, status=303)

    async def summary(self, job: PublicationJob) -> None:
        """Show what came of the last one, what would change now, and what there was before."""
        publication, store = job.publication, self.context.store
        try:
            found = await asyncio.to_thread(publication.summary)
            back = await asyncio.to_thread(publication.step_back)
            history = await asyncio.to_thread(lambda: [*publication.published.history()])
        except MythsError as fault:
            await self.list(status=503, error=str(fault))
            return
        outcome = job.outcome_with(found.mark)
        problems = outcome.problems if outcome else ()
        joined = await asyncio.to_thread(store.joined)
        rooms = [each for each in await asyncio.to_thread(store.workshops) if each.state == "open"]
        self.show(
            "staff-publication.html",
            outcome=outcome,
            mended=await asyncio.to_thread(self.mended, problems),
            fault=self.said(outcome),
            current=history[0] if history else None,
            files=_by_file(found.changes),
            apart=found.unpooled,
            several=len(self.context.words(self.language).series.languages) > 1,
            mark=found.mark,
            people=sum(joined.get(each.code, 0) for each in rooms),
            back=back,
            back_files=_by_file(back.changes) if back else {},
            before=history[1] if back else None,
            earlier=[(self.moment(each.at), self.told(each)) for each in history[1:]],
        )

    def said(self, outcome: PublicationOutcome | None) -> str:
        """Return why nothing was published, in words; empty where the problems tell it."""
        publish = self.context.words(self.language).ui.publish
        if outcome is None:
            return ""
        known = {
            "stale": publish.fault_stale,
            "meanwhile": publish.fault_meanwhile,
            "nothing": publish.nothing,
            "no_step": publish.fault_no_step,
            "other": publish.fault_other,
        }
        return known.get(outcome.reason, outcome.fault)

    def told(self, version: PublishedVersion) -> str:
        """Return what a publication was, in a few words."""
        publish = self.context.words(self.language).ui.publish
        if version.how == "publish":
            return publish.entry_count.of(len(version.changes))
        return publish.entry_back if version.how == "back" else publish.entry_start


def _by_file(changes: Iterable[DraftChange]) -> dict[str, list[DraftChange]]:
    return {file: [*found] for file, found in groupby(changes, key=lambda each: each.file)}
