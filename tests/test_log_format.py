"""Logs for machines: every line is JSON, and tells nothing of what anybody sent."""

from __future__ import annotations

import json
import logging
from io import StringIO
from typing import Any

import pytest
from myths import fault_log
from myths.fault_log import FaultLog
from myths.log_format import VARIABLE, JsonFormatter

TYPED = "Rumpelstilzchen"


def told(name: str, words: str, *values: object, fault: Exception | None = None) -> dict[str, Any]:
    """What the log has of a fault that some package tells."""
    text = StringIO()
    handler = FaultLog(text)
    handler.setFormatter(JsonFormatter())
    log = logging.Logger(name)
    log.addHandler(handler)
    log.error(words, *values, exc_info=fault)
    (line,) = text.getvalue().splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def raised() -> Exception:
    try:
        try:
            int(TYPED)
        except ValueError as cause:
            raise LookupError(f"{TYPED} is nowhere") from cause
    except LookupError as fault:
        return fault


def test_a_line_has_these_fields_and_no_others():
    line = told("myths.server", "%s cannot be shown", "risk.ipynb", fault=raised())
    assert list(line) == ["time", "level", "part", "message", "faults"]
    assert line["message"] == "risk.ipynb cannot be shown"
    assert (line["level"], line["part"]) == ("error", "myths.server")
    assert line["time"].endswith("+00:00")


def test_of_an_error_stay_its_kind_and_place_and_what_led_to_it():
    outer, inner = told("myths.server", "no", fault=raised())["faults"]
    assert (outer["kind"], inner["kind"]) == ("LookupError", "ValueError")
    assert inner["at"][-1].startswith("tests/test_log_format.py:")


@pytest.mark.parametrize("name", ["myths.server", "tornado.application"])
def test_an_errors_own_words_are_left_out(name: str):
    assert TYPED not in json.dumps(told(name, "no", fault=raised()))


def test_what_other_packages_put_into_their_sentences_is_left_out():
    line = told("asyncio", "took long: %s", TYPED)
    assert line["message"] == "took long: %s"


def test_a_fault_that_repeats_is_counted_in_a_line_of_its_own():
    text = StringIO()
    handler = FaultLog(text)
    handler.setFormatter(JsonFormatter())
    log = logging.Logger("asyncio")
    log.addHandler(handler)
    for _ in range(3):
        log.error("took long: %s", TYPED)
    handler.close()
    first, counted = map(json.loads, text.getvalue().splitlines())
    assert counted["message"] == first["message"] == "took long: %s"
    assert counted["more"] == 2


def test_a_process_that_is_started_by_one_that_writes_json_does_so_too(monkeypatch):
    root, text = logging.getLogger(), StringIO()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setenv(VARIABLE, "json")
    fault_log.begin(text)
    root.error("it broke")
    logging.captureWarnings(capture=False)
    assert json.loads(text.getvalue())["message"] == "it broke"
