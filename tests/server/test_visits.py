"""A page's kernel is its visitor's: nobody else reaches it, and it ends when the visit does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import websocket
from myths.store import credentials

from tests.faults.room import processes_named
from tests.faults.writer import TROUBLE
from tests.forkserver.kernels import wait_until
from tests.server.conftest import Running, Visitor, recovery_code, serving
from tests.server.wire import Wire, cookies, key
from tests.store.samples import expire

TEXT = "risk.reason.before"
SOCKETS = Path("/proc/net/unix")

pytestmark = pytest.mark.skipif(not SOCKETS.exists(), reason="finds kernels in Linux's /proc")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serving(tmp_path_factory.mktemp("visits") / "workshop.sqlite") as running:
        yield running


class Guest:
    """Somebody with a page open, on which they have written for themselves."""

    def __init__(self, server: Running, *, code: str = "", recovery: str = "") -> None:
        self.visitor = Visitor(server)
        if recovery:
            self.visitor.send("/return", recovery=recovery)
        else:
            self.recovery = recovery_code(self.visitor.join(code))
        self.wire = Wire(self.visitor, "risk")
        self.kernel = self.wire.kernel

    @property
    def alive(self) -> bool:
        """Whether there is a process of the kernel."""
        return bool(processes_named(self.kernel))

    def write(self, text: str) -> str:
        answer = {"key": key(), "text": text, "reader": "me", "value": None, "declined": False}
        return str(self.wire.answer(TEXT, answer)["state"])

    def is_cut_off(self) -> bool:
        with pytest.raises(TROUBLE):
            self.wire.hear(lambda _: False)
        return True


def knock(visitor: Visitor, guest: Guest) -> set[int]:
    """What somebody gets who knows the id of a guest's kernel."""
    form = {"_xsrf": visitor.secret}
    answers = {
        visitor.get(f"/kernels/{guest.kernel}").status_code,
        visitor.get(f"/api/kernels/{guest.kernel}").status_code,
        visitor.http.post(f"/voila/api/shutdown/{guest.kernel}", data=form).status_code,
    }
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        websocket.create_connection(
            guest.wire.address.replace("http", "ws", 1), cookie=cookies(visitor), timeout=30
        )
    return answers | {refused.value.status_code}


def test_whoever_learns_the_id_of_a_kernel_reaches_nothing_without_its_cookie(own: Running):
    guest, stranger, other = Guest(own), Visitor(own), Guest(own)
    assert guest.write("mine alone") == "saved"
    assert knock(stranger, guest) == {404}
    assert knock(other.visitor, guest) == {404}
    assert guest.write("still mine") == "saved"
    assert guest.alive
    assert guest.visitor.get(f"/kernels/{guest.kernel}").status_code == 204


def test_leaving_ends_the_pages_of_that_device_alone(own: Running):
    guest = Guest(own)
    elsewhere = Guest(own, recovery=guest.recovery)
    token = guest.visitor.token
    guest.visitor.send("/leave")
    guest.visitor.token = token
    assert knock(guest.visitor, guest) == {404}  # at once, and not when the server looks again
    wait_until(lambda: not guest.alive, "the kernel ends with its visit")
    assert guest.is_cut_off()
    assert knock(guest.visitor, guest) == {404}
    assert elsewhere.write("still here") == "saved"
    assert elsewhere.alive


def test_what_was_sent_as_somebody_left_is_kept(own: Running):
    guest = Guest(own)
    data = {"key": key(), "text": "last words", "reader": "me", "value": None, "declined": False}
    token = guest.visitor.token
    visitor = own.store.visitor(token)
    guest.visitor.send("/leave")
    update = {"method": "update", "state": {"answer": data}, "buffer_paths": []}
    guest.wire.send("comm_msg", {"comm_id": guest.wire.questions[TEXT], "data": update})
    wait_until(lambda: not guest.alive, "the kernel ends with its visit")
    latest = own.store.latest(visitor.participant, key=visitor.key)
    assert latest["risk", "reason", "before"].text == "last words"


def test_no_kernel_remembers_what_was_erased(own: Running):
    guest = Guest(own)
    elsewhere = Guest(own, recovery=guest.recovery)
    assert guest.write("erase me") == "saved"
    place = dict(zip(("module", "item", "phase"), TEXT.split("."), strict=True))
    page = guest.visitor.get("/withdraw")
    secret = re.search(r'name="_xsrf" value="([^"]+)"', page.text)
    assert secret
    guest.visitor.http.post("/withdraw", data={"_xsrf": secret[1], "do": "one", **place})
    wait_until(lambda: not guest.alive and not elsewhere.alive, "their kernels end")
    assert guest.is_cut_off()
    assert "erase me" not in str(Wire(guest.visitor, "risk").states)


@pytest.mark.parametrize("how", ["withdrawn", "erased elsewhere", "over"])
def test_every_kernel_ends_with_what_it_knew(own: Running, how: str):
    workshop = own.store.open_workshop()
    guest = Guest(own, code=workshop.code)
    if how == "withdrawn":
        guest.visitor.send("/withdraw", sure="yes")
    elif how == "over":
        expire(own.store, workshop)
        guest.visitor.get("/")  # which takes the cookie back
        assert knock(guest.visitor, guest) == {404}
    else:
        own.store.erase_workshop(workshop.code)
    wait_until(lambda: not guest.alive, "the kernel ends", seconds=60)
    assert guest.is_cut_off()


def test_a_beacon_ends_the_kernel_whatever_a_browser_says_of_its_origin(own: Running):
    guest = Guest(own)
    form = {"_xsrf": guest.wire._xsrf}
    beacon = guest.visitor.http.post(
        f"/voila/api/shutdown/{guest.kernel}", data=form, headers={"Origin": "null"}
    )
    assert beacon.status_code == 204
    wait_until(lambda: not guest.alive, "the kernel ends with its page")


def test_a_beacon_without_the_secret_of_the_form_ends_nothing(own: Running):
    guest = Guest(own)
    for form in ({}, {"_xsrf": credentials.new_token()}):
        answer = guest.visitor.http.post(f"/voila/api/shutdown/{guest.kernel}", data=form)
        assert answer.status_code == 403
    assert guest.write("still here") == "saved"


def test_a_kernel_of_ours_has_no_socket_that_anybody_could_open(own: Running):
    guest = Guest(own)
    assert guest.alive
    assert guest.kernel not in SOCKETS.read_text()


def test_no_other_account_of_the_machine_reaches_the_sockets_of_another_kernel(own: Running):
    page = Guest(own).visitor.get("/m/risk?front=stock").text
    lines = [line.split() for line in SOCKETS.read_text().splitlines()]
    paths = [Path(parts[7]) for parts in lines if len(parts) > 7 and "kernel-" in parts[7]]
    folders = {path.parent for path in paths if path.name[7:43] in page}
    assert folders
    for folder in folders:
        assert folder.stat().st_mode & 0o077 == 0, folder
