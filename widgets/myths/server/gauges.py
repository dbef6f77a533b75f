"""What can be read of a running server at any moment, as numbers for Prometheus."""

from __future__ import annotations

from myths.server.capacity import free_memory
from myths.server.context import ServerContext
from myths.server.metrics import StateGauge
from myths.server.open_pages import OpenPages


def gauges_of(context: ServerContext, pages: OpenPages) -> list[StateGauge]:
    """List the numbers of a server, each with how to read it."""
    codes = (context.limiter, context.recoveries, context.keys)
    capacity = context.capacity
    return [
        StateGauge("myths_pages", "Open pages.", pages.__len__),
        StateGauge(
            "myths_kernels",
            "Kernels of open pages, without those that sleep.",
            lambda: pages.kernels,
        ),
        StateGauge(
            "myths_people",
            "People who have a page open.",
            lambda: sum(pages.connected().values()),
        ),
        StateGauge("myths_pages_coming", "Pages that are being opened.", lambda: capacity.coming),
        StateGauge(
            "myths_forks_waiting",
            "Pages that wait until their kernel is started.",
            lambda: capacity.turn.waiting,
        ),
        StateGauge(
            "myths_codes_waiting",
            "People whose code or key has yet to be checked.",
            lambda: sum(each.waiting for each in codes),
        ),
        StateGauge("myths_free_memory_bytes", "Memory for further pages.", free_memory),
        StateGauge(
            "myths_draining", "1 once the server is ending.", lambda: context.drain.has_begun
        ),
    ]
