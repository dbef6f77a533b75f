"""Your answers: participants see, download and erase what they said, until it is pooled."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import urlencode

from myths.server import answer_list
from myths.server.handlers.base import PageHandler, followup_path
from myths.store import AnswerVersion, Visitor
from myths.vocabulary import SLUG


class OwnAnswersHandler(PageHandler):
    """`/withdraw`: lists all that the visitor said, to download, erase, or keep to themselves."""

    async def get(self) -> None:
        """Show the answers; without a valid cookie, the join page."""
        if visitor := await self.known():
            await self.page(visitor)

    async def post(self) -> None:
        """Do what the form's button says."""
        visitor = await self.known()
        if visitor is None:
            return
        do = self.get_body_argument("do", "all")
        if do in ("json", "text"):
            await self.download(visitor, do)
        elif do == "elsewhere":
            await self.end_elsewhere(visitor)
            self.redirect("/withdraw?ended=1", status=303)
        elif not _is_open(visitor):
            await self.page(visitor, status=400)
        elif do == "contribute":
            await self.contribute(visitor)
        elif do == "one":
            await self.erase_one(visitor)
        elif self.get_body_argument("sure", "") == "yes":
            await self.erase_all(visitor)
        else:
            error = self.context.words(self.language).ui.withdraw.not_sure
            await self.page(visitor, status=400, error=error)

    async def page(self, visitor: Visitor, *, status: int = 200, error: str = "") -> None:
        """Show every answer as it stands, and what can be done with it."""
        words = self.context.words(self.language)
        versions = await self.versions(visitor)
        store, series = self.context.store, words.series.pages
        asked = await asyncio.to_thread(store.own_inquiries, visitor.participant)
        self.show(
            "withdraw.html",
            status=status,
            parts=self.parts((each for each in versions if each.current), visitor),
            questions=asked,
            earlier=any(not each.current for each in versions),
            open=_is_open(visitor),
            until=self.long_date(visitor.workshop.pooling_date),
            erased=_place(self.get_query_argument("erased", "")),
            ended=self.get_query_argument("ended", ""),
            chosen=self.get_query_argument("chosen", ""),
            contributes=visitor.contributes,
            unkept=bool(await asyncio.to_thread(store.unkept_code, self.token)),
            others=await asyncio.to_thread(store.other_visits, visitor),
            followup=followup_path(series, visitor.workshop),
            back=self.last_page(visitor),
            error=error,
        )

    async def download(self, visitor: Visitor, form: str) -> None:
        """Send everything, earlier versions too, as a file whose name tells nothing."""
        words = self.context.words(self.language)
        found = self.parts(await self.versions(visitor), visitor)
        questions = await asyncio.to_thread(self.context.store.own_inquiries, visitor.participant)
        name, kind = {
            "json": ("answers.json", "application/json"),
            "text": ("answers.txt", "text/plain"),
        }[form]
        self.set_header("Content-Type", f"{kind}; charset=utf-8")
        self.set_header("Content-Disposition", f'attachment; filename="{name}"')
        self.finish(
            answer_list.as_json(found, questions)
            if form == "json"
            else answer_list.as_text(found, questions, words)
        )

    async def contribute(self, visitor: Visitor) -> None:
        """Keep whether the evaluation may use the answers, and show it."""
        contributes = self.get_body_argument("contributes", "") == "yes"
        await asyncio.to_thread(self.context.store.contribute, visitor, contributes=contributes)
        self.redirect("/withdraw?chosen=1", status=303)

    async def erase_one(self, visitor: Visitor) -> None:
        """Erase one answer, and show the others."""
        place = {name: self.get_body_argument(name, "") for name in ("module", "item", "phase")}
        shown = self.parts(await self.versions(visitor), visitor)
        rows = next((part.rows for part in shown if part.slug == place["module"]), [])
        row = next((i for i, row in enumerate(rows) if row.item == place["item"]), 0)
        gone = await asyncio.to_thread(
            self.context.store.erase_answer, visitor.participant, **place
        )
        self.end_pages(visitor)
        where = f"/withdraw?erased={place['module']}.{row}" if gone else "/withdraw"
        self.redirect(where, status=303)

    async def erase_all(self, visitor: Visitor) -> None:
        """Erase everything, here too."""
        await asyncio.to_thread(self.context.store.erase_participant, visitor.participant)
        self.end_pages(visitor, over=True)
        self.forget()
        self.set_header("Clear-Site-Data", '"storage"')
        asked = {"erased": 1, "language": self.language}
        self.redirect(f"/left?{urlencode(asked)}", status=303)

    def end_pages(self, visitor: Visitor, *, over: bool = False) -> None:
        """End the kernels of all pages of the visitor, on every device: they know what is erased.

        A page that is still open starts again, and shows what there is now; if the visits are
        `over` it empties itself.
        """
        self.open_pages.end(
            lambda owner: owner.participant == visitor.participant, at_once=True, over=over
        )

    def parts(
        self, versions: Iterable[AnswerVersion], visitor: Visitor
    ) -> list[answer_list.AnsweredPart]:
        """Put answers in the order of the workshop's modules."""
        words = self.context.words(self.language)
        return answer_list.parts(versions, words, visitor.workshop.modules)

    async def versions(self, visitor: Visitor) -> list[AnswerVersion]:
        """Read all that the visitor said."""
        store = self.context.store
        return await asyncio.to_thread(store.answer_versions, visitor.participant, key=visitor.key)


def _place(told: str) -> tuple[str, int] | None:
    """Read the module and the row before which an answer was erased."""
    found = re.fullmatch(rf"({SLUG})\.(\d{{1,4}})", told)
    return (found[1], int(found[2])) if found else None


def _is_open(visitor: Visitor) -> bool:
    return datetime.now(UTC) < visitor.workshop.pooled_at
