"""`myths publish` tells what changes, asks, checks and publishes; `--back` goes one step back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.small_edition import PAGES
from tests.studio.conftest import Draft, draft, served

__all__ = ["draft"]

MYTH = "bring (ex-)partners into more danger"


@pytest.fixture(autouse=True)
def inside(draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the trainer's folder, with what was there published."""
    monkeypatch.chdir(draft.folder)
    monkeypatch.delenv("MYTHS_PUBLISHED")
    draft.publication().open()


def publish(*options: str, says: str = "") -> subprocess.CompletedProcess[str]:
    """In a process of its own: pages are run, which needs an event loop and the main thread."""
    return subprocess.run(
        [sys.executable, "-m", "myths", "publish", *options],
        input=says,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_tells_what_changes_and_what_is_kept_apart_then_asks_checks_and_publishes(draft: Draft):
    draft.words("modules/risk/text.en.yml", MYTH, "are of no use")
    draft.title("Second")
    result = publish(says="y\n")
    assert result.returncode == 0, result.stderr
    harm, risk = result.stdout.index("harm/text.en.yml"), result.stdout.index("risk/text.en.yml")
    assert harm < risk
    told = result.stdout[risk:]
    assert told.startswith(
        "risk/text.en.yml\n  ratings.myth\n"
        f"    - Perpetrator programmes {MYTH}.\n    + Perpetrator programmes are of no use.\n"
    )
    assert "kept apart" in told
    assert "\n  Risk: myth, en\n" in told
    assert "Publish this? [y/N]: " in told
    assert told.endswith("It is published: people see it as they open their next page.\n")
    assert f"Checked {PAGES} of {PAGES} pages" in result.stderr
    assert served(draft) == "title: Second"


def test_who_says_no_or_only_wants_the_summary_changes_nothing(draft: Draft):
    draft.title("Second")
    before = served(draft)
    for result in (publish(says="n\n"), publish("--summary")):
        assert result.returncode == 0
        assert "+ Second" in result.stdout
    assert "Nothing was published." in publish(says="n\n").stdout
    assert served(draft) == before


def test_what_fails_the_check_is_named_and_not_published(draft: Draft):
    draft.title("Second")
    draft.cells("01_risk.ipynb", "1 / 0", "[][0]")
    result = publish("--yes")
    assert result.returncode == 1
    cell = draft.last("01_risk.ipynb")
    place = "error: notebooks/participants/01_risk.ipynb: cell"
    assert f"{place} {cell - 1}, line 1: ZeroDivisionError" in result.stdout
    assert f"{place} {cell}, line 1: IndexError" in result.stdout
    assert "2 to mend first, so nothing was published." in result.stderr
    assert served(draft) != "title: Second"


def test_one_step_back(draft: Draft):
    first = served(draft)
    nothing = publish("--back", "--yes")
    assert (nothing.returncode, nothing.stdout) == (1, "")
    assert "There is no step back" in nothing.stderr
    draft.title("Second")
    draft.publication().publish(run=False)
    back = publish("--back", says="y\n")
    assert back.returncode == 0, back.stderr
    assert "- Second" in back.stdout
    assert served(draft) == first
    assert publish("--back", "--yes").returncode == 0
    assert served(draft) == "title: Second"


def test_with_nothing_to_publish_it_says_so(draft: Draft):
    result = publish()
    assert result.returncode == 0
    assert result.stdout == (
        "There is nothing to publish: participants see all that you have changed.\n"
    )


def test_the_first_time_it_takes_all_that_is_there(draft: Draft, tmp_path: Path):
    result = publish("--published", str(tmp_path / "other"), "--yes")
    assert result.returncode == 0, result.stderr
    assert "Nothing is published yet" in result.stdout
    assert (tmp_path / "other/1/content/series.yml").exists()


def test_a_place_that_cannot_be_written_is_told(draft: Draft, tmp_path: Path):
    (tmp_path / "file").write_text("kept")
    result = publish("--published", str(tmp_path / "file/it"), "--yes")
    assert result.returncode == 1
    assert "name a folder where this account may write with --published" in result.stderr
    assert (tmp_path / "file").read_text() == "kept"
