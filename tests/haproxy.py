"""A real HAProxy before several servers, with the settings that `deploy/` has."""

from __future__ import annotations

import signal
import ssl
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.forkserver.kernels import wait_until
from tests.server.conftest import ROOT
from tests.server.machine import free_port
from tests.system_programs import system_program

HOST = "localhost"
SETTINGS = ROOT / "deploy/haproxy/haproxy.cfg"
PAGE = ROOT / "widgets/myths/server/templates/one-moment.http"


class Balancer:
    """The proxy of `deploy/compose.yaml` at a port of this machine, before servers at `ports`."""

    def __init__(self, folder: Path, port: int, ports: Sequence[int]) -> None:
        self.port, self.plain = port, free_port()
        self.certificate = folder / "workshop.pem"
        _certify(self.certificate)
        settings = SETTINGS.read_text()
        for real, ours in {
            "bind :8443 ssl crt /certificates/": (
                f"bind 127.0.0.1:{self.port} ssl crt {self.certificate}"
            ),
            "bind :8080": f"bind 127.0.0.1:{self.plain}",
            "errorfile 503 /usr/local/etc/haproxy/": f"errorfile 503 {PAGE.parent}/",
            " resolvers names init-addr none": "",
            **{
                f"worker-{number}:8866": f"127.0.0.1:{port}"
                for number, port in enumerate(ports, start=1)
            },
        }.items():
            assert real in settings, real
            settings = settings.replace(real, ours)
        self._settings, self._log = folder / "haproxy.cfg", folder / "haproxy.log"
        self._settings.write_text(settings)
        self.start()

    @property
    def address(self) -> str:
        return f"https://{HOST}:{self.port}"

    @property
    def log(self) -> str:
        return self._log.read_text()

    def start(self) -> None:
        with self._log.open("a") as log:
            self._process = subprocess.Popen(
                [system_program("haproxy", "HAProxy"), "-db", "-f", self._settings],
                stdout=log,
                stderr=log,
            )
        wait_until(self._answers, "the proxy answers")

    def end(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def client(self, address: str = "") -> httpx.Client:
        """A browser that trusts this proxy."""
        context = ssl.create_default_context(cafile=str(self.certificate))
        return httpx.Client(base_url=address or self.address, verify=context, timeout=60)

    def _answers(self) -> bool:
        assert self._process.poll() is None, self.log
        try:
            with self.client() as http:
                return http.get("/readyz").status_code in (200, 503)
        except httpx.HTTPError:
            return False


@contextmanager
def balancing(folder: Path, port: int, ports: Sequence[int]) -> Iterator[Balancer]:
    balancer = Balancer(folder, port, ports)
    try:
        yield balancer
    finally:
        balancer.end()


def _certify(file: Path) -> None:
    """Write a certificate for this machine that nobody has signed, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
