"""A kernel that sleeps: each message is dealt with once and in its turn, whatever happens."""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import weakref
from types import ModuleType
from typing import Any

import pytest
from myths.errors import RecoveryError, StoreError
from myths.forkserver import ForkServerError
from myths.rehearsal.wire import shell_message
from myths.server.kernel_link import LinkError
from myths.server.sleeping_kernel import SleepingKernel
from myths.vocabulary import Reason

from tests.server.made_up_kernels import COOKIE, Person, page, run, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked")


def reached(kernel: SleepingKernel, *, beyond: tuple[object, ...]) -> str:
    """All text that a kernel holds, wherever; what is `beyond` is not looked into."""
    texts, seen, todo = list[str](), {id(each) for each in beyond}, [vars(kernel)]
    while todo:
        each: Any = todo.pop()
        if id(each) in seen or isinstance(each, type | ModuleType | asyncio.AbstractEventLoop):
            continue
        seen.add(id(each))
        if isinstance(each, str | bytes):
            texts.append(str(each))
        else:
            todo += gc.get_referents(each)
    return "\n".join(texts)


def test_an_idle_kernel_sleeps_and_the_next_message_is_for_another_process():
    async def story() -> None:
        async with page() as here:
            await here.say("one")
            await until(lambda: here.words == ["one"])
            await here.link.wait_idle()
            assert here.kernel.is_idle
            here.kernel.sleep()
            assert here.kernel.is_asleep
            assert here.origin.processes[0].killed
            await here.say("two")
            await until(lambda: here.words == ["one", "two"])
            assert [each.said for each in here.origin.processes] == [["one"], ["two"]]
            assert here.origin.tokens == [COOKIE]

    run(story)


def test_a_kernel_that_sleeps_holds_nothing_of_what_was_said_and_nobodys_key():
    async def story() -> None:
        async with page(started=False) as here:
            person = Person()
            known = weakref.ref(person)
            await here.kernel.start(person)  # type: ignore[arg-type]
            del person
            here.link.attach(lambda _: None, lambda _: None, COOKIE)
            here.origin.processes[0].held.clear()
            await here.say("what nobody else ever wrote")
            held = reached(here.kernel, beyond=(here.origin,))
            assert "what nobody else ever wrote" in held
            here.origin.processes[0].held.set()
            await until(lambda: here.kernel.is_idle)
            here.kernel.sleep()
            gc.collect()
            held = reached(here.kernel, beyond=(here.origin,))
            assert "what nobody else ever wrote" not in held
            assert known() is None

    run(story)


def test_a_kernel_that_has_something_to_do_is_not_idle():
    async def story() -> None:
        async with page() as here:
            here.origin.processes[0].held.clear()
            await here.say("one")
            assert not here.kernel.is_idle
            here.origin.processes[0].held.set()
            await until(lambda: here.kernel.is_idle)

    run(story)


def test_a_kernel_with_a_state_of_its_own_never_sleeps_and_its_page_ends_with_it():
    async def story() -> None:
        async with page(sleeps=False) as here:
            await here.say("one")
            await until(lambda: here.words == ["one"])
            assert not here.kernel.is_idle
            here.origin.processes[0].die()
            await until(lambda: here.ends == [False])

    run(story)


def test_messages_of_all_links_wait_in_one_line_while_it_wakes_and_one_process_is_enough():
    async def story() -> None:
        async with page(started=False) as here:
            here.origin.gate.clear()
            others: list[dict[str, Any]] = []
            other = here.connect(others)
            said = [f"word {number}" for number in range(20)]
            for number, word in enumerate(said):
                await here.say(word, other if number % 3 else here.link)
            assert not here.kernel.is_asleep
            here.origin.gate.set()
            await until(lambda: len(here.words) == len(said))
            assert here.origin.said == here.words == said
            assert len(others) == len(said)
            assert len(here.origin.processes) == 1

    run(story)


def test_sleeping_at_any_moment_loses_and_doubles_nothing():
    async def story() -> None:
        async with page(started=False) as here:
            said = [f"word {number}" for number in range(200)]
            for number, word in enumerate(said):
                await here.say(word)
                if number % 7 == 0:
                    await asyncio.sleep(0.001 * (number % 3))
                if here.kernel.is_idle:
                    here.kernel.sleep()
            await until(lambda: len(here.words) == len(said))
            assert here.origin.said == here.words == said
            assert len(here.origin.processes) > 5

    run(story)


def test_what_a_page_asks_about_itself_wakes_nothing():
    async def story() -> None:
        async with page(started=False) as here:
            assert await here.ask() == ["comm_info_reply"]
            assert list(here.heard[0]["content"]["comms"]) == ["w1"]
            assert here.kernel.is_asleep
            here.origin.gate.clear()
            await here.say("one")
            await here.ask()
            assert [each["header"]["msg_type"] for each in here.heard] == ["comm_info_reply"] * 2
            here.origin.gate.set()
            await until(lambda: here.words == ["one"])

    run(story)


