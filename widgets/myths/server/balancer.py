"""HAProxy before the workers of one machine: where it is, and its settings.

It keeps each browser to its worker by a cookie, and asks another one where that is full or gone.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from myths.errors import MythsError
from myths.server.page_templates import environment

ONE_MOMENT = Path(__file__).parent / "templates/one-moment.http"
_MOST = 20_000  # connections; each takes two open files
_OTHERS = 200  # open files that it has beside these


def program() -> str:
    """Find HAProxy. Raises MythsError."""
    found = shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin")  # as on Debian
    if not found:
        raise MythsError(
            "Several workers need HAProxy, which leads each browser to its worker: install your "
            "system's package `haproxy`, or leave --workers out."
        )
    return found


def balancer_settings(
    *, ip: str, port: int, behind: str, own: Path, sockets: Sequence[Path], files: float
) -> str:
    """Write the settings: it listens at `ip` and `port`, and at its `own` socket for us.

    `sockets` are those of the workers, `files` how many it may open. What a proxy in front
    (`behind`) says of who asks is passed on; else it is HAProxy that says so.
    """
    return (
        environment()
        .get_template("haproxy.cfg")
        .render(
            place=f"ipv6@{ip}:{port}" if ":" in ip else f"{ip}:{port}",
            proxied=bool(behind),
            https=urlsplit(behind).scheme == "https",
            own=own,
            sockets=sockets,
            most=int(min(_MOST, (files - _OTHERS) // 2)),
            one_moment=ONE_MOMENT,
        )
        + "\n"
    )
