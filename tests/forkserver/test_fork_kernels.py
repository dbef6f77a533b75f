"""A forked kernel does what an ordinary one does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from myths.forkserver import ForkProvisioner, ForkServer, child

from tests.forkserver.kernels import MODULES, Kernel, Watch, children

Start = Callable[..., Kernel]


@pytest.mark.parametrize("transport", ["ipc", "tcp"])
def test_a_kernel_runs_code_over(transport: str, start: Start) -> None:
    assert (
        start(transport=transport).run("import pandas; print(pandas.Series([1, 2]).sum())") == "3"
    )


def test_a_kernel_is_forked_rather_than_started(start: Start, loaded: ForkServer) -> None:
    assert start().run("import os; print(os.getppid())") == str(loaded.pid)


def test_jupyter_finds_the_provisioner_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "fork-provisioner"
    entry = EntryPoint(
        name, "myths.forkserver:ForkProvisioner", KernelProvisionerFactory.GROUP_NAME
    )
    factory = KernelProvisionerFactory.instance()
    monkeypatch.setitem(factory.provisioners, name, entry)
    monkeypatch.setattr(factory, "default_provisioner_name", name)
    manager = KernelManager(transport="ipc", connection_file=str(tmp_path / "k.json"))
    manager.start_kernel()
    try:
        assert isinstance(manager.provisioner, ForkProvisioner)
        assert manager.is_alive()
    finally:
        manager.shutdown_kernel(now=True)


def test_a_ready_kernel_imports_nothing_that_the_fork_server_could_have(start: Start) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from forkserver import zygote; "
        f"zygote.preload({MODULES}); print(*sys.modules)"
    )
    preloaded = subprocess.run(
        [sys.executable, "-c", code, str(Path(child.__file__).parents[1])],
        env=os.environ | child.ONE_THREAD,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout
    ready = start().run("import sys; print(*sys.modules)")
    assert set(ready.split()) - set(preloaded.split()) == set()


def test_a_kernel_carries_nothing_of_the_jupyter_server(start: Start) -> None:
    code = "import sys; print({'myths', 'voila', 'jupyter_server'} & set(sys.modules))"
    assert start().run(code) == "set()"


def test_a_debugger_is_there_only_if_it_is_asked_for(start: Start) -> None:
    code = "import ipykernel.debugger as d; print(d._is_debugpy_available)"
    server = ForkServer(["debugpy"])
    try:
        assert start(server).run(code) == "True"
        assert start().run(code) == "False"
        assert start().run("import debugpy; print('a cell may import it')")
    finally:
        server.close()


def test_widgets_open_their_comms(start: Start) -> None:
    kernel = start()
    kernel.run("import ipywidgets; slider = ipywidgets.IntSlider()")
    message = kernel.client.comm_info()
    while (reply := kernel.client.get_shell_msg(timeout=10))["parent_header"]["msg_id"] != message:
        pass
    assert len(reply["content"]["comms"]) == 3  # the slider, its layout, its style


def test_widgets_take_messages_though_they_were_imported_before_there_was_a_kernel(
    start: Start,
) -> None:
    server = ForkServer(["ipywidgets"])
    try:
        kernel = start(server, extra_arguments=["--IPKernelApp.extensions=['ipywidgets']"])
        targets = kernel.run("print(*get_ipython().kernel.comm_manager.targets)")
    finally:
        server.close()
    assert "jupyter.widget.control" in targets.split()


def test_an_interrupt_stops_a_running_cell(start: Start) -> None:
    kernel = start()
    message = kernel.client.execute("import time; time.sleep(60)", stop_on_error=False)
    while kernel.client.get_iopub_msg(timeout=10)["msg_type"] != "execute_input":
        pass
    time.sleep(0.2)
    kernel.manager.interrupt_kernel()
    while (reply := kernel.client.get_shell_msg(timeout=10))["parent_header"]["msg_id"] != message:
        pass
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    assert kernel.run("print('still here')") == "still here"


@pytest.mark.parametrize("linux", ["new", "before 6.9"])
def test_a_signal_reaches_what_the_kernel_started_too_on_linux(
    linux: str, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    if linux != "new":
        monkeypatch.setattr("myths.forkserver.process._GROUP", 1 << 30)
    kernel = start()
    code = "import subprocess as s; p = s.Popen(['sleep', '60']); print(p.pid)"
    with Watch(int(kernel.run(code))) as sleeper, Watch(kernel.pid) as leader:
        kernel.manager.signal_kernel(signal.SIGKILL)
        assert sleeper.ended(10)
        assert leader.ended(10)


def test_a_restart_gives_a_new_process_with_the_same_files(start: Start) -> None:
    kernel = start()
    kernel.run("x = 1")
    before = kernel.pid
    kernel.manager.restart_kernel()
    kernel.client.wait_for_ready(timeout=20)
    assert kernel.run("print('x' in globals())") == "False"
    assert kernel.pid != before


def test_a_polite_shutdown_is_quick_and_leaves_no_file(start: Start, tmp_path: Path) -> None:
    kernel = start()
    begin = time.monotonic()
    kernel.stop()
    assert time.monotonic() - begin < 1
    assert [path for path in tmp_path.rglob("*") if not path.is_dir()] == []


def test_exit_handlers_run_at_a_polite_shutdown(start: Start, tmp_path: Path) -> None:
    kernel = start()
    kernel.run(f"import atexit; atexit.register(open, {str(tmp_path / 'bye')!r}, 'w')")
    kernel.stop()
    assert (tmp_path / "bye").exists()


def test_poll_tells_that_a_kernel_was_killed(start: Start, loaded: ForkServer) -> None:
    kernel = start()
    process = kernel.manager.provisioner.process
    os.kill(kernel.pid, signal.SIGKILL)
    assert process.wait(10) == -signal.SIGKILL
    assert not kernel.manager.is_alive()
    assert loaded.pid
    assert kernel.pid not in children(loaded.pid)


def test_poll_tells_with_which_status_a_kernel_exited(start: Start) -> None:
    kernel = start()
    kernel.client.execute("import os; os._exit(7)")
    assert kernel.manager.provisioner.process.wait(10) == 7


def test_arguments_for_ipykernel_arrive(start: Start) -> None:
    kernel = start(extra_arguments=["--InteractiveShell.cache_size=3"])
    assert kernel.run("print(get_ipython().cache_size)") == "3"


def test_a_notebook_imports_from_its_folder_and_not_from_the_servers(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / "beside_the_notebook.py").write_text("")
    kernel = start(cwd=str(tmp_path))
    kernel.run("import beside_the_notebook")
    assert kernel.run(f"import sys; print({str(Path.cwd())!r} in sys.path)") == "False"
    assert kernel.run("print(sys.executable)") == sys.executable
