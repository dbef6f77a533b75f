"""What every participant page needs: the words, the visitor behind the cookie, headers, errors."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jinja2
from tornado.web import HTTPError, RequestHandler

from myths import catalog
from myths.errors import MythsError, RecoveryError, StoreError
from myths.server.assets import Assets
from myths.server.limits import Limiter
from myths.store import Store, Visitor

log = logging.getLogger(__name__)

COOKIE = "visit"

HEADERS = {
    "Content-Security-Policy": "; ".join(
        [
            "default-src 'none'",
            "script-src 'self' blob:",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@dataclass(frozen=True)
class Desk:
    """What the page handlers share."""

    store: Store
    templates: jinja2.Environment
    assets: Assets
    limiter: Limiter
    exit_url: str
    default_language: str = "en"

    def words(self, language: str) -> catalog.Catalog:
        """Load the content in `language`; read afresh, so a trainer's change shows at once."""
        return catalog.load(language=language)

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


class DeskHandler(RequestHandler):
    """A page made on the server, without a kernel."""

    def initialize(self, desk: Desk) -> None:
        """Keep the desk (Tornado's hook)."""
        self.desk = desk

    def set_default_headers(self) -> None:
        """Send the protective headers with every answer."""
        for name, value in HEADERS.items():
            self.set_header(name, value)

    @property
    def language(self) -> str:
        """The reader's language among those there are."""
        return self.desk.default_language

    def show(self, template: str, *, status: int = 200, **values: Any) -> None:
        """Send `templates/<template>` with `values` and the words every page has."""
        frame = self.desk.frame(self.language, xsrf_token=self.xsrf_token.decode())
        self.set_status(status)
        self.finish(self.desk.templates.get_template(template).render(frame | values))

    def visitor(self) -> Visitor | None:
        """Find who the cookie belongs to; None without one.

        Raises RecoveryError for the cookie of somebody erased or long away.
        """
        token = self.get_cookie(COOKIE)
        return self.desk.store.visitor(token) if token else None

    def welcome(self, token: str) -> None:
        """Give this browser the cookie of a participant; it ends with the browser."""
        self.set_cookie(
            COOKIE,
            token,
            path="/",
            expires_days=None,
            httponly=True,
            samesite="Lax",
            secure=self.request.protocol == "https",
        )

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Log what nobody foresaw, without the address of the person it happened to."""
        if isinstance(value, HTTPError):
            log.info("%s %s: %s", self.request.method, self.request.path, value)
        else:
            log.error("%s %s", self.request.method, self.request.path, exc_info=(typ, value, tb))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say what went wrong in plain words (Tornado's hook)."""
        problem(self, self.desk, status_code, kwargs.get("exc_info"))


def problem(handler: RequestHandler, desk: Desk, status: int, exc_info: Any) -> None:
    """Finish `handler` with the page that tells a participant what to do."""
    error = exc_info[1] if exc_info else None
    try:
        frame = desk.frame(desk.default_language, xsrf_token=handler.xsrf_token.decode())
        handler.set_status(status)
        handler.finish(
            desk.templates.get_template("problem.html").render(
                frame, message=_message(frame["ui"]["errors"], status, error)
            )
        )
    except MythsError:
        log.exception("the problem page could not be shown")
        handler.set_header("Content-Type", "text/plain; charset=utf-8")
        handler.finish("This page is not ready. Please tell the trainer.\n")


def _message(words: Mapping[str, str], status: int, error: BaseException | None) -> str:
    if status == 404:
        return words["not_found"]
    if status == 403:
        return words["forged"]
    if isinstance(error, StoreError):
        return words["store"]
    if isinstance(error, RecoveryError):
        return words["erased"] if error.reason == "erased" else words["expired_visit"]
    return words["not_ready"] if isinstance(error, MythsError) else words["broken"]