def test_it_wakes_by_itself_when_the_store_is_back(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("myths.server.sleeping_kernel._PAUSES", (0.01,))

    async def story() -> None:
        async with page(started=False) as here:
            here.origin.faults = [StoreError("away"), StoreError("away"), OSError("full")]
            await here.say("one")
            await here.say("two")
            await until(lambda: here.words == ["one", "two"])
            assert here.ends == []

    run(story)


def test_it_does_not_wake_for_a_visit_that_has_ended():
    async def story() -> None:
        async with page(started=False) as here:
            here.origin.faults = [RecoveryError("nobody", reason=Reason.NOBODY)]
            await here.say("one")
            await until(lambda: here.ends == [True])
            assert here.origin.processes == []

    run(story)


@pytest.mark.parametrize("alive", [True, False], ids=["cannot begin", "template is dead"])
def test_a_page_starts_again_whose_kernel_cannot_wake(alive: bool, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("myths.server.sleeping_kernel._PAUSES", (0.01,))

    async def story() -> None:
        async with page(started=False) as here:
            here.origin.faults = [ForkServerError("no")] * 9
            here.origin.is_alive = alive
            await here.say("one")
            await until(lambda: here.ends == [False])
            assert len(here.origin.faults) == (6 if alive else 8)

    run(story)


def test_a_process_that_dies_idle_is_asleep():
    async def story() -> None:
        async with page() as here:
            await here.say("one")
            await until(lambda: here.words == ["one"] and here.kernel.is_idle)
            here.origin.processes[0].die()
            await until(lambda: here.kernel.is_asleep)
            await here.say("two")
            await until(lambda: here.words == ["one", "two"])
            assert here.ends == []

    run(story)


def test_what_a_process_died_over_is_for_the_next_one_and_in_the_same_order():
    async def story() -> None:
        async with page() as here:
            here.origin.processes[0].held.clear()
            for word in ("one", "two", "three"):
                await here.say(word)
            await asyncio.sleep(0.01)
            here.origin.processes[0].die()
            await here.say("four")
            await until(lambda: len(here.words) == 4)
            assert here.origin.said == here.words == ["one", "two", "three", "four"]
            assert here.ends == []

    run(story)


def test_a_page_starts_again_when_two_processes_die_over_a_message():
    async def story() -> None:
        async with page() as here:
            here.origin.held = True
            here.origin.processes[0].held.clear()
            await here.say("one")
            for number in range(2):
                await until(lambda: len(here.origin.processes) == number + 1)  # noqa: B023
                await asyncio.sleep(0.02)
                here.origin.processes[number].die()
            await until(lambda: here.ends == [False])
            assert len(here.origin.processes) == 2

    run(story)


def test_a_page_that_ends_while_its_kernel_wakes_has_no_process_left():
    async def story() -> None:
        async with page(started=False) as here:
            here.origin.gate.clear()
            await here.say("one")
            await asyncio.sleep(0.01)
            await here.kernel.end(now=True)
            here.origin.gate.set()
            await asyncio.sleep(0.02)
            assert here.origin.processes == []
            here.kernel.wake(COOKIE)
            assert here.kernel.is_asleep

    run(story)


def test_a_page_that_ends_while_its_first_kernel_starts_has_no_process_left():
    async def story() -> None:
        async with page(started=False) as here:
            here.origin.gate.clear()
            starting = asyncio.ensure_future(here.kernel.start(None))  # type: ignore[arg-type]
            await asyncio.sleep(0.01)
            await here.kernel.end(now=True)
            here.origin.gate.set()
            await starting
            assert here.kernel.is_asleep

    run(story)


def test_what_nobody_can_read_is_refused_and_the_next_message_is_not():
    async def story() -> None:
        async with page() as here:
            message = shell_message("x", "comm_msg", {"comm_id": "w1", "data": "deep"})
            raw = json.dumps(message).replace('"deep"', "[" * 20_000 + "]" * 20_000)
            with pytest.raises(LinkError):
                await here.link.send(raw, COOKIE)
            await here.say("one")
            await until(lambda: here.words == ["one"])

    run(story)


def test_the_cookie_of_a_page_is_known_only_while_it_is_connected():
    async def story() -> None:
        async with page() as here:
            assert here.link.token == COOKIE
            here.link.detach()
            assert here.link.token == ""
            asked = asyncio.ensure_future(here.link.wait(0, COOKIE, seconds=5))
            await asyncio.sleep(0.01)
            assert here.link.token == COOKIE
            await here.say("one")
            await asked
            assert here.link.token == ""
            assert COOKIE not in str(vars(here.kernel)) + str(vars(here.link))

    run(story)
