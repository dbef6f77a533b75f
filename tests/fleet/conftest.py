"""Two servers, a pooler, a database and the proxy of `deploy/`, as plain processes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import pytest
from myths.store import Store, Workshop, open_store

from tests import postgres
from tests.faults.conftest import chance, table  # noqa: F401  fixtures
from tests.forkserver.kernels import wait_until
from tests.haproxy import Balancer, balancing
from tests.pgbouncer import Pooler, pooling
from tests.server.conftest import Running
from tests.server.machine import Machine, free_port


@dataclass
class Site:
    """What an organisation runs: `direct` leads to its database, past the pooler."""

    database: postgres.Server
    direct: str
    pooler: Pooler
    machines: list[Machine]
    proxy: Balancer
    folder: Path
    lives: dict[str, int] = field(default_factory=dict)

    @property
    def store(self) -> Store:
        return open_store(self.direct)

    def room(self, machine: Machine | None = None, workshop: Workshop | None = None) -> Running:
        """A workshop as people see it through the proxy, or at one machine."""
        workshop = workshop or self.store.open_workshop()
        one = machine or self.machines[0]
        found = replace(one.seen_by(workshop), db=self.direct)
        if machine:
            return found
        return replace(found, link=f"{self.proxy.address}/?w={workshop.code}")

    def logs(self) -> str:
        return "".join(machine.log.read_text() for machine in self.machines)


class Load(NamedTuple):
    """How many people answer, and how often a fault is done to them."""

    people: int
    times: int


@pytest.fixture(params=[pytest.param(Load(200, 3), marks=pytest.mark.soak)], ids=["many"])
def load(request: pytest.FixtureRequest) -> Load:
    """Many people, in the soak run alone."""
    given: Load = request.param
    return given


@contextmanager
def site(
    folder: Path,
    *options: str,
    several: int = 2,
    https: bool = True,
    own: Sequence[Mapping[str, str]] = ({}, {}),
) -> Iterator[Site]:
    """Start all of it at once, on an empty database.

    Without `https` people can also go to a machine past the proxy, and keep their cookies. `own` is
    added to the environment of each machine.
    """
    with ExitStack() as stack:
        server = stack.enter_context(postgres.running())
        direct = stack.enter_context(server.database("workshop"))
        pooler = stack.enter_context(pooling(direct))
        port = free_port()
        behind = ["--behind", f"https://localhost:{port}"] if https else []
        machines = [
            Machine(
                pooler.url,
                folder / f"server-{number}.log",
                *behind,
                *options,
                more={"MYTHS_DB_DIRECT": direct, **own[number]},
            )
            for number in range(several)
        ]
        for machine in machines:
            stack.enter_context(machine)
        ports = [machine.port for machine in machines]
        proxy = stack.enter_context(balancing(folder, port, ports))
        running = Site(server, direct, pooler, machines, proxy, folder)
        wait_until(lambda: running.store.servers() == several, "each has heard of the others")
        yield running


@pytest.fixture(autouse=True)
def _trusted(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have this test's browsers trust the proxy."""
    if "here" in request.fixturenames:
        trust(request.getfixturevalue("here"), monkeypatch)


def trust(here: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(here.proxy.certificate))
    monkeypatch.setenv("WEBSOCKET_CLIENT_CA_BUNDLE", str(here.proxy.certificate))


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site for all tests of a file, which leave it as it is."""
    with site(tmp_path_factory.mktemp("site")) as running:
        yield running
