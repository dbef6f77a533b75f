"""A template runs something once; kernels that are forked from it have it, each for itself."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest
from myths.forkserver import (
    ForkedProcess,
    ForkServer,
    ForkServerError,
    FunctionError,
    OverdueError,
    Prepared,
    Template,
    UnforkableError,
)

from tests.forkserver import prepared
from tests.forkserver.kernels import Kernel, Watch, children, holds, wait_until
from tests.threads import finish

LEFT = f"from {prepared.__name__} import left\n"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def makers() -> Iterator[ForkServer]:
    """A fork server that can import the functions of these tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
        server = ForkServer(["ipykernel.kernelapp"], patience=20)
        yield server
    server.close()


def prepare(server: ForkServer, function: Callable[..., Prepared], **arguments: Any) -> Template:
    env = dict(os.environ) | {"PLACE": "here"}
    work = server.prepare(function, env=env, cwd=str(ROOT), stdout=1, stderr=2, **arguments)
    return finish(work)


@pytest.fixture(scope="module")
def template(makers: ForkServer) -> Iterator[Template]:
    made = prepare(makers, prepared.leave, what="bread")
    yield made
    made.close()


@pytest.fixture
def fork(tmp_path: Path) -> Iterator[Callable[..., Kernel]]:
    """Fork a kernel from a template for somebody."""
    kernels: list[Kernel] = []

    def fork(template: Template, who: str = "anna", **options: Any) -> Kernel:
        env = dict(os.environ) | {"WHO": who}
        kernels.append(Kernel(tmp_path, None, template=template, env=env, **options))
        return kernels[-1]

    yield fork
    for kernel in kernels:
        kernel.stop(now=True)


def test_a_template_tells_what_its_function_returned(template: Template):
    assert template.alive
    assert template.result == {"said": "bread", "pid": template.process.pid, "place": "here"}


def test_a_kernel_has_what_the_function_left(template: Template, fork: Callable[..., Kernel]):
    kernel = fork(template)
    assert kernel.run(f"{LEFT}print(left['what'])") == "bread"
    assert kernel.run("import os; print(os.getppid())") == str(template.process.pid)
    assert kernel.run("print(os.environ.get('PLACE'))") == "None"


async def serve(
    template: Template, wire: socket.socket, function: Callable[..., object], **options: Any
) -> ForkedProcess:
    env = dict(os.environ) | {"WHO": "anna"}
    return await template.serve(
        function, wire, env=env, cwd=str(ROOT), stdout=1, stderr=2, **options
    )


def test_a_function_serves_a_socket_in_place_of_a_kernel_and_ends_with_it(template: Template):
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            work = serve(template, theirs, prepared.echo, begin=prepared.begin)
            process = finish(work)
        ours.settimeout(10)
        ours.sendall(b"hello")
        assert ours.recv(1000) == b"bread [('anna', ['a state of', 'bread'])] hello"
    wait_until(lambda: process.poll() == 0, "it ends with its socket")


def test_a_process_has_the_name_that_it_was_given(template: Template):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        process = finish(serve(template, theirs, prepared.echo, name="a name of thirty letters"))
        name = Path(f"/proc/{process.pid}/comm").read_text()
        assert name == "a name of thirt\n"
        process.close()


def test_a_process_that_does_not_listen_ends_when_it_is_let_go(template: Template):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        process = finish(serve(template, theirs, prepared.loop))
        with Watch(process.pid) as watch:
            assert not watch.ended(0.2)
            process.close()
            assert watch.ended(10)


def test_a_template_that_is_held_outlives_its_closing(makers: ForkServer):
    held = prepare(makers, prepared.leave, what="cake")
    one, other = object(), object()
    held.hold(one)
    held.hold(other)
    held.close()
    assert (held.alive, held.is_open) == (True, False)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        process = finish(serve(held, theirs, prepared.echo))
        ours.settimeout(10)
        ours.sendall(b"?")
        assert ours.recv(1000).startswith(b"cake")
        held.release(one)
        held.release(one)
        assert held.alive
        held.release(other)
        wait_until(lambda: not held.alive, "it ends when nobody holds it")
        process.close()


def test_what_one_kernel_changes_is_not_seen_in_another(
    template: Template, fork: Callable[..., Kernel]
):
    fork(template).run(f"{LEFT}left['what'] = 'cake'")
    assert fork(template).run(f"{LEFT}print(left['what'])") == "bread"


def test_a_kernel_begins_with_the_function_that_is_named_and_what_was_left_for_it(
    template: Template, fork: Callable[..., Kernel]
):
    kernel = fork(template, "ben", begin=prepared.begin)
    assert kernel.run(f"{LEFT}print(left['begun'])") == "[('ben', ['a state of', 'bread'])]"


def test_what_the_beginning_returns_comes_back_with_the_kernel_however_long_it_is(
    template: Template, fork: Callable[..., Kernel]
):
    kernel = fork(template, "ben", begin=prepared.tell)
    begun = kernel.manager.provisioner.process.begun
    assert (begun["state"], len(begun["long"])) == ("bread", 400_000)
    assert kernel.run("print('it runs')") == "it runs"
    assert fork(template).manager.provisioner.process.begun is None


def test_nobodys_name_is_left_in_a_template_or_in_the_next_ones_kernel(
    template: Template, fork: Callable[..., Kernel]
):
    secret = os.urandom(12).hex()
    first = fork(template, secret, begin=prepared.begin)
    assert holds(first.pid, secret.encode())
    second = fork(template, "ben", begin=prepared.begin)
    assert not holds(template.process.pid, secret.encode())
    assert not holds(second.pid, secret.encode())


