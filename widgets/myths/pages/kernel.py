"""A page's kernel: it lets a page and its widgets talk, in one thread, and runs no code.

The widgets were made before it (see `executor`). ipykernel's own program brings a shell, a debugger
and five threads along, for which a page has no use (docs/decisions/0002-kernel-without-a-shell.md).
"""

from __future__ import annotations

import json
import logging
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import comm
import zmq
from ipykernel.kernelbase import Kernel
from jupyter_client.session import Session
from tornado.ioloop import IOLoop
from zmq.eventloop.zmqstream import ZMQStream

from myths.pages.comms import connect
from myths.pages.widget_states import CONTROL, open_control

log = logging.getLogger(__name__)

_LINGER = 1000  # ms in which the last messages still go out
_COPIED = 2**30  # bytes up to which zmq copies a message; for others it would start a thread


def serve(argv: Sequence[str], ready: Callable[[], None]) -> None:
    """Serve a page until it is gone; `argv` has ipykernel's `-f` with the connection file."""
    told = json.loads(Path(argv[argv.index("-f") + 1]).read_text(encoding="utf-8"))
    sys.stdout = sys.stderr  # what a widget prints goes to the server's log
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # as in ipykernel, while nothing is asked
    context = zmq.Context()

    def bound(channel: str, kind: int) -> zmq.Socket[bytes]:
        made = context.socket(kind)
        if kind == zmq.ROUTER:
            made.router_handover = 1  # a page that comes back has the name of its lost connection
        between = ":" if told["transport"] == "tcp" else "-"
        made.bind(f"{told['transport']}://{told['ip']}{between}{told[f'{channel}_port']}")
        return made

    kernel = PageKernel.instance(
        log=log,
        session=Session(
            key=told["key"].encode(),
            signature_scheme=told["signature_scheme"],
            copy_threshold=_COPIED,
        ),
        shell_stream=ZMQStream(bound("shell", zmq.ROUTER)),
        control_stream=ZMQStream(bound("control", zmq.ROUTER)),
        stdin_socket=bound("stdin", zmq.ROUTER),  # nothing is read there; the server connects to it
        iopub_socket=_PageSocket(bound("iopub", zmq.PUB)),
    )
    kernel.start()  # type: ignore[no-untyped-call]
    ready()
    IOLoop.current().start()
    context.destroy(linger=_LINGER)


class PageKernel(Kernel):
    """Answers what a page's front end and the server ask for, and nothing else."""

    implementation = "myths"
    implementation_version = "1"
    banner = "A page's kernel: it runs no code."
    language_info = {"name": "python", "version": sys.version.split()[0], "file_extension": ".py"}  # noqa: RUF012  ipykernel's attribute
    msg_types = ["kernel_info_request", "comm_info_request"]  # noqa: RUF012  ipykernel's attribute
    control_msg_types = ["kernel_info_request", "shutdown_request"]  # noqa: RUF012  ipykernel's attribute

    def __init__(self, **traits: Any) -> None:
        """Connect the widgets that are there."""
        super().__init__(**traits)  # type: ignore[no-untyped-call]
        self.comm_manager = comm.get_comm_manager()
        self.comm_manager.register_target(CONTROL, open_control)
        for kind in ("comm_msg", "comm_close"):
            self.shell_handlers[kind] = getattr(self.comm_manager, kind)
        self.shell_handlers["comm_open"] = self.open_control
        connect(self)

    def open_control(self, stream: ZMQStream, ident: str, message: dict[str, Any]) -> None:
        """Take the line on which a page asks for all widgets, the last one; a page makes none."""
        if message["content"]["target_name"] != CONTROL:
            return
        for each in [line for line in self.comm_manager.comms.values() if _is_control(line)]:
            self.comm_manager.unregister_comm(each)
        self.comm_manager.comm_open(stream, ident, message)


def _is_control(line: Any) -> bool:
    return getattr(line, "target_name", "") == CONTROL


class _PageSocket:
    """The way to the page from any thread, as widgets may be set in one; zmq's socket is for one.

    From the thread of the page's messages they go out at once, even if what it runs takes long.
    """

    def __init__(self, socket: zmq.Socket[bytes]) -> None:
        self._socket, self._thread, self._loop = socket, threading.get_ident(), IOLoop.current()

    def send_multipart(self, parts: Sequence[Any], *, copy: bool = True) -> None:
        if threading.get_ident() == self._thread:
            self._socket.send_multipart(parts, copy=copy)
        else:
            self._loop.add_callback(self._socket.send_multipart, parts, copy=copy)
