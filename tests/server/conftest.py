"""A real server in a process of its own, and a visitor who talks to it without a browser."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from myths.store import Store, Workshop, open_store
from myths.studio import Publication

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Running:
    """A server that listens, what it `told` when it started, its store, the file it logs to."""

    link: str
    code: str
    db: str
    log: Path
    process: subprocess.Popen[str]
    told: str = ""

    def url(self, path: str) -> str:
        return urllib.parse.urljoin(self.link, path)

    @property
    def port(self) -> int:
        return int(urllib.parse.urlsplit(self.link).port or 0)

    @property
    def file(self) -> Path:
        """The database, where it is a file."""
        return Path(self.db.removeprefix("sqlite:///"))

    @property
    def store(self) -> Store:
        return open_store(self.db)

    def another_workshop(self, modules: Sequence[str] = ()) -> Running:
        """The same server, seen by people who join a workshop of their own."""
        return self._seen_by(self.store.open_workshop(modules=modules))

    def earlier_workshop(self, modules: Sequence[str] = ()) -> Running:
        """The same server, and a workshop that asks its follow-up and that people can join."""
        opened = datetime.now(UTC) - timedelta(days=100)
        return self._seen_by(self.store.open_workshop(days=150, modules=modules, now=opened))

    def _seen_by(self, workshop: Workshop) -> Running:
        return replace(self, code=workshop.code, link=self.url(f"/?w={workshop.code}"))


def command(db: Path, *options: str) -> list[str]:
    place = ["--db", f"sqlite:///{db}", "--published", str(db.with_suffix(".published"))]
    return [sys.executable, "-m", "myths", "serve", "--port", "0", *place, *options]


@dataclass(frozen=True)
class Draft:
    """A trainer's files of a server that was started by `command`, and what was published."""

    content: Path
    notebooks: Path
    published: Path

    @property
    def publication(self) -> Publication:
        return Publication(self.content, self.notebooks / "participants", self.published)

    def publish(self) -> None:
        """Publish it as a trainer does, except that no page is run, which takes long."""
        self.publication.publish(run=False)

    def put(self) -> None:
        """Have it served with whatever faults it has, as if the check had missed them."""
        publication = self.publication
        publication._put(publication.draft, "publish")


def start(db: Path, *options: str, more: Mapping[str, str] | None = None) -> Running:
    """Start `myths serve` on a free port and wait until it says that it is ready."""
    return launch(command(db, *options), f"sqlite:///{db}", db.with_suffix(".log"), more=more)


def launch(
    command: Sequence[str],
    db: str,
    log: Path,
    *,
    more: Mapping[str, str] | None = None,
    errors: str = "strict",
) -> Running:
    """Start a server, with `more` in its environment, and wait until it says that it is ready.

    `errors` is how to read what is no UTF-8: a console may write in another encoding.
    """
    with log.open("a") as faults:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=faults,
            text=True,
            errors=errors,
            env={**os.environ, "MYTHS_PUBLISHED": f"{log}-published", **(more or {})},
        )
    assert process.stdout
    told = ""
    for line in process.stdout:
        told += line
        if "Ctrl+C" in line:
            break
    link = re.search(r"https?://\S+\?w=(\w+)", told)
    assert link, f"the server did not start: {told} {log.read_text()}"
    return Running(link[0], code=link[1], db=db, log=log, process=process, told=told)


def stop(running: Running) -> None:
    running.process.terminate()
    try:
        running.process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        running.process.kill()
        running.process.wait()


@contextmanager
def serving(db: Path, *options: str, more: Mapping[str, str] | None = None) -> Iterator[Running]:
    running = start(db, *options, more=more)
    try:
        yield running
    finally:
        stop(running)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One server for all tests that leave it as it is."""
    with serving(tmp_path_factory.mktemp("store") / "workshop.sqlite") as running:
        yield running


class Visitor:
    """Somebody with cookies who fills in the forms."""

    def __init__(self, server: Running) -> None:
        self.server = server
        self.http = httpx.Client(base_url=server.url("/"), timeout=60)

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def cookie(self, kind: str = "visit") -> str:
        """The name of a cookie of this server."""
        return f"{kind}-{self.server.store.tag()}"

    @property
    def token(self) -> str:
        """What the browser was given; empty for somebody who is not in."""
        return self.http.cookies.get(self.cookie()) or ""

    @token.setter
    def token(self, value: str) -> None:
        self.http.cookies.set(self.cookie(), value)

    def get(self, path: str) -> httpx.Response:
        return self.http.get(path)

    @property
    def secret(self) -> str:
        """What forms have, so that no other site can send one."""
        form = re.search(r'name="_xsrf" value="([^"]+)"', self.get("/staff/").text)
        assert form
        return form[1]

    def send(self, path: str, **fields: str) -> httpx.Response:
        """Send a form."""
        return self.http.post(path, data={"_xsrf": self.secret, **fields})

    def join(self, code: str = "", agree: str = "yes", contributes: str = "yes") -> httpx.Response:
        """Join as a browser does; gives the page with the recovery code, or with what is wrong."""
        told = {"agree": agree, "contributes": contributes}
        answer = self.send("/", code=code or self.server.code, **told)
        return self.get(answer.headers["Location"]) if answer.status_code == 303 else answer


@pytest.fixture
def visitor(server: Running) -> Iterator[Visitor]:
    with Visitor(server) as someone:
        yield someone


def read(page: httpx.Response) -> str:
    """What the page says, as text on one line."""
    body = re.sub(r"(?s)<(script|head)\b.*?</\1>", "", page.text)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())


def recovery_code(page: httpx.Response) -> str:
    code = re.search(r'id="recovery-code">([^<]+)<', page.text)
    assert code, read(page)
    return code[1]
