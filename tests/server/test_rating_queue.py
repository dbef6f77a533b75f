"""Ratings are saved, and have their receipts, before a page's kernel hears of them."""

from __future__ import annotations

import asyncio
import gc
import sys

import pytest
from myths.errors import AnswerError, RecoveryError, StoreError
from myths.vocabulary import Reason

from tests.server.made_up_kernels import COOKIE, page, run, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked")


def test_a_rating_has_its_receipt_while_its_kernel_is_busy_with_another_thing():
    async def story() -> None:
        async with page() as here:
            here.origin.processes[0].held.clear()
            await here.say("words")
            await here.say("rating 3")
            await until(lambda: here.receipts == ["rating 3: saved"])
            assert here.words == []
            here.origin.processes[0].held.set()
            await until(lambda: here.words == ["words", "rating 3"])
            assert here.origin.visits == [""]
            assert here.origin.processes[0].kept == ["rating 3"]

    run(story)


def test_a_page_that_sleeps_has_its_receipt_before_there_is_a_process():
    async def story() -> None:
        async with page(started=False) as here:
            here.origin.gate.clear()
            await here.say("rating 1")
            await until(lambda: here.receipts == ["rating 1: saved"])
            assert here.origin.processes == []
            assert here.origin.visits == [COOKIE]
            here.origin.gate.set()
            await until(lambda: here.words == ["rating 1"])
            await here.link.wait_idle()

    run(story)


def test_the_process_that_wakes_for_ratings_begins_with_what_was_so_before_them():
    async def story() -> None:
        async with page(started=False) as here:
            here.origin.kept.append("an earlier one")
            here.origin.gate.clear()
            for word in ("rating 1", "rating 2"):
                await here.say(word)
            await until(lambda: len(here.receipts) == 2)
            here.origin.gate.set()
            await until(lambda: here.words == ["rating 1", "rating 2"])
            assert here.origin.begun == [["an earlier one"]]
            here.kernel.sleep()
            await here.say("words")
            await until(lambda: here.words[2:] == ["words"])
            assert here.origin.begun[1] == ["an earlier one", "rating 1", "rating 2"]
            await here.link.wait_idle()
            here.kernel.sleep()
            gc.collect()
            assert [each() for each in here.origin.persons if each()] == []

    run(story)


def test_while_others_vote_a_rating_has_its_receipt_and_its_process_is_left_alone():
    async def story() -> None:
        async with page() as here:
            here.origin.others.clear()
            await here.say("rating 1")
            await until(lambda: here.receipts == ["rating 1: saved"])
            await asyncio.sleep(0.02)
            assert here.words == []
            here.origin.others.set()
            await until(lambda: here.words == ["rating 1"])

    run(story)


def test_what_was_said_after_a_rating_is_heard_after_it():
    async def story() -> None:
        async with page() as here:
            here.origin.saving.clear()
            words = ["rating 1", "words", "rating 2", "more words"]
            for word in words:
                await here.say(word)
            assert not here.kernel.is_idle
            assert here.words == []
            here.origin.saving.set()
            await until(lambda: here.words == words)
            assert here.origin.kept == ["rating 1", "rating 2"]

    run(story)


def test_a_rating_that_is_refused_is_left_to_the_kernel_which_has_the_words_for_it():
    async def story() -> None:
        async with page() as here:
            here.origin.refusals.append(AnswerError("no such number", reason=Reason.VALUE))
            await here.say("rating 9")
            await until(lambda: here.words == ["rating 9"])
            assert here.receipts == []
            assert here.origin.processes[0].kept == []

    run(story)


def test_a_fault_of_the_program_leaves_the_page_its_kernel(caplog: pytest.LogCaptureFixture):
    async def story() -> None:
        async with page() as here:
            here.origin.refusals.append(ZeroDivisionError())
            await here.say("rating 1")
            await here.say("words")
            await until(lambda: here.words == ["rating 1", "words"])

    run(story)
    assert "a rating could not be saved before its kernel hears of it" in caplog.text


def test_while_the_store_is_away_the_page_is_told_and_wakes_nothing():
    async def story() -> None:
        async with page(started=False) as here:
            here.origin.refusals.append(StoreError("away", retry=True))
            await here.say("rating 1")
            await until(lambda: here.receipts == ["rating 1: failed"])
            await here.link.wait_idle()
            assert here.kernel.is_asleep
            await here.say("rating 1")
            await until(lambda: here.receipts[1:] == ["rating 1: saved"])
            await until(lambda: here.words == ["rating 1"])

    run(story)


def test_a_visit_that_has_ended_saves_no_rating_and_its_page_is_told():
    async def story() -> None:
        async with page(started=False) as here:
            here.origin.refusals.append(AnswerError("the visit has ended", reason=Reason.AWAY))
            here.origin.faults.append(RecoveryError("gone", reason=Reason.NOBODY))
            await here.say("rating 1")
            await until(lambda: here.ends == [True])
            assert here.origin.kept == here.receipts == []

    run(story)


def test_a_process_that_was_on_its_way_begins_without_the_ratings_that_came_meanwhile():
    async def story() -> None:
        async with page(started=False) as here:
            here.kernel.wake(COOKIE)
            await here.say("rating 1")
            await until(lambda: here.words == ["rating 1"])
            assert here.origin.begun == [[]]
            assert here.origin.kept == ["rating 1"]

    run(story)


def test_the_process_that_takes_the_place_of_one_that_died_begins_before_what_it_has_yet_to_hear():
    async def story() -> None:
        async with page() as here:
            here.origin.processes[0].held.clear()
            await here.say("rating 1")
            await until(lambda: here.receipts)
            here.origin.processes[0].die()
            await until(lambda: here.words == ["rating 1"])
            assert here.origin.begun == [[], []]

    run(story)


def test_a_page_that_ends_while_a_rating_is_being_saved_wakes_nobody():
    async def story() -> None:
        async with page(started=False) as here:
            here.origin.saving.clear()
            await here.say("rating 1")
            await here.kernel.end(now=True)
            here.origin.saving.set()
            await until(lambda: here.origin.kept == ["rating 1"])
            await until(lambda: here.receipts)
            assert here.kernel.is_asleep
            assert here.origin.processes == []

    run(story)
