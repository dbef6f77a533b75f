"""The trainers' page on which answers from paper are typed in, one sheet at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

from tornado.web import HTTPError

from myths.catalog import Catalog, PaperEntryWords
from myths.errors import AnswerError, RecoveryError, StoreError, WorkshopError
from myths.handouts import PaperCover, PaperSheet
from myths.server.handlers.base import LONGEST
from myths.server.handlers.staff import LEADING, Scopes, StaffHandler
from myths.server.paper_form import PaperForm
from myths.store import PaperSet, Workshop
from myths.vocabulary import SeriesPage

PATH = "/staff/paper"


class PaperHandler(StaffHandler):
    """`/staff/paper`: the number of a sheet, then its fields; nothing here needs a script."""

    seen_by = LEADING
    acts: ClassVar[Mapping[str, Scopes]] = dict.fromkeys(("new", "open", "save", "erase"), LEADING)

    async def get(self) -> None:
        """Ask for the number of a sheet."""
        await self.numbers()

    async def post(self) -> None:
        """Do what the form's button says."""
        do = self.get_body_argument("do", "")
        if do == "new":
            await self.make()
        elif do in ("open", "save", "erase"):
            try:
                found = await asyncio.to_thread(self.context.store.paper_set, self.number)
            except RecoveryError as error:
                await self.numbers(status=400, error=self.paper.of(error))
                return
            await self.own(found.workshop.code)
            act = {"open": self.sheet, "save": self.save, "erase": self.erase}[do]
            await act(found)
        else:
            raise HTTPError(404)

    @property
    def paper(self) -> PaperEntryWords:
        """The words of these pages."""
        return self.context.words(self.language).ui.paper

    @property
    def number(self) -> str:
        """The number that was typed."""
        return self.get_body_argument("number", "")[:LONGEST]

    @property
    def module(self) -> str:
        """The module whose sheet is typed in; the first one if none was named."""
        modules = self.context.words(self.language).series.modules
        return _among(self.get_argument("module", ""), modules)

    async def numbers(self, *, status: int = 200, error: str = "") -> None:
        """Ask for the number of the next sheet."""
        words = self.context.words(self.language)
        rooms = [
            each
            for each in await asyncio.to_thread(self.context.store.workshops_of, self.role)
            if _open(each)
        ]
        self.show(
            "paper.html",
            status=status,
            error=error,
            number=self.get_body_argument("number", "")[:LONGEST],
            module=self.module,
            titles={slug: words.module(slug).title for slug in words.series.modules},
            workshops=rooms[::-1],
            workshop=self.get_argument("workshop", "")[:LONGEST],
            done=self.get_query_argument("done", ""),
            agree=_agree(words),
        )

    async def make(self) -> None:
        """Make a number and a code for a sheet that has none, and show both this once."""
        store = self.context.store
        try:
            room = await self.own(self.get_body_argument("workshop", "")[:LONGEST])
            words = self.context.words(room.language)
            (made,) = await asyncio.to_thread(
                store.new_paper_sets,
                room.code,
                language=words.language,
                consent=PaperCover(words, room).consent,
                count=1,
            )
            found = await asyncio.to_thread(store.paper_set, made.number)
        except (WorkshopError, RecoveryError):
            raise HTTPError(404) from None
        await self.sheet(found, recovery=made.recovery)

    async def sheet(
        self,
        found: PaperSet,
        *,
        form: PaperForm | None = None,
        module: str = "",
        status: int = 200,
        recovery: str = "",
        **faults: str,
    ) -> None:
        """Show the fields of a sheet, with what is kept of it or was typed just now."""
        module = module or self.module
        words = self.context.words(found.language)
        taught = words.series.taught(found.workshop.modules)
        later = taught[taught.index(module) + 1 :] if module in taught else []
        self.show(
            "paper-sheet.html",
            status=status,
            found=found,
            module=module,
            title=words.module(module).title,
            form=form or await self.form(found, module),
            then={slug: words.module(slug).title for slug in later[:1]},
            recovery=recovery or self.get_body_argument("recovery", "")[:LONGEST],
            agreed=self.get_body_argument("agree", ""),
            contributes=self.get_body_argument("contributes", ""),
            agree=_agree(words),
            until=self.long_date(found.workshop.pooling_date),
            faults={"agree": "", "contributes": "", "sure": "", "store": ""} | faults,
        )

    async def form(
        self, found: PaperSet, module: str, *, sent: Mapping[str, str] | None = None
    ) -> PaperForm:
        """Read the questions of a sheet and what is kept of it."""
        words, room = self.context.words(found.language), found.workshop
        content = words.module(module, audience=room.audience)
        typed = await asyncio.to_thread(self.context.store.typed_answers, found.participant)
        questions = PaperSheet(words, content, country=room.country).questions()
        return PaperForm(questions, typed, longest=words.series.text_limit, sent=sent)

    async def save(self, found: PaperSet) -> None:
        """Save a sheet and go on; where anything is wrong nothing is saved, and all is shown."""
        names = self.request.body_arguments
        sent = {name: self.get_body_argument(name, strip=False) for name in names}
        form, faults = await self.form(found, self.module, sent=sent), self.faults(found)
        if faults or form.faults:
            await self.sheet(found, form=form, status=400, **faults)
            return
        says = self.get_body_argument("contributes", "yes") == "yes"
        try:
            await asyncio.to_thread(self.keep, found, form, contributes=says)
        except RecoveryError as error:  # erased, or too late, this moment
            await self.numbers(status=400, error=self.paper.of(error))
        except (AnswerError, StoreError, WorkshopError):
            await self.sheet(found, form=form, status=503, store=self.paper.not_saved)
        else:
            await self.go_on(found)

    def keep(self, found: PaperSet, form: PaperForm, *, contributes: bool) -> None:
        """Make the person of the sheet a participant if they are none yet, and save the answers."""
        store = self.context.store
        store.enter_paper_set(found.number, contributes=contributes)
        form.save(store, found.participant)

    async def go_on(self, found: PaperSet) -> None:
        """Lead to the next sheet: of the same person, if that was asked for."""
        then = self.get_body_argument("then", "")
        if then in self.context.words(self.language).series.modules:
            now = await asyncio.to_thread(self.context.store.paper_set, found.number)
            await self.sheet(now, module=then)
        else:
            self.redirect(f"{PATH}?done=saved&module={self.module}", status=303)

    def faults(self, found: PaperSet) -> dict[str, str]:
        """Name what is missing of the two choices; they are asked with somebody's first sheet."""
        faults = {}
        if not found.entered and self.get_body_argument("agree", "") != "yes":
            faults["agree"] = self.paper.no_agreement
        if not found.entered and self.get_body_argument("contributes", "") not in ("yes", "no"):
            faults["contributes"] = self.paper.no_choice
        return faults

    async def erase(self, found: PaperSet) -> None:
        """Erase all that somebody said, as they can do themselves."""
        if self.get_body_argument("sure", "") != "yes":
            await self.sheet(found, status=400, sure=self.paper.not_sure)
            return
        await asyncio.to_thread(
            self.context.store.erase_participant, found.participant, by=self.role.name
        )
        await self.open_pages.end_gone(self.context.store)
        self.redirect(f"{PATH}?done=erased&module={self.module}", status=303)


def _agree(words: Catalog) -> str:
    """Return the words beside the first box of a sheet."""
    start = words.page(SeriesPage.START)
    return f"{start.agree} {words.ui.handout.may_be_typed}"


def _open(workshop: Workshop) -> bool:
    return datetime.now(UTC) < workshop.pooled_at


def _among(sent: str, known: Any) -> str:
    return sent if sent in known else str(next(iter(known)))
