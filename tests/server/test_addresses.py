"""The printed address is one that phones in the room can open, whatever networks there are."""

from __future__ import annotations

import socket
from types import SimpleNamespace

import psutil
import pytest
from myths.server import addresses as of
from myths.server.addresses import EVERYWHERE, NetworkAddress, addresses


def found(monkeypatch, networks: dict[str, str], *, route: str, down: tuple[str, ...] = ()):
    """Name the addresses of a computer with these networks, the route to others by one of them."""
    has = {
        name: [SimpleNamespace(address=ip, family=socket.AF_INET)] for name, ip in networks.items()
    }
    states = {name: SimpleNamespace(isup=name not in down) for name in networks}
    monkeypatch.setattr(psutil, "net_if_addrs", lambda: has)
    monkeypatch.setattr(psutil, "net_if_stats", lambda: states)
    monkeypatch.setattr(of, "_outwards", lambda: route)
    return [(each.ip, each.interface) for each in addresses(EVERYWHERE[0])]


def test_the_address_that_leads_out_comes_first_and_every_other_is_named(monkeypatch):
    networks = {"lo": "127.0.0.1", "eth0": "192.168.1.7", "wlan0": "10.0.0.3"}
    assert found(monkeypatch, networks, route="10.0.0.3") == [
        ("10.0.0.3", "wlan0"),
        ("192.168.1.7", "eth0"),
    ]


def test_a_vpn_comes_after_the_network_of_the_room_though_it_leads_out(monkeypatch):
    networks = {"tun0": "10.8.0.2", "docker0": "172.17.0.1", "wlan0": "192.168.43.5"}
    first, *_ = found(monkeypatch, networks, route="10.8.0.2")
    assert first == ("192.168.43.5", "wlan0")


def test_a_hotspot_without_a_route_is_found(monkeypatch):
    networks = {"lo": "127.0.0.1", "wlan0": "192.168.43.1", "eth0": "169.254.3.4"}
    first, *_ = found(monkeypatch, networks, route="")
    assert first == ("192.168.43.1", "wlan0")


def test_what_is_switched_off_is_not_named_and_no_network_at_all_is_told_apart(monkeypatch):
    networks = {"lo": "127.0.0.1", "wlan0": "192.168.43.1"}
    assert found(monkeypatch, networks, route="", down=("wlan0",)) == []


def test_a_computer_that_is_in_no_network_has_no_way_out(monkeypatch):
    def nowhere(*_: object) -> None:
        raise OSError("Network is unreachable")

    monkeypatch.setattr(socket.socket, "connect", nowhere)
    assert of._outwards() == ""


@pytest.mark.parametrize("ip", ["127.0.0.1", "192.168.1.7"])
def test_an_address_that_was_chosen_is_the_only_one(ip):
    assert addresses(ip) == [NetworkAddress(ip)]


def test_this_computer_has_addresses_that_can_be_listened_on():
    for each in addresses(EVERYWHERE[0]):
        with socket.create_server((each.ip, 0)):
            assert each.interface
