"""Starting the server, and telling the trainer where they are."""

from __future__ import annotations

import atexit
import glob
import logging
import math
import os
import shutil
import socket
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
from jupyter_core.paths import jupyter_runtime_dir
from traitlets.config import Config

from myths import catalog
from myths.edition import CONTENT_VARIABLE, PUBLISHED_VARIABLE
from myths.pages import SECONDS
from myths.server.announcement import Announcement
from myths.server.app import WorkshopApp
from myths.server.assets import Assets
from myths.server.capacity import (
    Capacity,
    connections_for,
    most_files,
    page_files,
    return_memory,
)
from myths.server.context import ServerContext
from myths.server.data_job import DataJobs
from myths.server.drain import Drain
from myths.server.join_address import JoinAddress
from myths.server.made_up_crowd import MadeUpCrowds
from myths.server.page_templates import environment
from myths.server.preparation import free_port, prepare
from myths.server.rate_limit import Fleet, Quota, RateLimiter
from myths.server.rating_saves import RatingSaves
from myths.server.role_quotas import RoleQuotas

_SAVES = 8  # answers that a database server is given at once


def serve(
    *,
    db: str | None,
    content: Path | None = None,
    notebooks: Path,
    published: Path | None = None,
    ip: str = "127.0.0.1",
    port: int = 8866,
    behind: str = "",
    exit_url: str = "",
    most_pages: int = 0,
    seconds: float = SECONDS,
    drain: float = 0,
    metrics_ip: str = "127.0.0.1",
    metrics_port: int = 0,
    worker: Path | None = None,
    announce: Callable[[Announcement], None] | None = None,
) -> None:
    """Serve the participants' and the staff's pages until the process is ended.

    They are those that were published of `content` and `notebooks`, which is kept in `published`
    (as `edition.published_folder` finds it). Nothing is published of an installed package's own.

    `announce` is called once the server listens, and an open workshop is made when there is none.
    Without it nobody reads along: neither a workshop nor a staff key is made, and the log says what
    there is to say. `behind`: the address of a proxy in front, of whose X-Forwarded-For the last
    entry is then believed. `exit_url` is where the exit button leads, if not where the content
    says. `most_pages` limits the pages that are open at once (0: as many as there is memory for);
    the cells of a page may take `seconds`. Asked to end, the server has `drain` seconds in which
    its pages go on at another one. Numbers for Prometheus are at `metrics_port`. A `worker` listens
    at that Unix socket, for the balancer that has `ip` and `port`.

    Raises StoreError when the store cannot be opened, ContentError when the content has faults,
    PublicationError when it cannot be published for the first time, MythsError when `port` is taken
    (0 takes any free one) or an address is none.
    """
    prepared = prepare(
        db=db,
        content=content,
        notebooks=notebooks,
        published=published,
        ip=ip,
        port=port,
        behind=behind,
        exit_url=exit_url,
        seconds=seconds,
        is_taken=worker is not None,
    )
    store, publication, port = prepared.store, prepared.publication, prepared.port
    if metrics_port:
        free_port(metrics_ip, metrics_port, option="metrics-")
    tell = prepared.telling(announce, is_worker=worker is not None)
    fleet = Fleet()
    copies, files = _copies_folder(), most_files()
    joining = JoinAddress(store, ip=ip, port=port)
    settings = {
        "MYTHS_DB": store.address,
        CONTENT_VARIABLE: str(prepared.content),
        PUBLISHED_VARIABLE: str(publication.published.folder if publication else ""),
    }
    crowds = MadeUpCrowds(address=joining.own, settings=settings)
    # SQLite has one writer at a time: others would look again and again whether it is done
    saves = ThreadPoolExecutor(1 if store.file else _SAVES, thread_name_prefix="saves")
    pages = WorkshopApp(
        config=Config(
            {"Voila": {"ip": ip, "port": port, "port_retries": 0, "open_browser": False}}
        ),
        root_dir=str(notebooks.resolve()),
        log_level=logging.ERROR,
        context=ServerContext(
            store=store,
            tag=store.tag(),
            library=catalog.Library(
                prepared.content,
                under=copies,
                published=(lambda: publication.served_content) if publication else None,
            ),
            copies=copies,
            publication=publication,
            saves=saves,
            ratings=RatingSaves(store, saves),
            drain=Drain(drain),
            templates=environment(),
            assets=Assets.gather(),
            fleet=fleet,
            limiter=RateLimiter(common=Quota(600, 20, fleet=fleet), fleet=fleet),  # short codes
            recoveries=RateLimiter(fleet=fleet),
            keys=RateLimiter(times=10, fleet=fleet),
            tests=RateLimiter(times=200, fleet=fleet),
            openings=RoleQuotas(60, seconds=60, fleet=fleet),
            downloads=RoleQuotas(10, seconds=300, fleet=fleet),
            data=DataJobs(copies, settings),
            capacity=Capacity(most=most_pages or math.inf, files=page_files(files)),
            exit_url=exit_url,
            address=prepared.address,
            joining=joining,
            crowds=crowds,
            proxied=bool(behind),
            forwarded=bool(behind or worker),
            seconds=seconds,
        ),
        most_connections=connections_for(files),
        metrics_ip=metrics_ip,
        metrics_port=metrics_port,
        socket=str(worker or ""),
        on_ready=tell,
    )
    return_memory()
    atexit.register(crowds.stop)
    with store.serving():
        pages.launch()


def _copies_folder() -> Path:
    """Make this server's folder for copies, and remove those of servers that were killed.

    It is where this account's servers keep what only they need; nothing cleans up there meanwhile.
    """
    runtime, ours = _runtime_folder(), f"myths-{socket.gethostname()}-"
    folder = runtime / f"{ours}{os.getpid()}"
    for each in runtime.glob(f"{glob.escape(ours)}*"):
        number = each.name.removeprefix(ours)
        if each == folder or not (number.isdigit() and psutil.pid_exists(int(number))):
            shutil.rmtree(each, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _runtime_folder() -> Path:
    """Return the folder of this account's servers, or a new one if it has no home to write to."""
    folder = Path(jupyter_runtime_dir())
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="myths-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        os.environ["JUPYTER_RUNTIME_DIR"] = str(folder)  # for Jupyter, and its kernels
    return folder
