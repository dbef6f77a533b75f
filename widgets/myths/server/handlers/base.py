"""What every handler shares: protective headers, who is asking, faults told in plain words."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from tornado.web import HTTPError, RequestHandler

from myths import languages
from myths.catalog import ProblemWords
from myths.errors import (
    ContentError,
    MythsError,
    NotebookMissingError,
    RecoveryError,
    StoreError,
)
from myths.server.capacity import CapacityError
from myths.server.context import ServerContext, exit_mark
from myths.server.handlers.headers import HEADERS
from myths.server.open_pages import OpenPages
from myths.server.rate_limit import CrowdedError, RateLimiter
from myths.store import Visitor, Workshop, visit_of
from myths.vocabulary import SLUG, Reason, SeriesPage, page_path

log = logging.getLogger(__name__)

TEST = "/test"  # the page on which a phone finds out what works
DATE = "/date"  # the page that tells when the follow-up is
LONGEST = 300  # of what is read where a code is asked for: a whole link, or a sentence

_OWN = re.compile(
    rf"/m/{SLUG}|/withdraw|/ask|/leave|/code|/date"
    r"|/staff/[0-9A-Za-z]{0,12}(?:/lead|/projector|/questions|/summary)?|/staff/studio/new"
)
_PAGE = re.compile(rf"/m/{SLUG}")


class BaseHandler(RequestHandler):
    """Puts faults into plain words for the person, and into the log without their address."""

    spoken = ""  # by whoever is in
    room: Workshop | None = None  # the workshop that the page belongs to, once it is known

    def initialize(self, context: ServerContext) -> None:
        """Keep the context (Tornado's hook)."""
        self.context = context

    def set_default_headers(self) -> None:
        """Send the protective headers with every answer, and not which server it is."""
        self.clear_header("Server")
        for name, value in HEADERS.items():
            self.set_header(name, value)
        if self.settings["drain"].has_begun:  # the next request is to reach another server
            self.set_header("Connection", "close")

    def get_current_user(self) -> str:
        """Know nobody before Jupyter does, as when it does not know a method (Tornado's hook)."""
        return ""

    @property
    def open_pages(self) -> OpenPages:
        """All pages that are open now."""
        pages: OpenPages = self.settings["open_pages"]
        return pages

    @property
    def sender(self) -> str:
        """Where a request came from; a proxy in front adds it to the end of what it was told."""
        told = self.request.headers.get("X-Forwarded-For", "") if self.context.forwarded else ""
        return told.rpartition(",")[2].strip() or self.request.remote_ip or ""

    @property
    def language(self) -> str:
        """The reader's language among those there are.

        Outside of a workshop a draft is only for who asks for it: who comes from one, or looks.
        """
        if self.spoken:
            return self.spoken
        offered, asked = self.context.offered(self.room), self.asked_language
        if asked in (offered if self.room else self.context.speakable):
            return asked
        return languages.preferred(self.request.headers.get("Accept-Language", ""), offered)

    @property
    def asked_language(self) -> str:
        """The language that the address or a form names; empty for none."""
        named = self.request.arguments.get("language", [b""])[-1]
        return named.decode("utf-8", "replace")

    def frame(self) -> dict[str, Any]:
        """Gather the words every page has."""
        return self.context.frame(self.language, xsrf_token=self.xsrf_token.decode())

    @property
    def token(self) -> str:
        """Read the participant's cookie; empty without one, and for who has left meanwhile."""
        name = f"visit-{self.context.tag}"
        return "" if self.get_cookie(exit_mark(name)) else self.get_cookie(name, "") or ""

    async def visitor(self) -> Visitor | None:
        """Find who the cookie belongs to; None without one.

        Raises RecoveryError for the cookie of somebody erased or long away.
        """
        if not (token := self.token):
            return None
        visitor = await asyncio.to_thread(self.context.store.visitor, token)
        self.spoken = visitor.language
        return visitor

    def last_page(self, visitor: Visitor) -> str:
        """Return the address of the page that somebody opened last, and of the step of it.

        It is the first page where there is none, and where the workshop has it no more.
        """
        series = self.context.words(visitor.language).series
        if visitor.page in series.walk(visitor.workshop.modules):
            place = visitor.places.get(visitor.page)
            return page_path(visitor.page, place["step"] if place else "")
        return page_path(SeriesPage.START)

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Log a fault, and what met it: no code or word that was sent (Tornado's hook)."""
        name, sent = type(self).__name__.removesuffix("Handler"), self.request.method
        method = sent if sent in self.SUPPORTED_METHODS else "?"
        if isinstance(value, HTTPError):
            status, why = value.status_code, value.log_message or ""
            level = logging.INFO if status in (403, 404) else logging.WARNING
            log.log(level, "%s %s: %d %s", method, name, status, why)
        else:
            page = self.request.path if _PAGE.fullmatch(self.request.path) else name
            log.error("%s %s", method, page, exc_info=(typ, value, tb))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Finish with the page that tells a participant what to do (Tornado's hook)."""
        error = kwargs["exc_info"][1] if "exc_info" in kwargs else None
        waits = isinstance(error, CapacityError | StoreError)
        self.set_status(503 if waits or isinstance(error, ContentError) else status_code)
        try:
            frame = self.frame()
        except MythsError:
            log.exception("the problem page has no words")
            self.set_header("Content-Type", "text/plain; charset=utf-8")
            self.finish("This page is not ready. Please tell the trainer.\n")
        else:
            errors = frame["ui"].errors
            message = problem(errors, status_code, error)
            if status_code == 403 and not self.get_cookie(f"xsrf-{self.context.tag}"):
                message = errors.no_cookie
            told = {"message": message, "waits": waits and self.request.method == "GET"}
            self.finish(self.context.render("problem.html", frame | told))


class PageHandler(BaseHandler):
    """A page made on the server, without a kernel; `cookie` is sent to `path` and below."""

    kind, path = "visit", "/"
    inside = False  # whether what is shown is for the visitor alone

    @property
    def cookie(self) -> str:
        """Name the cookie that lets in here."""
        return f"{self.kind}-{self.context.tag}"

    @property
    def has_left(self) -> bool:
        """Return whether somebody left here by the quick exit, and no server has heard of it."""
        return self.get_cookie(exit_mark(self.cookie)) is not None

    async def prepare(self) -> None:
        """End the visit of somebody who left while there was no connection (Tornado's hook)."""
        if self.has_left:
            await self.end_visit()

    async def end_visit(self) -> None:
        """End this browser's visit, with its pages."""
        if token := self.get_cookie(self.cookie):
            await asyncio.to_thread(self.context.store.leave, token)
            visit = visit_of(token)
            self.open_pages.end(lambda owner: owner.visit == visit)
        self.forget()

    def show(self, template: str, *, status: int = 200, **values: Any) -> None:
        """Send `templates/<template>` with `values` and the words every page has."""
        self.set_status(status)
        self.finish(self.context.render(template, self.frame() | values))

    @asynccontextmanager
    async def turn(self, limiter: RateLimiter) -> AsyncIterator[str]:
        """Wait for one's turn to try a code; gives why there is none, in words, or nothing."""
        try:
            async with limiter.turn(self.sender):
                yield ""
        except CrowdedError as crowded:
            errors = self.context.words(self.language).ui.errors
            yield errors.too_many.format(seconds=round(crowded.seconds))

    async def known(self) -> Visitor | None:
        """Find who asks; sends anybody else to the join page, which says why and leads back."""
        try:
            visitor = await self.visitor()
        except RecoveryError:
            visitor = None
        if visitor is None:
            self.redirect(joining(self.request.path), status=303)
        self.inside = visitor is not None
        return visitor

    def frame(self) -> dict[str, Any]:
        """Gather the words; the page of a visit hears when the visit has ended."""
        frame = super().frame()
        return frame | {"exit": frame["exit"] | {"inside": self.inside}}

    def long_date(self, moment: date) -> str:
        """Write a date in words."""
        return languages.long_date(moment, self.language)

    def moment(self, at: datetime, workshop: Workshop | None = None, *, language: str = "") -> str:
        """Write a day and a time, by the clock of the workshop's place or else the server's."""
        local = workshop.local(at) if workshop else at.astimezone()
        day = languages.long_date(local, language or self.language)
        return f"{day}, {local:%H:%M} {local.tzname()}"

    def welcome(self, token: str) -> None:
        """Set this browser's cookie; it ends with the browser."""
        self.set_cookie(
            self.cookie,
            token,
            path=self.path,
            expires_days=None,
            httponly=True,
            samesite="Lax",
            secure=self.context.https,
        )

    async def end_elsewhere(self, visitor: Visitor) -> None:
        """End the visits of somebody on all other devices, with their pages."""
        await asyncio.to_thread(self.context.store.leave_elsewhere, visitor)
        self.open_pages.end(
            lambda owner: owner.participant == visitor.participant and owner.visit != visitor.visit,
            at_once=True,
        )

    def forget(self) -> None:
        """Take the cookie back, and the mark of who left."""
        self.clear_cookie(self.cookie, path=self.path, httponly=True, samesite="Lax")
        if self.has_left:
            self.clear_cookie(exit_mark(self.cookie), path="/", samesite="Lax")


def own_path(sent: str) -> str:
    """Return the page of ours to which somebody wants to go on; empty for any other address."""
    return sent if _OWN.fullmatch(sent) else ""


def joining(path: str) -> str:
    """Return the address at which one joins or comes back, and then goes on to `path`."""
    return f"/?{urlencode({'next': path})}"


def followup_path(pages: Sequence[str], workshop: Workshop | None = None) -> str:
    """Return the address of the follow-up, or before its time of the page that tells its date.

    It is empty if the series has none, and that of the date if no workshop is named.
    """
    if SeriesPage.FOLLOWUP not in pages:
        return ""
    asks = workshop is not None and workshop.asks_followup
    return page_path(SeriesPage.FOLLOWUP) if asks else DATE


def gone(errors: ProblemWords, error: RecoveryError) -> str:
    """Return why a cookie leads to nobody; one that the store does not know is an old one."""
    return errors.away if error.reason == Reason.NOBODY else errors.of(error)


def problem(errors: ProblemWords, status: int, error: BaseException | None) -> str:
    """Return why a page cannot be shown, for its reader."""
    if status == 404:
        return errors.not_found
    if status == 403:
        return errors.forged
    if isinstance(error, CapacityError):
        return errors.full
    if isinstance(error, StoreError):
        return errors.store
    if isinstance(error, NotebookMissingError):
        return errors.no_notebook.format(page=error.page)
    if isinstance(error, RecoveryError):
        return gone(errors, error)
    return errors.not_ready if isinstance(error, MythsError) else errors.broken
