"""Numbers about the running server, for Prometheus: how much there is to do and how long it takes.

No number is of a person, a workshop or a question, so nothing but sums can be read from them. They
are at an address of their own, where no participant comes (see `serve_metrics`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from myths import live

_SAVED = (b'"update"', b'"receipt"', b'"saved"')  # what a receipt's message has
_WATCHED = 64  # messages of a page of which a receipt may yet come
_QUICK = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)

disable_created_metrics()  # type: ignore[no-untyped-call]  # when something was first done
REGISTRY = CollectorRegistry()
REQUESTS = Histogram(
    "myths_request_seconds",
    "From a request to the end of its answer, by what answered it.",
    ["handler", "status"],
    buckets=_QUICK,
    registry=REGISTRY,
)
FORKS = Histogram(
    "myths_fork_seconds", "Starting a page's kernel.", buckets=_QUICK, registry=REGISTRY
)
FAILED_FORKS = Counter("myths_failed_forks", "Kernels that did not start.", registry=REGISTRY)
SAVES = Histogram(
    "myths_save_seconds",
    "From an answer's arrival to its receipt, of those that were saved.",
    buckets=_QUICK,
    registry=REGISTRY,
)
TURNED_AWAY = Counter(
    "myths_turned_away",
    "Those who were asked to wait, by what was full.",
    ["by"],
    registry=REGISTRY,
)
ProcessCollector(registry=REGISTRY)


@dataclass(frozen=True)
class StateGauge:
    """A number that is read when somebody asks: its name, what it says, and how to read it."""

    name: str
    help: str
    read: Callable[[], float]


class StateCollector(Collector):
    """What there is at this moment, read from where it is kept."""

    def __init__(self, gauges: Iterable[StateGauge]) -> None:
        """Take what is read."""
        self._gauges = tuple(gauges)

    def collect(self) -> Iterable[Metric]:
        """Read everything (Prometheus's hook)."""
        for each in self._gauges:
            yield GaugeMetricFamily(each.name, each.help, value=each.read())
        looks = CounterMetricFamily(
            "myths_looks", "Looks at what a group answered, by what was shown.", labels=["shown"]
        )
        for shown, number in _looks().items():
            looks.add_metric([shown], number)
        yield looks


def _looks() -> Mapping[str, int]:
    """Return the looks that showed something, and those at too few people."""
    return {"results": live.looks["shown"], "nothing": live.looks["suppressed"]}


@contextmanager
def timing_fork() -> Iterator[None]:
    """Count a kernel that starts while the block runs, and its time; or that it did not start."""
    began = time.monotonic()
    try:
        yield
    except BaseException:
        FAILED_FORKS.inc()
        raise
    FORKS.observe(time.monotonic() - began)


class SaveWatch:
    """Times the answers of one page: from when they came until their receipt says "saved"."""

    def __init__(self) -> None:
        self._begun: dict[str, float] = {}

    def begin(self, name: str) -> None:
        """Note that a message came; of those that are no answers the oldest go."""
        self._begun[name] = time.monotonic()
        if len(self._begun) > _WATCHED:
            del self._begun[next(iter(self._begun))]

    def hear(self, name: str, content: bytes) -> None:
        """Look at what the kernel says to a message."""
        if name in self._begun and all(each in content for each in _SAVED):
            SAVES.observe(time.monotonic() - self._begun.pop(name))


def note_request(handler: RequestHandler) -> None:
    """Count a request and its time (Tornado's hook); nothing of whose it was, or where it led."""
    name = type(handler).__name__.removesuffix("Handler")
    status = f"{handler.get_status() // 100}xx"
    REQUESTS.labels(name, status).observe(handler.request.request_time())


class MetricsHandler(RequestHandler):
    """`/metrics`, at the metrics' own address."""

    def get(self) -> None:
        """Send all numbers."""
        self.set_header("Content-Type", CONTENT_TYPE_LATEST)
        self.finish(generate_latest(REGISTRY))


def serve_metrics(*, ip: str, port: int, gauges: Iterable[StateGauge]) -> None:
    """Serve the numbers at `port` of `ip`, and nothing else there, from within the server's loop.

    The pages are at another port, so a proxy that leads people there leads nobody here by mistake.
    """
    REGISTRY.register(StateCollector(gauges))
    HTTPServer(Application([(r"/metrics", MetricsHandler)], log_function=_log_nothing)).listen(
        port, ip
    )


def _log_nothing(_handler: RequestHandler) -> None:
    """Write no access log, as the pages do not."""
