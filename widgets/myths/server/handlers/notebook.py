"""The pages made from notebooks: prepared once, with a kernel of their own for every visitor."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import uuid
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
    BEGIN,
    IPYKERNEL_OPTIONS,
    KERNEL,
    PLACES,
    SERVE,
    XSRF,
    NotebookVersion,
    Outputs,
    PageKey,
    PagePool,
    PageRenderer,
    PreparedPage,
    PreparedPageRenderer,
)
from myths.server.context import ServerContext, other_language
from myths.server.handlers.base import DATE, BaseHandler, followup_path, joining
from myths.server.handlers.voila_frontend import POLICY, VoilaFrontend
from myths.server.page_kernels import PageOwner
from myths.session import SessionRequest, standing
from myths.store import PagePlace, Visitor
from myths.vocabulary import SeriesPage, page_path

Page = TypeVar("Page", bound=PageRenderer)

_OURS = 64 * 2**20  # bytes that a page's kernel may grow by: it has nothing to compute
_OTHERS = 512 * 2**20  # a trainer's own widgets may

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
        try:
            with self.context.capacity.place(self.kernel_manager):
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

        return await self.pool.get(PageKey(slug, visitor.occasion, stock), render)

    async def send_prepared(self, slug: str, prepared: PreparedPage, visitor: Visitor) -> None:
        """Send the head while a kernel is forked from the page's process, then the rest."""
        places = _places(visitor, slug, prepared.first_step)
        head, _ = prepared.filled(xsrf=self.xsrf_token.decode(), places=places)
        self.write(head)
        sent = self.flush()
        try:
            try:
                rest = await self.fork(prepared, visitor)
            except ForkServerError as fault:
                if prepared.usable:
                    raise
                log.warning("%s is prepared once more: %s", slug, fault)
                prepared = await self.prepared(slug, visitor, stock=prepared.stock)
                if prepared.template is None:
                    raise
                rest = await self.fork(prepared, visitor)
        except Exception:
            log.exception("no kernel for a visitor")
            rest = self.cut(visitor)
        await sent
        self.write(rest)

    async def fork(self, prepared: PreparedPage, visitor: Visitor) -> str:
        """Fork a kernel for the visitor; gives the part of the page that needs it."""
        kernel = await self.start(
            visitor,
            prepared.version,
            template=prepared.template,
            begin=BEGIN,
            serve=None if prepared.stock else SERVE,
        )
        known = await asyncio.to_thread(self.known_answers, prepared, visitor)
        return prepared.filled(
            kernel=kernel,
            xsrf=self.xsrf_token.decode(),
            known=known,
            own=self.kernels.begun(kernel),
        )[1]

    def known_answers(self, prepared: PreparedPage, visitor: Visitor) -> dict[str, Answer]:
        """Read what the visitor answered on this page, by the items of its questions."""
        versions = self.context.store.answer_versions(visitor.participant, key=visitor.key)
        questions = {item: each.asked for item, each in prepared.questions.items()}
        return standing(versions, questions, self.context.words(visitor.language))

    async def send_running(self, slug: str, prepared: PreparedPage, visitor: Visitor) -> None:
        """Start a kernel that knows the visitor, and stream the page cell by cell."""
        version, xsrf = prepared.version, self.xsrf_token.decode()
        page = await self.page(
            PageRenderer, version, visitor, xsrf, _places(visitor), slug=slug, stock=prepared.stock
        )
        kernel = await self.start(
            visitor, version, kernel_name=page.notebook.metadata.kernelspec.name
        )
        try:
            future = self.kernel_manager.get_kernel(kernel)
            async for html, _ in page.generate_content_generator(kernel, future):
                self.write(html)
                await self.flush()
        except StreamClosedError:
            await self.kernel_manager.shutdown_kernel(kernel, now=True)  # type: ignore[no-untyped-call]
            raise
        except Exception:
            log.exception("%s broke off", version.path.name)
            self.write(self.cut(visitor))

    async def start(self, visitor: Visitor, version: NotebookVersion, **options: Any) -> str:
        """Start a kernel that is told who the visitor is, and belongs to their visit."""
        request = SessionRequest(
            db=self.context.store.address,
            content=str(version.content.folder),
            occasion=visitor.occasion,
            participant=visitor.participant,
            key=visitor.key.hex(),
        )
        kernel = str(uuid.uuid4())
        most = _OURS if options.get("serve") else _OTHERS
        self.kernels.claim(
            kernel, PageOwner(visitor.visit, visitor.participant, visitor.workshop.code, most)
        )
        try:
            async with self.context.capacity.turn:
                await self.kernels.start_kernel(
                    kernel_id=kernel,
                    env=os.environ | request.environment(),
                    cwd=str(version.path.parent),
                    extra_arguments=list(IPYKERNEL_OPTIONS),
                    **options,
                )
        except BaseException:
            self.kernels.owners.pop(kernel, None)
            raise
        if not self.kernels.belongs(kernel, visitor.visit):  # they left while it started
            self.kernels.end_kernels([kernel], at_once=True)
        await self.context.capacity.settle(self.kernel_manager, kernel, visitor.participant)
        return kernel

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
        pages, taught = words.series.pages, words.series.taught(visitor.workshop.modules)
        shown = {
            each: words.module(each) if each in taught else words.page(each)
            for each in (*pages, *taught)
        }
        there = {
            each: other_language(content.language, words.language)
            for each, content in shown.items()
        }
        parts = [
            {"slug": each, "title": shown[each].title, "url": page_path(each), "other": there[each]}
            for each in (pages[0], *taught, pages[1])
        ]
        walk = [each["slug"] for each in parts]
        at = walk.index(slug) if slug in walk else -1
        return {
            "path": page_path(slug),
            "here": {"slug": slug, "title": shown[slug].title, "other": there[slug]},
            "parts": parts,
            "number": at + 1,
            "total": len(parts),
            "previous": parts[at - 1] if at > 0 else None,
            "following": parts[at + 1] if 0 <= at < len(parts) - 1 else None,
            "glossary": words.page(SeriesPage.START).sections.get("glossary"),
            "start_other": there[pages[0]],
            "languages": self.context.languages(words.language, visitor.workshop),
            "date": followup_path(pages) if slug == SeriesPage.CLOSING else "",
            **self.context.support(visitor.language, visitor.workshop.country),
        }

    def cut(self, visitor: Visitor) -> str:
        """Return the words that tell that the page is not whole."""
        frame = self.context.frame(visitor.language, xsrf_token=self.xsrf_token.decode())
        return self.context.render("cut.html", frame)


def _places(visitor: Visitor, slug: str = "", first: str = "") -> str:
    """Write where somebody has been, for a script; a page that is new is at its `first` step."""
    here = {slug: PagePlace(steps=[first], step=first, done=False)} if first else {}
    return json.dumps({**here, **visitor.places})
