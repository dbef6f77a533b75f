"""The pages made from notebooks: Voila runs each in a kernel of its own for one visitor."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import AsyncIterator
from pathlib import Path

from jupyter_server.base.handlers import JupyterHandler
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, authenticated
from traitlets.config import Config
from voila.configuration import VoilaConfiguration
from voila.notebook_renderer import NotebookRenderer
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from myths.errors import RecoveryError
from myths.server.cleaning import clean
from myths.server.desk import Desk, Discreet
from myths.store import Visitor

log = logging.getLogger(__name__)

_KERNEL = [
    # imported before there was a kernel, it takes messages only when it is told of one
    "--IPKernelApp.extensions=['ipywidgets']",
    # what is written to the standard streams of the process goes to the server's log
    "--IPKernelApp.capture_fd_output=False",
]
_LAST_WORDS = 3  # seconds in which the last answers of a page that is gone still arrive


class Renderer(NotebookRenderer):
    """Voila's renderer, which goes on after a cell that fails; the log says why it did."""

    async def _jinja_cell_generator(
        self,
        nb: NotebookNode,
        kernel_id: str,  # noqa: ARG002  the hook's arguments
    ) -> AsyncIterator[NotebookNode]:
        """Run one cell after the other (the template calls it)."""
        for number, cell in enumerate(nb.cells, start=1):
            try:
                await self.executor.async_execute_cell(cell, number - 1, store_history=False)
            except CellExecutionError as fault:
                log.error("%s, cell %d: %s", self.notebook_path, number, fault)
            yield cell
        await self._cleanup_resources()


class ModuleHandler(Discreet, JupyterHandler):
    """`/m/<slug>`: the notebook of that module, for somebody who has joined."""

    def initialize(  # type: ignore[override]  # Tornado hands each handler its own arguments
        self, desk: Desk, *, voila: VoilaConfiguration, config: Config, templates: list[str]
    ) -> None:
        """Keep what Voila's renderer needs (Tornado's hook)."""
        super().initialize(desk)
        self.voila, self.traitlets, self.templates = voila, config, templates

    @authenticated
    async def get(self, slug: str) -> None:
        """Send the page while its notebook runs; without a valid cookie, the join page."""
        try:
            visitor = await self.visitor()
        except RecoveryError:
            visitor = None  # the join page says why
        if visitor is None:
            self.redirect("/")
            return
        root = Path(self.contents_manager.root_dir)
        notebook = min(root.glob(f"[0-9][0-9]_{slug}.ipynb"), default=None)
        if notebook is None:
            raise HTTPError(404)
        await self.send(notebook, visitor)

    async def send(self, notebook: Path, visitor: Visitor) -> None:
        """Start a kernel that knows the visitor, and stream the page cell by cell."""
        page = Renderer(
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
        await page.initialize()
        frame = self.desk.frame(visitor.language, xsrf_token=self.xsrf_token.decode())
        page.exporter.environment.autoescape = True
        page.exporter.environment.filters["clean"] = clean
        page.exporter.environment.globals |= frame | {"number": int(notebook.name[:2])}
        kernel = await self.kernel_manager.start_kernel(
            kernel_name=page.notebook.metadata.kernelspec.name,
            env=os.environ | {"MYTHS_VISITOR": _told(visitor)},
            extra_arguments=_KERNEL,
        )
        try:
            future = self.kernel_manager.get_kernel(kernel)
            async for html, _ in page.generate_content_generator(kernel, future):
                self.write(html)
                await self.flush()
        except StreamClosedError:
            log.info("a visitor left before the page was complete")
            await self.kernel_manager.shutdown_kernel(kernel, now=True)  # type: ignore[no-untyped-call]
        except Exception:
            log.exception("%s broke off", notebook.name)
            self.write(self.desk.render("cut.html", frame))


class KernelHandler(Discreet, JupyterHandler):
    """`/kernels/<id>`: does that kernel still live? A refused WebSocket does not tell."""

    def get(self, kernel_id: str) -> None:
        """Answer 204, or 404."""
        self.set_status(204 if kernel_id in self.kernel_manager else 404)
        self.finish()


class WireHandler(Discreet, VoilaKernelWebsocketHandler):
    """`/api/kernels/<id>/channels`: Voila's WebSocket, which passes on widget messages only."""

    ping_interval = ping_timeout = 30  # seconds, of Tornado's pings

    def send_ping(self) -> None:
        """Stop Jupyter's pings, which count in ms and take the first pong for late (its hook)."""
        self.ping_callback.stop()


class ShutdownHandler(Discreet, VoilaShutdownKernelHandler):
    """`/voila/api/shutdown/<id>`: a page says that it is gone, and soon its kernel ends."""

    async def post(self, kernel_id: str) -> None:
        """Wait for answers that were sent as the page went, then end the kernel."""
        await asyncio.sleep(_LAST_WORDS)
        await super().post(kernel_id)  # type: ignore[misc]  # Tornado's own need not be awaited


def _told(visitor: Visitor) -> str:
    return json.dumps(
        {
            "participant": visitor.participant,
            "language": visitor.language,
            "country": visitor.workshop.country,
        }
    )
