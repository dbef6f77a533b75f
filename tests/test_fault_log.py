"""A fault that repeats is written once a minute and counted; another one is never hidden by it."""

from __future__ import annotations

import logging
from io import StringIO

import pytest
from myths.fault_log import FaultLog


class Watch:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Told:
    """A logger whose lines are kept."""

    def __init__(self) -> None:
        self.watch, self.text = Watch(), StringIO()
        self.handler = FaultLog(self.text, clock=self.watch)
        self.log = logging.Logger("room")
        self.log.addHandler(self.handler)

    @property
    def lines(self) -> list[str]:
        return self.text.getvalue().splitlines()


@pytest.fixture
def told() -> Told:
    return Told()


def break_down(log: logging.Logger, words: str = "it broke") -> None:
    try:
        raise ValueError(words)
    except ValueError:
        log.exception("a fault")


def test_a_fault_has_its_details_once_and_then_a_number(told: Told):
    for _ in range(1000):
        break_down(told.log)
    assert told.text.getvalue().count("Traceback") == 1
    told.watch.now = 61
    told.handler.settle()
    assert told.lines[-1] == "999 times more within a minute: a fault"


def test_what_comes_again_after_a_minute_is_written_again(told: Told):
    break_down(told.log)
    told.watch.now = 61
    break_down(told.log)
    assert told.text.getvalue().count("Traceback") == 2
    assert "more within" not in told.text.getvalue()


def test_another_fault_is_written_meanwhile(told: Told):
    for name in ("risk", "harm", "risk"):
        told.log.error("%s is not served", name)
    try:
        raise KeyError("elsewhere")
    except KeyError:
        told.log.exception("a fault")
    break_down(told.log)
    assert told.lines[:2] == ["risk is not served", "harm is not served"]
    assert told.text.getvalue().count("Traceback") == 2


def test_addresses_that_are_made_up_do_not_fill_the_log(told: Told):
    for number in range(5000):
        told.log.warning("GET /%d: no such page", number)
    assert len(told.lines) < 30
    told.log.warning("the disk is full")
    assert told.lines[-1] == "the disk is full"
    told.watch.now = 61
    told.handler.settle()
    assert "times more within a minute: GET /" in told.text.getvalue()
    assert not told.handler._faults
    assert not told.handler._kinds


def test_the_number_is_written_when_the_program_ends(told: Told):
    for _ in range(3):
        told.log.warning("once")
    told.handler.close()
    assert told.lines == ["once", "2 times more within a minute: once"]


def test_a_line_that_cannot_be_written_breaks_nothing(
    told: Told, capsys: pytest.CaptureFixture[str]
):
    told.log.warning("%d people", "many")
    told.log.warning("and then")
    assert told.lines == ["and then"]
    assert "Logging error" in capsys.readouterr().err
