"""What every participant page needs: the words, the visitor behind the cookie, headers, errors."""

from __future__ import annotations

import asyncio
import logging
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import jinja2
from babel.dates import format_date
from tornado.web import HTTPError, RequestHandler

from myths import catalog
from myths.errors import MythsError, RecoveryError, StoreError
from myths.server.assets import Assets
from myths.server.limits import Limiter
from myths.server.room import FullError, Room
from myths.store import Store, Visitor

log = logging.getLogger(__name__)

COOKIE = "visit"  # of a participant
_ONE_YEAR = 365 * 24 * 3600  # seconds
_TYPES = mimetypes.MimeTypes()  # Python's own list: that of a Windows machine may be wrong
GONE = {"erased": "erased", "over": "expired"}  # why a cookie leads to nobody: reason -> words

SOURCES = {
    "default-src": "'none'",
    "script-src": "'self' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def policy(sources: Mapping[str, str]) -> str:
    """Write a Content-Security-Policy."""
    return "; ".join(f"{what} {where}" for what, where in sources.items())


HEADERS = {
    "Content-Security-Policy": policy(SOURCES),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@dataclass(frozen=True)
class Desk:
    """What the page handlers share.

    `address` is where phones in the room find the server; `proxied` if a proxy stands there.
    """

    store: Store
    library: catalog.Library
    templates: jinja2.Environment
    assets: Assets
    limiter: Limiter
    keys: Limiter
    room: Room
    exit_url: str
    address: str
    proxied: bool = False
    default_language: str = "en"

    @property
    def https(self) -> bool:
        """Tell whether people come over https, so that no cookie may go without."""
        return self.address.startswith("https:")

    def words(self, language: str) -> catalog.Catalog:
        """Return the content in `language`; a trainer's change shows at once."""
        return self.library.load(language=language)

    def render(self, template: str, values: Mapping[str, Any]) -> str:
        """Fill `templates/<template>` with `values`."""
        return self.templates.get_template(template).render(values)

    def frame(self, language: str, *, xsrf_token: str) -> dict[str, Any]:
        """Gather what `shell.html` shows on every page."""
        words = self.words(language)
        return {
            "ui": words.ui,
            "page_words": dict(words.ui["page"]),
            "language": language,
            "direction": "rtl" if language in {"ar", "fa", "he", "ur"} else "ltr",
            "assets": f"/assets/{self.assets.version}",
            "exit": {
                "words": dict(words.ui["components"]["quickexit"]),
                "url": self.exit_url,
                "leave_url": "/leave",
                "xsrf": xsrf_token,
            },
            "xsrf": xsrf_token,
        }


class Discreet(RequestHandler):
    """Says faults to the person in plain words, and to the log without the person's address."""

    def initialize(self, desk: Desk) -> None:
        """Keep the desk (Tornado's hook)."""
        self.desk = desk

    def set_default_headers(self) -> None:
        """Send the protective headers with every answer."""
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def get_current_user(self) -> str:
        """Know nobody before Jupyter does, as when it does not know a method (Tornado's hook)."""
        return ""

    @property
    def sender(self) -> str:
        """Where a request came from; a proxy in front adds it to the end of what it was told."""
        told = self.request.headers.get("X-Forwarded-For", "") if self.desk.proxied else ""
        return told.rpartition(",")[2].strip() or self.request.remote_ip or ""

    @property
    def language(self) -> str:
        """The reader's language among those there are."""
        return self.desk.default_language

    def frame(self) -> dict[str, Any]:
        """Gather the words every page has."""
        return self.desk.frame(self.language, xsrf_token=self.xsrf_token.decode())

    async def visitor(self) -> Visitor | None:
        """Find who the cookie belongs to; None without one.

        Raises RecoveryError for the cookie of somebody erased or long away.
        """
        token = self.get_cookie(COOKIE)
        return await asyncio.to_thread(self.desk.store.visitor, token) if token else None

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Log a fault; Tornado's own line would hold the address (Tornado's hook)."""
        if isinstance(value, HTTPError):
            level = logging.INFO if value.status_code in (403, 404) else logging.WARNING
            log.log(level, "%s %s: %s", self.request.method, self.request.path, value)
        else:
            log.error("%s %s", self.request.method, self.request.path, exc_info=(typ, value, tb))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Finish with the page that tells a participant what to do (Tornado's hook)."""
        error = kwargs["exc_info"][1] if "exc_info" in kwargs else None
        waits = isinstance(error, FullError | StoreError)
        self.set_status(503 if waits else status_code)
        try:
            frame = self.frame()
        except MythsError:
            log.exception("the problem page has no words")
            self.set_header("Content-Type", "text/plain; charset=utf-8")
            self.finish("This page is not ready. Please tell the trainer.\n")
        else:
            message = _message(frame["ui"]["errors"], status_code, error)
            told = {"message": message, "waits": waits and self.request.method == "GET"}
            self.finish(self.desk.render("problem.html", frame | told))


class FileHandler(Discreet):
    """A file that is the same for everybody."""

    def send(self, name: str, *, plain: bytes, gzipped: bytes, lasting: bool) -> None:
        """Send it, gzipped where the browser takes it; a `lasting` one is kept there for good."""
        self.set_header("Content-Type", _TYPES.guess_type(name)[0] or "application/octet-stream")
        self.set_header("Vary", "Accept-Encoding")
        if lasting:
            self.set_header("Cache-Control", f"public, max-age={_ONE_YEAR}, immutable")
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.write(gzipped)
        else:
            self.write(plain)


class DeskHandler(Discreet):
    """A page made on the server, without a kernel; `cookie` is sent to `path` and below."""

    cookie, path = COOKIE, "/"

    def show(self, template: str, *, status: int = 200, **values: Any) -> None:
        """Send `templates/<template>` with `values` and the words every page has."""
        self.set_status(status)
        self.finish(self.desk.render(template, self.frame() | values))

    def refusal(self, limiter: Limiter) -> str:
        """Tell somebody who has guessed too often how long to wait; empty if they may try."""
        wait = limiter.wait(self.sender)
        words = self.desk.words(self.language).ui["errors"]
        return str(words["too_many"].format(seconds=round(wait) + 1)) if wait > 0 else ""

    def long_date(self, moment: date) -> str:
        """Write a date in words."""
        locale = "en_GB" if self.language == "en" else self.language
        return format_date(moment, format="long", locale=locale)

    def welcome(self, token: str) -> None:
        """Give this browser the cookie; it ends with the browser."""
        self.set_cookie(
            self.cookie,
            token,
            path=self.path,
            expires_days=None,
            httponly=True,
            samesite="Lax",
            secure=self.desk.https,
        )

    def forget(self) -> None:
        """Take the cookie back."""
        self.clear_cookie(self.cookie, path=self.path, httponly=True, samesite="Lax")


def _message(words: Mapping[str, str], status: int, error: BaseException | None) -> str:
    if status == 404:
        return words["not_found"]
    if status == 403:
        return words["forged"]
    if isinstance(error, FullError):
        return words["full"]
    if isinstance(error, StoreError):
        return words["store"]
    if isinstance(error, RecoveryError):
        return words[GONE.get(error.reason, "expired_visit")]
    return words["not_ready"] if isinstance(error, MythsError) else words["broken"]
