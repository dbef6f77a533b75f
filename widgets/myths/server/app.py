"""The Voila application that serves participants' and staff's pages, and nothing else."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from jupyter_events import EventLogger
from jupyter_server.auth.identity import IdentityProvider, User
from tornado.ioloop import IOLoop, PeriodicCallback
from tornado.web import RequestHandler
from traitlets import Callable, Instance, Int, Unicode
from voila.app import Voila

from myths import fault_log
from myths.errors import StoreError
from myths.forkserver import ForkProvisioner, ForkServerError
from myths.live import Hub
from myths.pages import (
    PRELOADED,
    NotebookVersions,
    PagePool,
    PagePreview,
    PageTrial,
)
from myths.server.context import ServerContext
from myths.server.gauges import gauges_of
from myths.server.handlers.headers import HEADERS
from myths.server.handlers.voila_frontend import VoilaFrontend
from myths.server.listener import LARGEST, Listener
from myths.server.metrics import note_request, serve_metrics
from myths.server.open_pages import OpenPages
from myths.server.page_kernels import PageKernelManager
from myths.server.page_templates import FOLDERS
from myths.server.publication_job import PublicationJob
from myths.server.routes import routes

_HOUR, _MINUTE = 3_600_000, 60_000  # ms
_SECOND = 1_000  # ms
_GLANCE = 3_000  # ms between two looks at how many servers there are
_SOCKETS = 2**16 - 1  # zmq's most; it would allow 1,023, and a kernel has about ten
_ALONE = 20 * 60  # seconds after which a kernel ends that no page is connected to
_LOOK = 60  # seconds between two looks for such kernels
_ENDED = 15_000  # ms between two looks for visits that were ended by another program
_END = 8  # seconds in which the server ends
_GROWN = 2_000  # ms between two looks at how large the kernels are


class AnonymousProvider(IdentityProvider):
    """Everybody is the same to Jupyter, whose own log-in would set a cookie that lasts a month."""

    def get_user(self, handler: RequestHandler) -> User:  # noqa: ARG002  Jupyter's signature
        """Know nobody (Jupyter's hook)."""
        return User("visitor")


class WorkshopApp(Voila):
    """Voila with our template, our doors, and no other address open."""

    name = "voila"
    context = Instance(ServerContext)
    event_logger = Instance(EventLogger, (), help="One for all kernels; each made its own.")
    most_connections = Int(help="How many connections, apart from WebSockets, may be open.")
    metrics_ip = Unicode(help="The address at which the numbers about this server are.")
    metrics_port = Int(0, help="Its port; 0 for none.")
    socket = Unicode(help="The Unix socket at which a balancer finds this worker; empty for none.")
    on_ready = Callable(help="Called once the server listens.")

    def setup_template_dirs(self) -> None:
        """Use our templates, wherever the package is installed (Voila's hook)."""
        self.template_paths = list(map(str, FOLDERS))

    def load_config_file(self, *_: Any, **__: Any) -> None:
        """Read no file of somebody's own: it could open another address (traitlets' hook)."""

    def launch(self) -> None:
        """Run until the process is ended."""
        os.environ["JUPYTER_NO_CONFIG"] = "1"  # nor does any part of Jupyter, or a kernel
        self.initialize(argv=[])
        self.log.handlers.clear()  # this program's log is enough, and counts what repeats
        self.log.propagate = True
        self.log.setLevel(self.log_level)
        logging.getLogger("tornado.general").setLevel(logging.WARNING)  # its details hold addresses
        self.start()

    def init_settings(self) -> dict[str, Any]:
        """Set what must be there before the application is built (Voila's hook)."""
        configuration = self.voila_configuration
        configuration.allow_template_override = "NO"
        configuration.allow_theme_override = "NO"
        configuration.progressive_rendering = configuration.preheat_kernel = False
        configuration.multi_kernel_manager_class = PageKernelManager
        if os.name == "posix":  # with TCP, kernels that start together may take the same port
            self.config.KernelManager.transport = "ipc"
        self.config.KernelProvisionerFactory.default_provisioner_name = "fork-provisioner"
        self.config.ForkProvisioner.modules = list(PRELOADED)
        self.config.KernelRestarter.restart_limit = 0  # a page that lost its kernel is loaded anew
        self.identity_provider_class = AnonymousProvider
        settings: dict[str, Any] = super().init_settings()
        self.kernel_manager.context.max_sockets = _SOCKETS
        self.open_pages = OpenPages()
        self.hub = self.open_pages.hub = Hub(
            self.context.store, connected=self.open_pages.connected, forget=self._forget
        )
        self.kernel_manager.on_removed = self.open_pages.forget
        self.kernel_manager.on_died = lambda kernel: self.open_pages.end_pages(
            [kernel], at_once=True
        )
        settings |= {
            "open_pages": self.open_pages,
            "headers": HEADERS,
            "drain": self.context.drain,
            "compress_response": True,
            "websocket_max_message_size": LARGEST,
            "xsrf_cookies": True,
            "xsrf_cookie_name": f"xsrf-{self.context.tag}",
            "xsrf_cookie_kwargs": {
                "httponly": True,
                "samesite": "Lax",
                "secure": self.context.https,
                "expires_days": None,
            },
            "log_function": note_request,  # no access log: it would hold who read what
        }
        return settings

    def init_handlers(self) -> list[Any]:
        """Open our addresses only (Voila's hook)."""
        stock = VoilaFrontend.gather(self.voila_configuration)
        forks, published = ForkProvisioner(config=self.config), self.context.publication
        forking = forks.fork_server if forks.available else None
        self.pool = PagePool(
            PageTrial(
                forking,
                db=self.context.store.address,
                seconds=self.context.seconds,
            ),
            NotebookVersions(
                Path(self.root_dir),
                self.context.library,
                under=self.context.copies,
                published=(lambda: published.served_notebooks) if published else None,
            ),
        )
        voila = {
            "stock": stock,
            "pool": self.pool,
            "voila": self.voila_configuration,
            "config": self.config,
            "templates": self.template_paths,
        }
        preview = PagePreview(
            PageTrial(forking, seconds=self.context.seconds),
            content=self.context.library.folder,
            folder=Path(self.root_dir),
            under=self.context.copies,
        )
        job = PublicationJob(published) if published else None
        return routes(self.context, pool=self.pool, voila=voila, preview=preview, job=job)

    def listen(self) -> None:
        """Listen, then tell where (Voila's hook; it returns when the server ends)."""
        self.listener = Listener(self.app, most=self.most_connections)
        self.app.listen = self._listen_for_balancer if self.socket else self.listener.listen
        IOLoop.current().add_callback(self._get_ready)
        super().listen()

    def _listen_for_balancer(self, *_: object) -> None:
        from tornado.netutil import bind_unix_socket  # Windows has none

        self.listener.add_sockets([bind_unix_socket(self.socket)])

    def _handle_signal_stop(self, *_: object) -> None:
        """End when the process is asked to (Voila's hook); asked twice, it ends at once."""
        self.ioloop.add_callback_from_signal(self._depart)

    async def _depart(self) -> None:
        drain = self.context.drain
        if drain.seconds and not drain.has_begun:
            await drain.run(
                tell=self.hub.tell_everybody,
                connected=self.open_pages.connected,
                underway=self.listener.underway,
            )
        self.ioloop.stop()

    def stop(self) -> None:
        """End every page, and the process in time even if a store or a kernel hangs (Voila's hook).

        An answer that was not acknowledged by then is still in its browser, which sends it again.
        """
        last = threading.Timer(_END, os._exit, [1])  # kernels end with this process
        last.daemon = True
        last.start()
        self.context.crowds.stop()
        self.context.data.stop()
        self.listener.stop()
        self.hub.stop()
        shutil.rmtree(self.connection_dir, ignore_errors=True)
        with suppress(TimeoutError):
            IOLoop.current().run_sync(self.open_pages.end_all, timeout=_END)

    async def _get_ready(self) -> None:
        if ForkProvisioner.available:
            try:
                await ForkProvisioner(config=self.config).fork_server.start()
            except ForkServerError as fault:
                raise SystemExit(f"Error: {fault}") from fault  # it ends the loop
        self.hub.start()
        if self.metrics_port:
            gauges = gauges_of(self.context, self.open_pages)
            serve_metrics(ip=self.metrics_ip, port=self.metrics_port, gauges=gauges)
        PeriodicCallback(self._erase_expired, _HOUR).start()
        PeriodicCallback(self._sweep, _MINUTE).start()
        PeriodicCallback(fault_log.settle, _MINUTE).start()
        PeriodicCallback(self._end_gone, _ENDED).start()
        PeriodicCallback(self._count_servers, _GLANCE).start()
        PeriodicCallback(self.open_pages.end_large, _GROWN).start()
        PeriodicCallback(self.open_pages.rest, _SECOND).start()
        PeriodicCallback(lambda: self.open_pages.end_alone(_ALONE), _LOOK * _SECOND).start()
        self.context.drain.is_open = True
        self.on_ready()

    def _forget(self, participant: str) -> None:
        """End the pages of somebody who erased an answer at another server: they know it.

        Without a name it may have been anybody.
        """
        if not participant:
            self.open_pages.renew()
            return
        self.open_pages.end(
            lambda owner: owner.participant == participant, at_once=True, over=False
        )

    async def _count_servers(self) -> None:
        """Find how many servers share what all of them may do together."""
        with suppress(StoreError):
            self.context.fleet.size = await asyncio.to_thread(self.context.store.servers)

    async def _erase_expired(self) -> None:
        """Keep the promise that answers are deleted on a fixed date."""
        with suppress(StoreError):  # it is in the log, and the next hour comes
            await asyncio.to_thread(self.context.store.erase_expired)
        await self._end_gone()

    async def _end_gone(self) -> None:
        """End the pages of whoever left, was erased or whose time is over."""
        with suppress(StoreError):  # said where it matters; next time it may be there again
            await self.open_pages.end_gone(self.context.store)

    async def _sweep(self) -> None:
        """Keep the promise that what was erased is gone from the file too."""
        with suppress(StoreError):
            await asyncio.to_thread(self.context.store.sweep)
