"""A computer in several networks: what `psutil` finds, with a Wi-Fi and a VPN added."""

from __future__ import annotations

import socket
from types import SimpleNamespace
from typing import Any

import psutil

_MORE = {"wlan7": "10.77.0.2", "tailscale0": "100.64.0.5"}
_addresses, _states = psutil.net_if_addrs, psutil.net_if_stats


def _all_addresses() -> dict[str, list[Any]]:
    more = {
        name: [SimpleNamespace(family=socket.AF_INET, address=ip)] for name, ip in _MORE.items()
    }
    return {**_addresses(), **more}


def _all_states() -> dict[str, Any]:
    return {**_states(), **{name: SimpleNamespace(isup=True) for name in _MORE}}


psutil.net_if_addrs, psutil.net_if_stats = _all_addresses, _all_states
