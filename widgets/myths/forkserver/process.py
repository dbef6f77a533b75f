"""A forked kernel as the Jupyter server sees it: with the face of subprocess.Popen."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import select
import signal
import socket
import time

_GROUP = 4  # PIDFD_SIGNAL_PROCESS_GROUP, Linux 6.9
_REPORT_TIME = 1.0  # seconds that the fork server has for telling an exit status
UNKNOWN = 255  # the exit status when the fork server died before it could tell


class ForkedProcess:
    """A process that another process forked, held by a pidfd so that a reused pid is no danger.

    `lifeline` brings the exit status; closing it ends the process, and so does this server's death.
    """

    stdin = stdout = stderr = None
    returncode: int | None = None
    begun: object = None  # what `begin` returned there

    def __init__(self, pid: int, pidfd: int, lifeline: socket.socket) -> None:
        """Take over the open descriptors."""
        self.pid = pid
        self._pidfd = pidfd
        self._lifeline = lifeline
        self._ended_at: float | None = None

    def poll(self) -> int | None:
        """Return the exit status, negative for a signal, or None while the process runs."""
        if self.returncode is None:
            try:
                report = self._lifeline.recv(1024, socket.MSG_DONTWAIT)
            except BlockingIOError:
                if not self._overdue():
                    return None
                report = b""
            status = json.loads(report).get("exit") if report else self._last_resort()
            if status is None:  # a message that nobody waits for any more
                return None
            self.returncode = status
            self.close()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end and return the exit status; TimeoutError after `timeout` seconds."""
        deadline = None if timeout is None else time.monotonic() + timeout
        while (status := self.poll()) is None:
            if deadline and time.monotonic() > deadline:
                raise TimeoutError(f"process {self.pid} still runs after {timeout} s")
            time.sleep(0.01)
        return status

    def send_signal(self, signum: int) -> None:
        """Signal the process and its children (its process group); nothing if it has ended."""
        if self.poll() is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            try:
                signal.pidfd_send_signal(self._pidfd, signum, None, _GROUP)
            except OSError as error:
                if error.errno != errno.EINVAL:
                    raise
                # Before Linux 6.9 a group has no handle. The leader is not reaped yet, or the next
                # line raises: its number is taken, so the group can be no stranger's.
                signal.pidfd_send_signal(self._pidfd, 0)
                os.killpg(self.pid, signum)

    def terminate(self) -> None:
        """Ask it to end (SIGTERM)."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it (SIGKILL)."""
        self.send_signal(signal.SIGKILL)

    def close(self) -> None:
        """Release the process; it ends if it still runs."""
        self._lifeline.close()
        if self._pidfd >= 0:
            os.close(self._pidfd)
            self._pidfd = -1

    __del__ = close

    def _overdue(self) -> bool:
        """Return whether the process has ended but nobody reports it: its fork server is gone."""
        poll = select.poll()  # select() knows no descriptor above 1,023
        poll.register(self._pidfd, select.POLLIN)
        if not poll.poll(0):
            return False
        now = time.monotonic()
        self._ended_at = self._ended_at or now
        return now - self._ended_at > _REPORT_TIME

    def _last_resort(self) -> int:
        """Reap it if it became our child, as orphans do if we are a container's first process."""
        with contextlib.suppress(ChildProcessError):
            result = os.waitid(os.P_PIDFD, self._pidfd, os.WEXITED | os.WNOHANG)
            if result:
                return result.si_status if result.si_code == os.CLD_EXITED else -result.si_status
        return UNKNOWN
