"""The pages made from notebooks: Voila runs each in a kernel of its own for one visitor."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

from jupyter_server.base.handlers import JupyterHandler
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, authenticated
from traitlets.config import Config
from voila.configuration import VoilaConfiguration
from voila.notebook_renderer import NotebookRenderer
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from myths.errors import RecoveryError
from myths.server.cleaning import clean
from myths.server.desk import COOKIE, Desk, Discreet
from myths.store import Visitor

log = logging.getLogger(__name__)


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
        token = self.get_cookie(COOKIE)
        try:
            visitor = self.desk.store.visitor(token) if token else None
        except RecoveryError:
            visitor = None  # the join page says why
        if visitor is None:
            self.redirect("/")
            return
        root = Path(self.contents_manager.root_dir)
        notebook = next(iter(sorted(root.glob(f"[0-9][0-9]_{slug}.ipynb"))), None)
        if notebook is None:
            raise HTTPError(404)
        await self.send(notebook, visitor)

    async def send(self, notebook: Path, visitor: Visitor) -> None:
        """Start a kernel that knows the visitor, and stream the page cell by cell."""
        page = NotebookRenderer(
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
            # imported before there was a kernel, it takes messages only when it is told of one
            extra_arguments=["--IPKernelApp.extensions=['ipywidgets']"],
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


class ShutdownHandler(Discreet, VoilaShutdownKernelHandler):
    """`/voila/api/shutdown/<id>`: a page says that it is gone, and its kernel ends."""


def _told(visitor: Visitor) -> str:
    return json.dumps(
        {
            "participant": visitor.participant,
            "language": visitor.language,
            "country": visitor.workshop.country,
        }
    )
