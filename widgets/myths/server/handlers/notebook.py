"""The pages made from notebooks: prepared once, with a kernel of their own for every visitor."""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import suppress
from typing import Any, TypeVar

from jupyter_server.base.handlers import JupyterHandler
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, authenticated
from traitlets.config import Config
from voila.configuration import VoilaConfiguration

from myths.answer import Answer
from myths.errors import ContentError, RecoveryError, StoreError
from myths.forkserver import ForkServerError
from myths.pages import (
    KERNEL,
    PLACES,
    XSRF,
    NotebookVersion,
    Outputs,
    PageKey,
    PagePool,
    PageRenderer,
    PreparedPage,
    PreparedPageRenderer,
    series_frame,
)
from myths.server.context import ServerContext
from myths.server.handlers.base import DATE, BaseHandler, followup_path, joining
from myths.server.handlers.headers import SOURCES, policy
from myths.server.handlers.voila_frontend import POLICY, VoilaFrontend
from myths.server.kernel_starts import KernelStarts, needs_of
from myths.server.known_visitor import KnownVisitor, said_by
from myths.session import standing
from myths.store import PagePlace, Visitor
from myths.vocabulary import SeriesPage

Page = TypeVar("Page", bound=PageRenderer)

_RECORDED = policy(SOURCES | {"media-src": "'self'"})  # of a page with recordings

log = logging.getLogger(__name__)


