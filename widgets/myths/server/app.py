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

import jinja2
from jupyter_events import EventLogger
from jupyter_server.auth.identity import IdentityProvider, User
from tornado.ioloop import IOLoop, PeriodicCallback
from tornado.web import RequestHandler
from traitlets import Callable, Instance, Int
from voila.app import Voila

from myths import components, fault_log
from myths.errors import StoreError
from myths.forkserver import ForkProvisioner, ForkServerError
from myths.live import Hub
from myths.pages import PRELOADED, NotebookVersions, PagePool, PageTrial
from myths.server.context import ServerContext
from myths.server.handlers.assets import AssetHandler
from myths.server.handlers.base import DATE, HEADERS, TEST
from myths.server.handlers.followup_date import CalendarHandler, FollowupDateHandler
from myths.server.handlers.health import HealthHandler, NotFoundHandler
from myths.server.handlers.inquiries import PATH as ASK
from myths.server.handlers.inquiries import InquiryHandler, OpenInquiriesHandler
from myths.server.handlers.join import JoinHandler, ReturnHandler
from myths.server.handlers.kernel import (
    KernelMessagesHandler,
    KernelModelHandler,
    KernelShutdownHandler,
    KernelSocketHandler,
    KernelStateHandler,
)
from myths.server.handlers.language import LanguageHandler
from myths.server.handlers.lead import LeadHandler
from myths.server.handlers.leave import LeaveHandler, LeftHandler
from myths.server.handlers.network_check import LiveLineHandler, NetworkCheckHandler
from myths.server.handlers.own_answers import OwnAnswersHandler
from myths.server.handlers.page_form import PageFormHandler
from myths.server.handlers.paper import PATH as PAPER
from myths.server.handlers.paper import PaperHandler
from myths.server.handlers.place import PlaceHandler
from myths.server.handlers.privacy import PrivacyHandler
from myths.server.handlers.projector import ProjectorHandler
from myths.server.handlers.recovery_code import RecoveryCodeHandler
from myths.server.handlers.staff import StaffHandler, StaffLeaveHandler
from myths.server.handlers.staff_rehearsal import StaffRehearsalHandler
from myths.server.handlers.staff_workshop import StaffWorkshopHandler
from myths.server.handlers.voila_frontend import VoilaFrontend, VoilaFrontendHandler
from myths.server.handlers.workshop_calendar import WorkshopCalendarHandler
from myths.server.listener import LARGEST, Listener
from myths.server.page_kernels import PageKernelManager
from myths.vocabulary import SLUG, page_path

