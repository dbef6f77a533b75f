"""The Voila application that serves the participants' pages, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import jinja2
from tornado.ioloop import IOLoop
from traitlets import Callable, Instance
from voila.app import Voila

from myths.server.assets import AssetHandler
from myths.server.desk import HEADERS, Desk
from myths.server.doors import (
    HealthHandler,
    JoinHandler,
    LeaveHandler,
    NotFoundHandler,
    ReturnHandler,
)
from myths.server.forkserver import ForkProvisioner
from myths.server.modules import KernelHandler, ModuleHandler, ShutdownHandler, WireHandler

TEMPLATES = Path(__file__).parent / "templates"
_KERNEL = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"
_LONGEST_BREAK = 2 * 3600  # seconds that a page may sleep before its kernel is ended

_PING = 30_000  # ms between two signs of life on a page's WebSocket


class Pages(Voila):
    """Voila with our template, our doors, and no other address open."""

    name = "voila"  # so that a trainer's Voila configuration still applies
    desk = Instance(Desk)
    on_ready = Callable(help="Called once the server listens.")

    def setup_template_dirs(self) -> None:
        """Use our templates, wherever the package is installed (Voila's hook)."""
        self.template_paths = [str(TEMPLATES)]

    def launch(self) -> None:
        """Run until the process is ended."""
        self.initialize(argv=[])
        self.start()

    def init_settings(self) -> dict[str, Any]:
        """Set what must be there before the application is built (Voila's hook)."""
        configuration = self.voila_configuration
        configuration.allow_template_override = "NO"
        configuration.allow_theme_override = "NO"
        if os.name == "posix":  # with TCP, kernels that start together may take the same port
            self.config.KernelManager.transport = "ipc"
        self.config.KernelProvisionerFactory.default_provisioner_name = "fork-provisioner"
        self.config.ForkProvisioner.modules = ["ipywidgets", "anywidget", "myths.module"]
        self.config.MappingKernelManager.cull_idle_timeout = _LONGEST_BREAK
        self.config.MappingKernelManager.cull_interval = 60
        settings: dict[str, Any] = super().init_settings()
        settings |= {
            "headers": HEADERS,
            "compress_response": True,
            "xsrf_cookies": True,
            "ws_ping_interval": _PING,
            "ws_ping_timeout": _PING,
            "xsrf_cookie_kwargs": {"httponly": True, "samesite": "Lax"},
            "log_function": _log_nothing,
        }
        return settings

    def init_handlers(self) -> list[Any]:
        """Open the participants' addresses only (Voila's hook)."""
        shared = {"desk": self.desk}
        voila = {
            "voila": self.voila_configuration,
            "config": self.config,
            "templates": self.template_paths,
        }
        return [
            (r"/", JoinHandler, shared),
            (r"/return", ReturnHandler, shared),
            (r"/leave", LeaveHandler, shared),
            (r"/healthz", HealthHandler, shared),
            (r"/m/([a-z-]+)", ModuleHandler, shared | voila),
            (r"/assets/([0-9a-f]+)/([a-z-]+\.[a-z]+)", AssetHandler, {"assets": self.desk.assets}),
            (rf"/kernels/{_KERNEL}", KernelHandler, shared),
            (rf"/api/kernels/{_KERNEL}/channels", WireHandler, shared),
            (r"/voila/api/shutdown/([0-9a-f-]+)", ShutdownHandler, shared),
            (r"/.*", NotFoundHandler, shared),
        ]

    def listen(self) -> None:
        """Listen, then tell where (Voila's hook; it returns when the server ends)."""
        IOLoop.current().add_callback(self._get_ready)
        super().listen()

    async def _get_ready(self) -> None:
        await ForkProvisioner(config=self.config).fork_server.start()
        self.on_ready()


def environment() -> jinja2.Environment:
    """Make the environment of the pages that need no kernel."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, auto_reload=False
    )


def _log_nothing(_handler: object) -> None:
    """Write no access log: it would hold who read what, and when."""