class NotebookHandler(BaseHandler, JupyterHandler):
    """`/m/<slug>`: the notebook of that module, for somebody who has joined."""

    def initialize(  # type: ignore[override]  # Tornado hands each handler its own arguments
        self,
        context: ServerContext,
        *,
        stock: VoilaFrontend,
        pool: PagePool,
        voila: VoilaConfiguration,
        config: Config,
        templates: list[str],
    ) -> None:
        """Keep what Voila's renderer needs (Tornado's hook)."""
        super().initialize(context)
        self.stock, self.pool = stock, pool
        self.voila, self.traitlets, self.templates = voila, config, templates
        self.starts = KernelStarts(context, self.open_pages, self.settings["kernel_manager"])

    @authenticated
    async def get(self, slug: str) -> None:
        """Send the page; without a valid cookie, the join page.

        Our page asks for `?front=stock` when it meets a widget that it does not know.
        """
        try:
            visitor = await self.visitor()
        except RecoveryError:
            visitor = None  # the join page says why
        if visitor is None:
            self.redirect(joining(self.request.path))
            return
        series = self.context.words(visitor.language).series
        walk = series.walk(visitor.workshop.modules)
        if slug not in walk:
            if slug not in series.modules:
                raise HTTPError(404)
            self.turn_away(visitor)
            return
        if slug == SeriesPage.FOLLOWUP and not visitor.workshop.asks_followup:
            self.redirect(DATE)
            return
        asked = self.get_query_argument("front", "") == "stock"
        prepared = await self.prepared(slug, visitor, stock=asked)
        if prepared.stock:
            self.set_header("Content-Security-Policy", POLICY)
        elif self.context.recordings(slug, visitor.language, visitor.workshop):
            self.set_header("Content-Security-Policy", _RECORDED)
        try:
            with self.context.capacity.place(self.open_pages, needs_of(prepared)):
                if prepared.template:
                    await asyncio.gather(  # no script of the page runs before both are done
                        self.arrive(visitor, slug, prepared.first_step),
                        self.send_prepared(slug, prepared, visitor),
                    )
                else:
                    await self.arrive(visitor, slug)
                    await self.send_running(slug, prepared, visitor)
        except StreamClosedError:
            log.info("a visitor left before the page was complete")
            return
        self.finish()  # nobody waits for what follows
        for following in walk[walk.index(slug) + 1 :][:1]:
            with suppress(ContentError):  # its visitors hear of it
                await self.prepared(following, visitor)

    async def arrive(self, visitor: Visitor, slug: str, step: str = "") -> None:
        """Keep that they opened the page, and at which step it begins if they are new to it."""
        step = "" if slug in visitor.places else step
        if step or visitor.page != slug:
            with suppress(StoreError):  # they come back to the page before
                await asyncio.to_thread(self.context.store.come_to, visitor, slug, step=step)

    def turn_away(self, visitor: Visitor) -> None:
        """Answer that the workshop has no such part, and lead on."""
        xsrf = self.xsrf_token.decode()
        frame = self.context.frame(visitor.language, xsrf_token=xsrf, inside=True)
        self.set_status(404)
        back = self.last_page(visitor)
        self.finish(self.context.render("not-here.html", frame | {"back": back}))

    async def prepared(self, slug: str, visitor: Visitor, *, stock: bool = False) -> PreparedPage:
        """Have the page ready in the visitor's language. Raises ContentError if there is none."""

        async def render(version: NotebookVersion, outputs: Outputs, stock: bool) -> str:
            page = await self.page(
                PreparedPageRenderer, version, visitor, XSRF, PLACES, slug=slug, stock=stock
            )
            page.outputs = outputs
            return "".join([piece async for piece, _ in page.generate_content_generator(KERNEL)])

        offered = self.context.offered(visitor.workshop)
        return await self.pool.get(PageKey(slug, visitor.occasion, stock, offered), render)

    async def send_prepared(self, slug: str, prepared: PreparedPage, visitor: Visitor) -> None:
        """Send the head while a kernel is forked from the page's process, then the rest."""
        places = _places(visitor, slug, prepared.first_step)
        head, _ = prepared.filled(xsrf=self.xsrf_token.decode(), places=places)
        self.write(head)
        sent = self.flush()
        try:
            try:
                rest = await self.fork(slug, prepared, visitor)
            except ForkServerError as fault:
                if prepared.usable:
                    raise
                log.warning("%s is prepared once more: %s", slug, fault)
                prepared = await self.prepared(slug, visitor, stock=prepared.stock)
                if prepared.template is None:
                    raise
                rest = await self.fork(slug, prepared, visitor)
        except Exception:
            log.exception("no kernel for a visitor")
            rest = self.cut(visitor)
        await sent
        self.write(rest)

    async def fork(self, slug: str, prepared: PreparedPage, visitor: Visitor) -> str:
        """Fork a kernel for the visitor; gives the part of the page that needs it."""
        person, known = await asyncio.to_thread(self.read_answers, prepared, visitor)
        starts = self.starts.stock if prepared.stock else self.starts.own
        kernel, own = await starts(slug, prepared, person)
        xsrf = self.xsrf_token.decode()
        _, rest = prepared.filled(kernel=kernel, xsrf=xsrf, known=known, own=own)
        return rest

    def read_answers(
        self, prepared: PreparedPage, visitor: Visitor
    ) -> tuple[KnownVisitor, dict[str, Answer]]:
        """Read what the visitor said, and which of it by the items of this page's questions."""
        said = said_by(self.context.store, visitor)
        questions = {item: each.asked for item, each in prepared.questions.items()}
        known = standing(said, questions, self.context.words(visitor.language))
        return KnownVisitor(visitor, said), known

    async def send_running(self, slug: str, prepared: PreparedPage, visitor: Visitor) -> None:
        """Start a kernel that knows the visitor, and stream the page cell by cell."""
        version, xsrf = prepared.version, self.xsrf_token.decode()
        page = await self.page(
            PageRenderer, version, visitor, xsrf, _places(visitor), slug=slug, stock=prepared.stock
        )
        name = page.notebook.metadata.kernelspec.name
        kernel = await self.starts.running(slug, version, visitor, kernel_name=name)
        try:
            future = self.kernel_manager.get_kernel(kernel)
            async for html, _ in page.generate_content_generator(kernel, future):
                self.write(html)
                await self.flush()
        except StreamClosedError:
            self.open_pages.end_pages([kernel], at_once=True)
            raise
        except Exception:
            log.exception("%s broke off", version.path.name)
            self.write(self.cut(visitor))

    async def page(
        self,
        kind: type[Page],
        version: NotebookVersion,
        visitor: Visitor,
        xsrf: str,
        places: str,
        *,
        slug: str,
        stock: bool,
    ) -> Page:
        """Make Voila's renderer for a notebook."""
        page = kind(
            request_handler=self,
            voila_configuration=self.voila,
            traitlet_config=self.traitlets,
            notebook_path=version.path.name,
            template_paths=self.templates,
            config_manager=self.config_manager,
            contents_manager=self.contents_manager,
            kernel_spec_manager=self.kernel_spec_manager,
            base_url=self.base_url,
            page_config={},
        )
        frame = self.context.frame(visitor.language, xsrf_token=xsrf, inside=True)
        frame |= self.frame_of(slug, visitor)
        frame |= {"stock": self.stock, "places": places}
        template = "stock.html.j2" if stock else "index.html.j2"
        await page.fill(version, frame, template=template)
        return page

    def frame_of(self, slug: str, visitor: Visitor) -> dict[str, Any]:
        """Gather what the frame of a page shows of the series around it."""
        words = self.context.words(visitor.language)
        return series_frame(
            words,
            slug,
            modules=visitor.workshop.modules,
            country=visitor.workshop.country,
            languages=self.context.languages(words.language, visitor.workshop),
            recordings=self.context.recordings(slug, words.language, visitor.workshop),
            date=followup_path(words.series.pages) if slug == SeriesPage.CLOSING else "",
        )

    def cut(self, visitor: Visitor) -> str:
        """Return the words that tell that the page is not whole."""
        frame = self.context.frame(visitor.language, xsrf_token=self.xsrf_token.decode())
        return self.context.render("cut.html", frame)


def _places(visitor: Visitor, slug: str = "", first: str = "") -> str:
    """Write where somebody has been, for a script; a page that is new is at its `first` step."""
    here = {slug: PagePlace(steps=[first], step=first, done=False)} if first else {}
    return json.dumps({**here, **visitor.places})
