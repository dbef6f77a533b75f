"""The studio on the staff pages: texts of the draft are changed, and its pages shown."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from urllib.parse import urlencode

from tornado.web import HTTPError

from myths.errors import ContentError
from myths.forkserver import ForkServerError
from myths.occasion import Occasion
from myths.pages import PagePool, PagePreview
from myths.server.context import ServerContext
from myths.server.handlers.headers import SOURCES, policy
from myths.server.handlers.staff import StaffHandler
from myths.studio import DraftEditor
from myths.vocabulary import Audience

STUDIO = "/staff/studio"
_PLACE = ("part", "language", "audience")
_WITH_PAGE = {**SOURCES, "frame-src": "'self'"}
_STILL = {
    "default-src": "'none'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "form-action": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'self'",
    "sandbox": "allow-same-origin",
}


class StudioHandler(StaffHandler):
    """`/staff/studio`: the form with the texts of a part, and what its buttons do.

    A script sends {"wish": what `DraftEditor.act` takes, with `place`, `step` and `turn`}. The
    answer is {"html"}, or {"checked"} if it only asks what is said of the texts.
    """

    async def get(self) -> None:
        """Show a part of the draft; without the key, the way in."""
        asked = {name: self.get_query_argument(name, "") for name in (*_PLACE, "at")}
        editor = await asyncio.to_thread(self.editor, **asked)
        told = self.get_query_argument("told", "")
        editor.told = told if told in ("saved", "undone", "nothing_changed") else ""
        await self.send_form(editor)

    async def post(self) -> None:
        """Do what a button says, and show the form as it is then."""
        if self.request.headers.get("Content-Type", "").startswith("application/json"):
            await self.answer()
            return
        wish, place = self.read_form()
        editor = await asyncio.to_thread(self.editor, **place)
        if not await asyncio.to_thread(editor.act, wish) or wish["do"] == "check":
            await self.send_form(editor)
            return
        at = place.pop("at")
        shown = urlencode({**place, "at": at, "told": editor.told})
        self.redirect(f"{STUDIO}?{shown}#{at or 'texts'}", status=303)

    async def answer(self) -> None:
        """Answer a script."""
        wish, place, step = self.read_wish()
        editor = await asyncio.to_thread(self.editor, **place)
        told: dict[str, Any]
        if wish.get("do") == "check":
            told = {"checked": await asyncio.to_thread(editor.check, wish)}
        else:
            await asyncio.to_thread(editor.act, wish)
            told = {"html": await asyncio.to_thread(self.form, editor, step)}
        self.set_header("Content-Type", "application/json")
        self.write(json.dumps(told))

    def editor(self, **place: str) -> DraftEditor:
        """Open a part of the draft."""
        return self.context.draft(self.language, notebooks=self.pool.notebooks.folder, **place)

    def form(self, editor: DraftEditor, step: str = "") -> str:
        """Return the form as HTML."""
        shown = {"part": editor.part.name, "language": editor.language, "audience": editor.audience}
        return editor.markup(
            xsrf=self.xsrf_token.decode(),
            page_url=f"{STUDIO}/page?{urlencode(shown)}",
            step=step,
        )

    async def send_form(self, editor: DraftEditor) -> None:
        """Send the page with the form."""
        html = await asyncio.to_thread(self.form, editor)
        self.set_header("Content-Security-Policy", policy(_WITH_PAGE))
        publishes = self.context.publication is not None
        self.show("staff-studio.html", html=html, publishes=publishes)

    def read_form(self) -> tuple[dict[str, Any], dict[str, str]]:
        """Read what a form without a script sends. Raises HTTPError for what is none."""
        sent = {name: self.get_body_argument(name, strip=False) for name in self.request.arguments}
        wish = _decoded(sent.get("do", ""))
        wish["fields"] = {
            name: text for name, text in sent.items() if name[:2] in ("t:", "p:", "n:")
        }
        wish["was"] = {
            name.removeprefix("was:"): text
            for name, text in sent.items()
            if name.startswith("was:")
        }
        place = {name: sent.get(name, "") for name in _PLACE}
        return wish, {**place, "at": str(wish.get("at", ""))}

    def read_wish(self) -> tuple[dict[str, Any], dict[str, str], str]:
        """Read what a script sends. Raises HTTPError for what is nothing of the kind."""
        told = _decoded(self.request.body.decode("utf-8", "replace"))
        wish = told.get("wish")
        if not isinstance(wish, dict):
            raise HTTPError(400, "no request of the studio")
        sent, step = wish.pop("place", {}), str(wish.pop("step", ""))
        wish.pop("turn", None)
        if not isinstance(sent, dict):
            raise HTTPError(400, "no request of the studio")
        return wish, {name: str(sent.get(name, "")) for name in _PLACE}, step


class DraftPageHandler(StaffHandler):
    """`/staff/studio/page`: a page of the draft, without scripts and for the eyes of staff only."""

    def initialize(  # type: ignore[override]  # Tornado hands each handler its own arguments
        self, context: ServerContext, *, pool: PagePool, preview: PagePreview
    ) -> None:
        """Keep what makes the page (Tornado's hook)."""
        super().initialize(context, pool=pool)
        self.preview = preview

    def turn_away(self) -> None:
        """Show nothing in the frame, not even the way in."""
        raise HTTPError(403)

    async def get(self) -> None:
        """Show the page as it was saved last, or say why it cannot be made."""
        self.set_header("Content-Security-Policy", policy(_STILL))
        self.set_header("X-Frame-Options", "SAMEORIGIN")
        audience = self.get_query_argument("audience", "")
        occasion = Occasion(
            language=self.get_query_argument("language", self.language),
            audience=audience if audience in Audience.words() else Audience.MIXED,
        )
        assets = f"/assets/{self.context.assets.version}"
        try:
            html = await self.preview.html(
                self.get_query_argument("part", ""), occasion, assets=assets
            )
        except ContentError as fault:
            self.show("draft-page.html", status=409, fault=str(fault))
        except ForkServerError:
            self.show("draft-page.html", status=503, fault=self.frame()["ui"].errors.full)
        else:
            self.finish(html)


def _decoded(text: str) -> dict[str, Any]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise HTTPError(400, "no request of the studio")
    return told
