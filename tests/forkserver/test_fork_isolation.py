"""A kernel starts clean: nothing of the server's, nor of another visitor's, is in it."""

from __future__ import annotations

import ast
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from myths.forkserver import ForkServer

from tests.forkserver.kernels import Kernel, holds, open_files, wait_until

Start = Callable[..., Kernel]
ADDED_BY_IPYKERNEL = {
    *("CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "GIT_PAGER", "JPY_SESSION_NAME", "LINES"),
    *("MPLBACKEND", "PAGER", "TERM", "COLUMNS"),
}


def test_the_environment_is_the_one_asked_for(start: Start) -> None:
    env = {"PATH": os.environ["PATH"], "HOME": "/tmp", "GREETING": "grüß \udcff"}  # noqa: S108
    kernel = start(env=env)
    seen = ast.literal_eval(kernel.run("import os; print(ascii(dict(os.environ)))"))
    assert {name: seen.get(name) for name in env} == env
    assert set(seen) - set(env) <= ADDED_BY_IPYKERNEL
    assert kernel.run("import subprocess; print(subprocess.getoutput('echo $HOME'))") == "/tmp"  # noqa: S108


def test_the_request_of_a_visitor_is_in_no_other_process(start: Start, loaded: ForkServer) -> None:
    secret = os.urandom(8).hex()
    visited = start(env={**os.environ, "HTTP_X_NAME": secret})
    assert visited.run("import os; print(os.environ['HTTP_X_NAME'])") == secret
    other = start()
    assert holds(visited.pid, secret.encode())
    assert not holds(other.pid, secret.encode())
    assert loaded.pid
    assert not holds(loaded.pid, secret.encode())
    for pid in (other.pid, visited.pid):  # what `ps e` shows is how the fork server was started
        assert secret not in Path(f"/proc/{pid}/environ").read_text()


def test_the_working_folder_is_the_notebooks(start: Start, tmp_path: Path) -> None:
    assert start(cwd=str(tmp_path)).run("import os; print(os.getcwd())") == str(tmp_path)


@pytest.mark.parametrize(
    "draw",
    [
        "import random; print(random.random())",
        "import numpy; print(numpy.random.random())",
        "import uuid; print(uuid.uuid4())",
        "import secrets; print(secrets.token_hex())",
        "import tempfile; print(tempfile.mktemp())",
    ],
)
def test_no_two_kernels_draw_the_same_numbers(draw: str, start: Start) -> None:
    assert len({start().run(draw) for _ in range(3)}) == 3


def test_signals_are_as_python_sets_them(start: Start) -> None:
    theirs = signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR2])
    try:
        kernel = start()
    finally:
        signal.signal(signal.SIGUSR1, theirs)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGUSR2])
    code = """
        import signal
        print({s.name for s in signal.valid_signals() if isinstance(s, signal.Signals)
               and signal.getsignal(s) not in (signal.SIG_DFL, None)})
        print(signal.pthread_sigmask(signal.SIG_BLOCK, []))
    """
    handled, blocked = kernel.run("if True:\n" + code).splitlines()
    assert ast.literal_eval(handled) == {"SIGINT", "SIGPIPE", "SIGXFSZ"}
    assert blocked == "set()"


def test_a_kernel_leads_its_own_session_and_group(start: Start) -> None:
    code = "import os; print(os.getpid() == os.getpgid(0) == os.getsid(0))"
    assert start().run(code) == "True"


def test_a_kernel_shares_no_socket_with_another(start: Start) -> None:
    kernels = [start() for _ in range(3)]
    sockets = [
        {name for name in open_files(kernel.pid).values() if name.startswith("socket:")}
        for kernel in kernels
    ]
    assert not sockets[0] & sockets[1] | sockets[1] & sockets[2] | sockets[0] & sockets[2]


def test_files_that_the_server_opens_stay_its_own(start: Start, tmp_path: Path) -> None:
    with (tmp_path / "open").open("w") as file:
        assert file.name not in open_files(start().pid).values()


def test_programs_that_a_kernel_starts_get_three_streams_only(start: Start) -> None:
    code = "import subprocess as s; print(s.getoutput('ls /proc/self/fd | wc -w'))"
    assert start().run(code) == "4"  # the fourth is the folder that ls reads


def test_input_comes_from_nowhere(start: Start) -> None:
    assert start().run("import os; print(os.readlink('/proc/self/fd/0'))") == "/dev/null"


def test_what_a_kernel_logs_lands_in_the_servers_log(
    start: Start, capfd: pytest.CaptureFixture[str]
) -> None:
    kernel = start()
    kernel.run("get_ipython().kernel.log.error('a word to the server')")
    wait_until(lambda: "a word to the server" in capfd.readouterr().err, "it is in the log")


def test_a_log_given_for_one_kernel_is_used(start: Start, tmp_path: Path) -> None:
    with (tmp_path / "log").open("w") as log:
        kernel = start(stdout=log, stderr=log)
    kernel.run("get_ipython().kernel.log.error('a word to the file')")
    wait_until(lambda: "a word to the file" in (tmp_path / "log").read_text(), "it is in the file")


def test_kernels_keep_no_history(start: Start) -> None:
    assert start().run("print(get_ipython().history_manager.enabled)") == "False"


def test_garbage_is_collected_in_kernels(start: Start) -> None:
    assert start().run("import gc; print(gc.isenabled())") == "True"
