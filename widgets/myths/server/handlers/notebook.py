"""The pages made from notebooks: prepared once, with a kernel of their own for every visitor."""

from __future__ import annotations

import json
import logging
import os
import uuid
from pathlib import Path
from typing import Any, TypeVar

from jupyter_server.base.handlers import JupyterHandler
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, authenticated
from traitlets.config import Config
from voila.configuration import VoilaConfiguration

from myths.errors import RecoveryError
from myths.forkserver import ForkServerError
from myths.pages.pool import KERNEL, XSRF, Outputs, PageKey, PagePool, PreparedPage
from myths.pages.renderer import PageRenderer, PreparedPageRenderer
from myths.server.context import ServerContext
from myths.server.handlers.base import BaseHandler
from myths.server.handlers.voila_frontend import POLICY, VoilaFrontend
from myths.session import VISITOR
from myths.store import Visitor

Page = TypeVar("Page", bound=PageRenderer)

log = logging.getLogger(__name__)

_KERNEL = [
    # both were imported before there was a kernel, and are told of it by this
    "--IPKernelApp.extensions=['ipywidgets','myths.pages.executor']",
    # what is written to the standard streams of the process goes to the server's log
    "--IPKernelApp.capture_fd_output=False",
]


class NotebookHandler(BaseHandler, JupyterHandler):
    """`/m/<slug>`: the notebook of that module, for somebody who has joined."""

    def initialize(  # type: ignore[override]  # Tornado hands each handler its own arguments
        self,
        desk: ServerContext,
        *,
        stock: VoilaFrontend,
        sheets: PagePool,
        voila: VoilaConfiguration,
        config: Config,
        templates: list[str],
    ) -> None:
        """Keep what Voila's renderer needs (Tornado's hook)."""
        super().initialize(desk)
        self.stock, self.sheets = stock, sheets
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
            self.redirect("/")
            return
        notebooks = self.notebooks()
        here = next((n for n, each in enumerate(notebooks) if each.stem[3:] == slug), None)
        if here is None:
            raise HTTPError(404)
        asked = self.get_query_argument("front", "") == "stock"
        sheet = await self.sheet(notebooks[here], visitor, stock=asked)
        if sheet.stock:
            self.set_header("Content-Security-Policy", POLICY)
        try:
            with self.desk.room.place(self.kernel_manager):
                if sheet.template:
                    await self.send_prepared(notebooks[here], sheet, visitor)
                else:
                    await self.send_running(notebooks[here], visitor, stock=sheet.stock)
        except StreamClosedError:
            log.info("a visitor left before the page was complete")
            return
        self.finish()  # nobody waits for what follows
        for following in notebooks[here + 1 : here + 2]:
            await self.sheet(following, visitor)

    def notebooks(self) -> list[Path]:
        """List the notebooks in their order."""
        return sorted(Path(self.contents_manager.root_dir).glob("[0-9][0-9]_*.ipynb"))

    async def sheet(self, notebook: Path, visitor: Visitor, *, stock: bool = False) -> PreparedPage:
        """Have the page ready in the visitor's language."""

        async def render(wanted: PageKey, outputs: Outputs) -> str:
            page = await self.page(
                PreparedPageRenderer, notebook, visitor, XSRF, stock=wanted.stock
            )
            page.outputs = outputs
            return "".join([piece async for piece, _ in page.generate_content_generator(KERNEL)])

        wanted = PageKey(notebook, visitor.language, visitor.workshop.country, stock)
        return await self.sheets.get(wanted, render)

    async def send_prepared(self, notebook: Path, sheet: PreparedPage, visitor: Visitor) -> None:
        """Send the head while a kernel is forked from the page's process, then the rest."""
        head, _ = sheet.filled(kernel="", xsrf=self.xsrf_token.decode())
        self.write(head)
        sent = self.flush()
        try:
            try:
                rest = await self.fork(sheet, visitor)
            except ForkServerError as fault:
                if sheet.usable:
                    raise
                log.warning("%s is prepared once more: %s", notebook.name, fault)
                sheet = await self.sheet(notebook, visitor, stock=sheet.stock)
                if sheet.template is None:
                    raise
                rest = await self.fork(sheet, visitor)
        except Exception:
            log.exception("no kernel for a visitor")
            rest = self.cut(visitor)
        await sent
        self.write(rest)

    async def fork(self, sheet: PreparedPage, visitor: Visitor) -> str:
        """Fork a kernel for the visitor; gives the part of the page that needs it."""
        kernel = str(uuid.uuid4())
        await self.start(
            visitor,
            kernel_id=kernel,
            template=sheet.template,
            begin="myths.session:arrive",
            serve="" if sheet.stock else "myths.pages.kernel:serve",
        )
        return sheet.filled(kernel=kernel, xsrf=self.xsrf_token.decode())[1]

    async def send_running(self, notebook: Path, visitor: Visitor, *, stock: bool) -> None:
        """Start a kernel that knows the visitor, and stream the page cell by cell."""
        page = await self.page(
            PageRenderer, notebook, visitor, self.xsrf_token.decode(), stock=stock
        )
        kernel = await self.start(visitor, kernel_name=page.notebook.metadata.kernelspec.name)
        try:
            future = self.kernel_manager.get_kernel(kernel)
            async for html, _ in page.generate_content_generator(kernel, future):
                self.write(html)
                await self.flush()
        except StreamClosedError:
            await self.kernel_manager.shutdown_kernel(kernel, now=True)  # type: ignore[no-untyped-call]
            raise
        except Exception:
            log.exception("%s broke off", notebook.name)
            self.write(self.cut(visitor))

    async def start(self, visitor: Visitor, **options: Any) -> str:
        """Start a kernel that is told who the visitor is."""
        async with self.desk.room.turn:
            kernel: str = await self.kernel_manager.start_kernel(
                env=os.environ | {VISITOR: _told(visitor)}, extra_arguments=_KERNEL, **options
            )
        await self.desk.room.settle(self.kernel_manager, kernel, visitor.participant)
        return kernel

    async def page(
        self, kind: type[Page], notebook: Path, visitor: Visitor, xsrf: str, *, stock: bool
    ) -> Page:
        """Make Voila's renderer for a notebook."""
        page = kind(
            request_handler=self,
            voila_configuration=self.voila,
            traitlet_config=self.traitlets,
            notebook_path=notebook.name,
            template_paths=self.templates,
            config_manager=self.config_manager,
            contents_manager=self.contents_manager,
            kernel_spec_manager=self.kernel_spec_manager,
            base_url=self.base_url,
            page_config={},
        )
        frame = self.desk.frame(visitor.language, xsrf_token=xsrf) | {"stock": self.stock}
        template = "stock.html.j2" if stock else "index.html.j2"
        await page.fill(notebook, frame, template=template)
        return page

    def cut(self, visitor: Visitor) -> str:
        """Say that the page is not whole."""
        frame = self.desk.frame(visitor.language, xsrf_token=self.xsrf_token.decode())
        return self.desk.render("cut.html", frame)


def _told(visitor: Visitor) -> str:
    return json.dumps(
        {
            "participant": visitor.participant,
            "key": visitor.key.hex(),
            "language": visitor.language,
            "country": visitor.workshop.country,
        }
    )