TEMPLATES = Path(__file__).parent / "templates"
_KERNEL = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"
_HOUR, _MINUTE = 3_600_000, 60_000  # ms
_GLANCE = 3_000  # ms between two looks for changed notebooks
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
    on_ready = Callable(help="Called once the server listens.")

    def setup_template_dirs(self) -> None:
        """Use our templates, wherever the package is installed (Voila's hook)."""
        self.template_paths = [str(TEMPLATES), str(components.FOLDER)]

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
        self.config.MappingKernelManager.cull_idle_timeout = _ALONE
        self.config.MappingKernelManager.cull_interval = _LOOK
        self.identity_provider_class = AnonymousProvider
        settings: dict[str, Any] = super().init_settings()
        self.kernel_manager.context.max_sockets = _SOCKETS
        self.hub = Hub(self.context.store, connected=self.kernel_manager.connected)
        self.kernel_manager.hub = self.hub
        settings |= {
            "headers": HEADERS,
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
            "log_function": _log_nothing,
        }
        return settings

    def init_handlers(self) -> list[Any]:
        """Open our addresses only (Voila's hook)."""
        shared: dict[str, Any] = {"context": self.context}
        stock = VoilaFrontend.gather(self.voila_configuration)
        forks = ForkProvisioner(config=self.config)
        self.pool = PagePool(
            PageTrial(
                forks.fork_server if forks.available else None,
                db=self.context.store.address,
                seconds=self.context.seconds,
            ),
            NotebookVersions(Path(self.root_dir), self.context.library, under=self.context.copies),
        )
        voila = {
            "stock": stock,
            "pool": self.pool,
            "voila": self.voila_configuration,
            "config": self.config,
            "templates": self.template_paths,
        }
        staff = {"pool": self.pool}
        return [
            (r"/", JoinHandler, shared),
            (r"/return", ReturnHandler, shared),
            (r"/code", RecoveryCodeHandler, shared),
            (DATE, FollowupDateHandler, shared),
            (f"{DATE}.ics", CalendarHandler, shared),
            (r"/leave", LeaveHandler, shared),
            (r"/left", LeftHandler, shared),
            (ASK, InquiryHandler, shared),
            (r"/withdraw", OwnAnswersHandler, shared),
            (r"/privacy", PrivacyHandler, shared),
            (r"/place", PlaceHandler, shared),
            (r"/language", LanguageHandler, shared),
            (r"/healthz", HealthHandler, shared),
            (TEST, NetworkCheckHandler, shared),
            (f"{TEST}/line", LiveLineHandler, shared),
            (r"/staff/?", StaffHandler, shared | staff),
            (r"/staff/leave", StaffLeaveHandler, shared | staff),
            (PAPER, PaperHandler, shared | staff),
            (r"/staff/(.+)/rehearsal", StaffRehearsalHandler, shared | staff),
            (r"/staff/(.+)/calendar", WorkshopCalendarHandler, shared | staff),
            (r"/staff/(.+)/lead", LeadHandler, shared | staff),
            (r"/staff/(.+)/questions", OpenInquiriesHandler, shared | staff),
            (r"/staff/(.+)/projector", ProjectorHandler, shared | staff),
            (r"/staff/(.+)", StaffWorkshopHandler, shared | staff),
            (page_path(f"({SLUG})"), PageFormHandler, shared | voila),
            (r"/assets/([0-9a-f]+)/([a-z-]+\.[a-z]+)", AssetHandler, shared),
            (r"/stock/([0-9a-f]+)/([@\w./-]+)", VoilaFrontendHandler, shared | {"stock": stock}),
            (rf"/kernels/{_KERNEL}", KernelStateHandler, shared),
            (rf"/kernels/{_KERNEL}/messages", KernelMessagesHandler, shared),
            (rf"/api/kernels/{_KERNEL}", KernelModelHandler, shared),
            (rf"/api/kernels/{_KERNEL}/channels", KernelSocketHandler, shared),
            (r"/voila/api/shutdown/([0-9a-f-]+)", KernelShutdownHandler, shared),
            (r"/.*", NotFoundHandler, shared),
        ]

    def listen(self) -> None:
        """Listen, then tell where (Voila's hook; it returns when the server ends)."""
        self.listener = Listener(self.app, most=self.most_connections)
        self.app.listen = self.listener.listen
        IOLoop.current().add_callback(self._get_ready)
        super().listen()

    def stop(self) -> None:
        """End every page, and the process in time even if a store or a kernel hangs (Voila's hook).

        An answer that was not acknowledged by then is still in its browser, which sends it again.
        """
        last = threading.Timer(_END, os._exit, [1])  # kernels end with this process
        last.daemon = True
        last.start()
        self.context.crowds.stop()
        self.listener.stop()
        self.hub.stop()
        shutil.rmtree(self.connection_dir, ignore_errors=True)
        with suppress(TimeoutError):
            IOLoop.current().run_sync(self.kernel_manager.end_all, timeout=_END)

    async def _get_ready(self) -> None:
        if ForkProvisioner.available:
            try:
                await ForkProvisioner(config=self.config).fork_server.start()
            except ForkServerError as fault:
                raise SystemExit(f"Error: {fault}") from fault  # it ends the loop
        self.hub.start()
        PeriodicCallback(self._erase_expired, _HOUR).start()
        PeriodicCallback(self._sweep, _MINUTE).start()
        PeriodicCallback(fault_log.settle, _MINUTE).start()
        PeriodicCallback(self._look, _GLANCE).start()
        PeriodicCallback(self._end_gone, _ENDED).start()
        PeriodicCallback(self.kernel_manager.end_large, _GROWN).start()
        self.on_ready()

    async def _look(self) -> None:
        """Find notebooks that are out of order before a visitor comes to their page."""
        with suppress(ForkServerError):  # there is no room; the next look tries again
            await self.pool.look(self.context.default_language)

    async def _erase_expired(self) -> None:
        """Keep the promise that answers are deleted on a fixed date."""
        with suppress(StoreError):  # it is in the log, and the next hour comes
            await asyncio.to_thread(self.context.store.erase_expired)
        await self._end_gone()

    async def _end_gone(self) -> None:
        """End the pages of whoever left, was erased or whose time is over."""
        with suppress(StoreError):  # said where it matters; next time it may be there again
            await self.kernel_manager.end_gone(self.context.store)

    async def _sweep(self) -> None:
        """Keep the promise that what was erased is gone from the file too."""
        with suppress(StoreError):
            await asyncio.to_thread(self.context.store.sweep)


def environment() -> jinja2.Environment:
    """Make the environment of the pages that need no kernel."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader([TEMPLATES, components.FOLDER]),
        autoescape=True,
        auto_reload=False,
        undefined=jinja2.StrictUndefined,
    )


def _log_nothing(_handler: object) -> None:
    """Write no access log: it would hold who read what, and when."""
