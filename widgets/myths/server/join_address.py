"""Under which of its addresses phones reach this computer, as a trainer chose it."""

from __future__ import annotations

import ipaddress

from myths.server.addresses import EVERYWHERE, NetworkAddress, addresses
from myths.store import Store


class JoinAddress:
    """The addresses of a server that listens on `ip` and `port`: the chosen and the likeliest."""

    def __init__(self, store: Store, *, ip: str, port: int) -> None:
        """Read what was chosen before. Raises StoreError."""
        self._store, self._ip, self._port = store, ip, port
        self.chosen = self.likeliest = ""
        self.look()

    @property
    def own(self) -> str:
        """The address under which this computer reaches its own server."""
        return self._named("127.0.0.1" if self._ip in EVERYWHERE else self._ip)

    def look(self) -> dict[str, NetworkAddress]:
        """Return all addresses there are now; one that was chosen and is gone does not count.

        Raises StoreError.
        """
        found = {self._named(each.ip): each for each in addresses(self._ip)}
        kept = self._store.join_address()
        self.chosen = kept if kept in found else ""
        self.likeliest = next(iter(found), "")
        return found

    def choose(self, address: str) -> None:
        """Keep which address phones use; one that is not ours is none. Raises StoreError."""
        if address in self.look():
            self._store.keep_join_address(address)
            self.chosen = address

    def _named(self, ip: str) -> str:
        is_long = ipaddress.ip_address(ip).version == 6 if _is_number(ip) else False
        return f"http://[{ip}]:{self._port}" if is_long else f"http://{ip}:{self._port}"


def _is_number(ip: str) -> bool:
    try:
        ipaddress.ip_address(ip)
    except ValueError:
        return False
    return True
