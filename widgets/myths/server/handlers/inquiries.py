"""What participants ask their trainer: the page on which they do, and the list of what is open."""

from __future__ import annotations

import asyncio
import csv
import io
import unicodedata
import uuid
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from tornado.web import HTTPError

from myths.answer import is_key
from myths.catalog import Catalog
from myths.console import place_title
from myths.errors import AnswerError, MythsError, RecoveryError, StoreError, WorkshopError
from myths.server.handlers.base import PageHandler, joining, problem
from myths.server.handlers.staff import LEADING, StaffHandler
from myths.store import LONGEST_INQUIRY, Inquiry, Visitor
from myths.vocabulary import InquiryState, Reason, page_path

PATH = "/ask"
_FORMULA = "'=+-@\uff1d\uff0b\uff0d\uff20"  # with which a spreadsheet begins one


class InquiryHandler(PageHandler):
    """`/ask`: ask the trainer, and see or take back what one asked; `page` is where one was.

    What cannot be sent is shown again in its field, whatever went wrong.
    """

    async def get(self) -> None:
        """Show the form and one's own questions; without a valid cookie, the join page."""
        if visitor := await self.known():
            await self.form(visitor, notice=self.get_query_argument("done", ""))

    async def post(self) -> None:
        """Send the question, or take one back."""
        errors = self.context.words(self.language).ui.errors
        try:
            visitor = await self.visitor()
        except RecoveryError:
            visitor = None
        self.inside = visitor is not None
        if visitor is None:
            self.unsent(errors.away, status=403)
        elif self.get_body_argument("do", "") == "back":
            key = self.get_body_argument("key", "")
            await asyncio.to_thread(self.context.store.take_back, visitor.participant, key)
            self.done("taken", visitor)
        else:
            await self.ask(visitor)

    async def ask(self, visitor: Visitor) -> None:
        """Keep the question, or say why it cannot be kept."""
        words, text = self.context.words(self.language).ui, self.text
        page, step = self.place(visitor)
        try:
            await asyncio.to_thread(
                self.context.store.ask,
                visitor.participant,
                text,
                key=self.key,
                page=page,
                step=step,
            )
        except (AnswerError, WorkshopError) as error:
            own = {
                Reason.TEXT: words.ask.empty,
                Reason.LONG: words.ask.too_long.format(typed=len(text), limit=LONGEST_INQUIRY),
                Reason.TAKEN: words.ask.not_sent,
            }
            told = own.get(error.reason) or words.errors.of(error)
            if error.reason == Reason.TAKEN:
                self.request.body_arguments.pop("key")
            await self.form(visitor, status=400, error=told, text=text)
        else:
            self.done("sent", visitor)

    async def form(
        self, visitor: Visitor, *, status: int = 200, error: str = "", text: str = "", **more: Any
    ) -> None:
        """Show the page."""
        store, words = self.context.store, self.context.words(self.language)
        own = await asyncio.to_thread(store.own_inquiries, visitor.participant)
        page, step = self.place(visitor)
        self.show(
            "ask.html",
            status=status,
            **self.typed(error=error, text=text) | more,
            page=page,
            step=step,
            at=place_title(words, page, step),
            own=[(each, place_title(words, each.page, each.step)) for each in own],
            back=page_path(page, step) if page else self.last_page(visitor),
            **self.context.support(self.language, visitor.workshop.country),
        )

    def typed(self, *, error: str = "", text: str = "") -> dict[str, Any]:
        """Gather what the form has in it."""
        return {
            "error": error,
            "text": text,
            "key": self.key,
            "limit": LONGEST_INQUIRY,
            "notice": "",
        }

    def unsent(self, error: str, *, status: int) -> None:
        """Show the form with what was typed, where nothing is known of who asks."""
        nobody: dict[str, Any] = {"page": "", "step": "", "at": "", "own": [], "lines": ()}
        back = joining(PATH)
        self.show(
            "ask.html", status=status, **self.typed(error=error, text=self.text) | nobody, back=back
        )

    def done(self, what: str, visitor: Visitor) -> None:
        """Go on to the page that says what was done, and still knows where one was."""
        page, _ = self.place(visitor)
        told = {"page": page} if page else {}
        self.redirect(f"{PATH}?{urlencode(told | {'done': what})}", status=303)

    def place(self, visitor: Visitor) -> tuple[str, str]:
        """Return the page and the step from where somebody came; the last ones if not told."""
        page = self.get_argument("page", "") or visitor.page
        if page not in self.context.words(self.language).series.walk(visitor.workshop.modules):
            return "", ""
        place = visitor.places.get(page)
        return page, self.get_body_argument("step", "") or (place["step"] if place else "")

    @property
    def text(self) -> str:
        """What was typed, with the line breaks of one character that a database has."""
        return self.get_body_argument("text", "").replace("\r\n", "\n")

    @property
    def key(self) -> str:
        """The key that the form brings, so that it can be sent twice; a new one for a new form."""
        key = self.get_body_argument("key", "")
        return key if is_key(key) else str(uuid.uuid4())

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Show what was typed where something else went wrong, too (Tornado's hook)."""
        error = kwargs["exc_info"][1] if "exc_info" in kwargs else None
        try:
            text, words = self.text, self.context.words(self.language).ui
        except (HTTPError, MythsError):
            text = ""
        if not text:
            super().write_error(status_code, **kwargs)
            return
        waits = isinstance(error, StoreError)
        told = words.ask.not_sent if waits else problem(words.errors, status_code, error)
        self.unsent(told, status=503 if waits else status_code)


class OpenInquiriesHandler(StaffHandler):
    """`/staff/<code>/questions`: what is not answered yet, as a file; no person and no time."""

    seen_by = LEADING

    async def get(self, code: str) -> None:
        """Send the file."""
        try:
            asked = await asyncio.to_thread(self.context.store.inquiries, code)
        except WorkshopError:
            raise HTTPError(404) from None
        words = self.context.words(self.language)
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        self.set_header("Content-Disposition", 'attachment; filename="questions.csv"')
        self.finish(_table([each for each in asked if is_open(each)], words).encode("utf-8-sig"))


def is_open(inquiry: Inquiry) -> bool:
    """Return whether a question still waits for an answer."""
    return inquiry.state != InquiryState.ANSWERED


def _table(asked: Sequence[Inquiry], words: Catalog) -> str:
    """Write questions as CSV (RFC 4180), those of a page together."""
    order = [*words.series.walk(), ""]
    places = {slug: place for place, slug in enumerate(order)}
    sheet = io.StringIO()
    rows = csv.writer(sheet)
    rows.writerow(["page", "step", "text"])
    for each in sorted(asked, key=lambda each: places.get(each.page, len(order))):
        rows.writerow(map(_harmless, (each.page, each.step, each.text)))
    return sheet.getvalue()


def _harmless(text: str) -> str:
    """Put an apostrophe before what a spreadsheet may take for a formula."""
    first = text[:1]
    risky = first and (first in _FORMULA or unicodedata.category(first)[0] in "CZ")
    return f"'{text}" if risky else text
