"""Every promise of SECURITY.md names tests that try to break it, and these are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATH = re.compile(r"`(tests/[\w/.-]+)`")


def promises(text: str) -> dict[str, list[str]]:
    """Each row of the table of promises -> the tests that it names."""
    table = text.partition("## What is promised")[2].partition("\n## ")[0]
    rows = [line.strip("| ").rpartition("|") for line in table.splitlines() if "|" in line]
    return {promise.strip(): PATH.findall(tests) for promise, _, tests in rows[2:]}


SAID = promises((ROOT / "SECURITY.md").read_text())


def test_there_are_promises():
    assert len(SAID) > 15


@pytest.mark.parametrize("promise", SAID)
def test_a_promise_is_tried(promise: str):
    assert SAID[promise], "no test is named"
    for name in SAID[promise]:
        path = ROOT / name
        files = [path] if path.suffix else sorted(path.rglob("test_*.py"))
        assert files, name
        for file in files:
            assert re.search(r"^(async )?def test_", file.read_text(), re.MULTILINE), name


def test_a_promise_without_a_test_would_be_found():
    text = "## What is promised\n| promise | tried in |\n|---|---|\n| All is well. | soon |\n## x"
    assert promises(text) == {"All is well.": []}


@pytest.mark.parametrize("name", PATH.findall((ROOT / "SECURITY.md").read_text()))
def test_what_is_not_promised_names_tests_that_are_there(name: str):
    assert (ROOT / name).exists()
