"""The addresses of this computer, of which it can have several, and of whoever comes to it."""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass

import psutil

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  compared, not bound
# Interfaces of VPNs, containers and virtual machines, which lead to no phone. macOS shares its own
# connection by "bridge100", which does.
_ELSEWHERE = re.compile(
    r"(?i)tun|tap|utun|wg|ppp|ipsec|tailscale|zt|docker|podman|br-|virbr|veth|vmnet|vboxnet|vethernet|cni"
)

_WITH_PORT = re.compile(r"\[(.+)\](?::\d+)?|([\d.]+):\d+")


@dataclass(frozen=True)
class NetworkAddress:
    """An address of this computer, and the network interface that has it."""

    ip: str
    interface: str = ""

    @property
    def is_likely(self) -> bool:
        """Return whether phones can probably reach it."""
        local = ipaddress.ip_address(self.ip).is_link_local
        return not (local or _ELSEWHERE.match(self.interface))


def addresses(ip: str) -> list[NetworkAddress]:
    """List where a server that listens on `ip` can be found; none offline.

    The likeliest are first, of these the private ones (RFC 1918), which a room's network has.
    """
    if ip not in EVERYWHERE:
        return [NetworkAddress(ip)]
    up = {name for name, each in psutil.net_if_stats().items() if each.isup}
    found = [
        NetworkAddress(each.address, name)
        for name, several in psutil.net_if_addrs().items()
        for each in several
        if name in up and each.family == socket.AF_INET
    ]
    outwards = _outwards()
    return sorted(
        (each for each in found if not ipaddress.ip_address(each.ip).is_loopback),
        key=lambda each: (
            not each.is_likely,
            not ipaddress.ip_address(each.ip).is_private,
            each.ip != outwards,
            each.interface,
        ),
    )


def household(address: str) -> str:
    """Name those who share an address: IPv6 gives each household a network of 2^64 (/64).

    Examples
    --------
    >>> household("2001:db8::1:2:3:4"), household("::ffff:192.0.2.7"), household("192.0.2.7:4711")
    ('2001:db8::/64', '192.0.2.7', '192.0.2.7')
    """
    written = _WITH_PORT.fullmatch(address)  # as some proxies tell it
    try:
        found = ipaddress.ip_address(written[1] or written[2] if written else address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        inside = found.ipv4_mapped
        return str(inside or ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def _outwards() -> str:
    """Return the address from which this computer reaches others; empty without a route."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address; nothing is sent
        except OSError:
            return ""
        address: str = probe.getsockname()[0]
        return address
