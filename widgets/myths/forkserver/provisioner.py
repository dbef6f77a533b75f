"""What Jupyter calls to start, signal and end a kernel that is forked."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, ClassVar

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import List, Unicode

from .client import ForkServer, available, shared
from .template import Template


class ForkProvisioner(LocalProvisioner):
    """Starts kernels by fork; all else is LocalProvisioner's, on a process that looks like Popen.

    What cannot be forked becomes an ordinary kernel, and the log says so once per reason: another
    platform, another interpreter, a kernel that isn't ipykernel, options that only Popen knows.
    """

    modules = List(
        Unicode(),
        config=True,
        help="Modules that the fork server imports before the first kernel; "
        "they may start no thread, and leave no file open that is not only read.",
    )
    available: ClassVar[bool] = available()
    _said: ClassVar[set[str]] = set()

    process: Any

    @property
    def fork_server(self) -> ForkServer:
        """The fork server for this list of modules, one per process."""
        return shared(tuple(self.modules))

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel and return its connection information.

        `template` is a Template to fork it from in place of the fork server, and `begin` a function
        to call first: see `ForkServer.launch`.

        What `begin` returned, as JSON, is then in `process.begun`.

        Raises ForkServerError, with the reason, when the system has no room for another process or
        a module cannot be imported.
        """
        origin: ForkServer | Template | None = kwargs.pop("template", None)
        begin = kwargs.pop("begin", None)
        if obstacle := self._obstacle(cmd, kwargs):
            self._say_once(f"Kernels are started in the ordinary way: {obstacle}.")
            return await super().launch_kernel(cmd, **kwargs)
        cwd = kwargs.get("cwd") or Path.cwd()
        self.process = await (origin or self.fork_server).launch(
            cmd[cmd.index("ipykernel_launcher") + 1 :],
            env=kwargs.get("env") or dict(os.environ),
            cwd=str(cwd),
            stdout=_descriptor(kwargs.get("stdout"), 1),
            stderr=_descriptor(kwargs.get("stderr"), 2),
            begin=begin,
        )
        self.pid, self.pgid, self.cwd = self.process.pid, None, cwd
        return self.connection_info

    def _obstacle(self, cmd: list[str], kwargs: dict[str, Any]) -> str:
        """Return why this kernel cannot be forked; empty if it can."""
        if not self.available:
            return "forking them needs Linux 5.4 or newer"
        python = Path(cmd[0]).expanduser()
        ours = Path(sys.executable)
        if python.parent != ours.parent or not python.exists() or not python.samefile(ours):
            return f"{python} is not the Python of this server"
        if "ipykernel_launcher" not in cmd:
            return f"{' '.join(cmd)} does not run ipykernel_launcher"
        known = {"cwd", "env", "stdin", "extra_arguments", "kernel_id"}
        known.update(name for name in ("stdout", "stderr") if _descriptor(kwargs.get(name), 0) >= 0)
        if unknown := sorted(set(kwargs) - known):
            return f"a forked kernel has no {', '.join(unknown)}"
        return ""

    def _say_once(self, sentence: str) -> None:
        if sentence not in self._said:
            self._said.add(sentence)
            self.log.warning(sentence)


def _descriptor(stream: Any, default: int) -> int:
    """Return the file descriptor of a Popen stream argument; negative for PIPE, STDOUT, DEVNULL."""
    if stream is None:
        return default
    return stream if isinstance(stream, int) else int(stream.fileno())