def test_a_beginning_that_fails_is_told_and_leaves_no_process(
    template: Template, fork: Callable[..., Kernel]
):
    before = children(template.process.pid)
    with pytest.raises(ForkServerError, match="This cannot be prepared"):
        fork(template, begin=prepared.stumble)
    wait_until(lambda: children(template.process.pid) == before, "the fork is reaped")


@pytest.mark.parametrize(
    ("function", "sentence"),
    [
        (prepared.stumble, "ValueError: This cannot be prepared."),
        (prepared.start_a_thread, "starts a thread, which no fork survives"),
        (prepared.leave_a_file_open, "which all kernels would share"),
        (prepared.return_a_thing, "not JSON serializable"),
        (prepared.end_the_process, "ended with status 7"),
    ],
)
def test_what_cannot_be_forked_is_told(
    makers: ForkServer, function: Callable[..., Prepared], sentence: str
):
    with pytest.raises(ForkServerError, match=sentence):
        prepare(makers, function)
    assert prepare(makers, prepared.leave, what="soup").result["said"] == "soup"


@pytest.mark.parametrize(
    ("function", "kind"),
    [
        (prepared.start_a_thread, UnforkableError),
        (prepared.leave_a_file_open, UnforkableError),
        (prepared.stumble, FunctionError),
        (prepared.end_the_process, FunctionError),
    ],
)
def test_who_asks_knows_whether_it_ran_and_only_cannot_be_forked(
    makers: ForkServer, function: Callable[..., Prepared], kind: type[ForkServerError]
):
    with pytest.raises(ForkServerError) as caught:
        prepare(makers, function)
    assert type(caught.value) is kind


def test_a_file_that_is_only_read_is_read_by_each_kernel_from_where_it_was(
    makers: ForkServer, fork: Callable[..., Kernel], tmp_path: Path
):
    (tmp_path / "font").write_text("one\n" + "x" * 20_000 + "\nthree\n")
    template = prepare(makers, prepared.leave_a_file_half_read, path=str(tmp_path / "font"))
    assert template.result == "one\n"
    kernels = [fork(template), fork(template)]
    for _ in range(2):  # each in turn, so that one would move the other
        lines = [each.run(f"{LEFT}print(left['read'].readline()[:5])") for each in kernels]
        assert lines[0] == lines[1]
    assert lines == ["three", "three"]
    template.close()


def noted(note: Path) -> list[int]:
    """The two processes of a function that never ends."""
    wait_until(lambda: note.exists() and len(note.read_text().split()) == 2, "it runs")
    return [int(pid) for pid in note.read_text().split()]


def test_a_function_that_does_not_end_is_ended_with_all_it_started(
    makers: ForkServer, tmp_path: Path
):
    before, note = makers.pid, tmp_path / "pids"
    with pytest.raises(OverdueError, match="longer than 1 seconds"):
        prepare(makers, prepared.never_end, limit=1, note=str(note))
    with ExitStack() as stack:
        for each in noted(note):
            with suppress(ProcessLookupError):  # it is gone already
                assert stack.enter_context(Watch(each)).ended(10)
    assert makers.pid == before  # the fork server is as it was
    assert prepare(makers, prepared.leave, what="soup").result["said"] == "soup"


def test_a_function_that_does_not_end_ends_with_its_fork_server(tmp_path: Path):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        server, note = ForkServer(["ipykernel.kernelapp"], patience=20), tmp_path / "pids"
        with ThreadPoolExecutor() as pool:
            work = pool.submit(prepare, server, prepared.never_end, note=str(note))
            runs, other = noted(note)
            with Watch(runs) as process:
                server.close()
                assert process.ended(10)
            os.kill(other, signal.SIGKILL)  # its own process was killed, and could not do it
            with pytest.raises(ForkServerError, match="died meanwhile"):
                work.result(20)


def test_a_function_that_the_fork_server_does_not_find_is_told(
    makers: ForkServer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(prepared.nowhere, "__qualname__", "elsewhere")
    with pytest.raises(ForkServerError, match="has no attribute 'elsewhere'"):
        prepare(makers, prepared.nowhere)


def test_a_function_that_no_other_process_can_find_is_refused(makers: ForkServer):
    with pytest.raises(ValueError, match="cannot be found from another process"):
        prepare(makers, lambda: Prepared(None))


def test_a_template_that_was_killed_says_so_and_its_kernels_go_on(
    makers: ForkServer, fork: Callable[..., Kernel]
):
    template = prepare(makers, prepared.leave, what="bread")
    kernel = fork(template)
    os.kill(template.process.pid, signal.SIGKILL)
    wait_until(lambda: not template.alive, "the end of the template is known")
    with pytest.raises(ForkServerError, match="has ended"):
        fork(template)
    assert kernel.run("print(1)") == "1"


def test_a_template_outlives_its_fork_server(fork: Callable[..., Kernel], makers: ForkServer):
    template = prepare(makers, prepared.leave, what="bread")
    assert makers.pid
    os.kill(makers.pid, signal.SIGKILL)
    assert fork(template).run(f"{LEFT}print(left['what'])") == "bread"
    template.close()


def test_a_template_that_is_closed_ends(makers: ForkServer):
    template = prepare(makers, prepared.leave, what="bread")
    with Watch(template.process.pid) as process:
        template.close()
        assert process.ended(10)
