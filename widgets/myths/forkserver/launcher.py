"""A fork server that runs: how its process is started and ended."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .child import ONE_THREAD

_HERE = Path(__file__).parent
# The fork server is loaded as a package of its own: nothing of the program around it comes along,
# and no file in the working directory can stand in for a module.
_BOOT = (
    "import sys; sys.path[:] = filter(None, sys.path); sys.path.insert(0, {folder!r}); "
    "from {package} import zygote; del sys.path[0]; zygote.main({socket}, {modules})"
)


@dataclass(frozen=True)
class ForkServerProcess:
    """The process of a fork server, and our end of the socket that it listens to."""

    process: subprocess.Popen[bytes]
    control: socket.socket

    @classmethod
    def start(cls, modules: Sequence[str]) -> ForkServerProcess:
        """Start a fork server and don't wait for its imports; OSError if there is no room."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(False)
        code = _BOOT.format(
            folder=str(_HERE.parent),
            package=_HERE.name,
            socket=theirs.fileno(),
            modules=tuple(modules),
        )
        env = {**os.environ, **ONE_THREAD}
        env.pop("JPY_PARENT_PID", None)
        with theirs:
            try:
                process = subprocess.Popen(  # noqa: S603 - our own interpreter and code
                    [sys.executable, "-c", code],
                    env=env,
                    stdin=subprocess.DEVNULL,
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,
                )
            except OSError:
                ours.close()
                raise
        return cls(process, ours)

    def end(self) -> None:
        """End the process; the kernels it forked live on."""
        self.control.close()
        self.process.kill()
        self.process.wait()
