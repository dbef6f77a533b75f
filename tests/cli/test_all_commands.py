"""What holds for every command: it is typed, and tells a fault in a sentence, never a traceback."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import myths
import pytest
from click.testing import CliRunner, Result
from myths.cli import main
from myths.errors import StoreError
from myths.samples.__main__ import main as samples
from myths.store import open_store

from tests.cli.test_cli import commands, run

PATHS = [path for path in commands(main) if path]

# FILE is a file, BELOW a name below that file, EMPTY an empty folder, STORE a store that is there.
FAULTS = [
    "init BELOW/it",
    "init FILE",
    "lab --db sqlite:///BELOW/it",
    "lab --content EMPTY",
    "check --content EMPTY",
    "update EMPTY",
    "update --yes FILE",
    "new-module Risk",
    "new-module risk",
    "new-module alcohol --content EMPTY",
    "new-module alcohol --after nosuch",
    "new-country eu",
    "new-country at --content EMPTY",
    "new-language xq",
    "new-language de --content EMPTY",
    "translate export en EMPTY/en.xlsx",
    "translate export xq",
    "translate import xq FILE",
    "translate status xq",
    "serve --db sqlite:///BELOW/it --published EMPTY/it",
    "serve --published BELOW/it --db sqlite:///EMPTY/new",
    "serve --content EMPTY --db sqlite:///EMPTY/new",
    "serve --notebooks EMPTY --db sqlite:///EMPTY/new",
    "serve --ip nowhere.invalid --db sqlite:///EMPTY/new --published EMPTY/it",
    "serve --exit-url wikipedia --db sqlite:///EMPTY/new",
    "serve --workers 2 --db sqlite:///EMPTY/new",
    "publish --content EMPTY",
    "publish --back --published EMPTY/it",
    "handout --content EMPTY",
    "handout --out EMPTY/new nosuch",
    "handout --out EMPTY/new --country nowhere risk",
    "handout --out EMPTY/new --language xx risk",
    "handout --out BELOW/it risk",
    "rehearse --db sqlite:///EMPTY/none",
    "rehearse --db STORE --url nonsense",
    "rehearse --db STORE --content EMPTY",
    "rehearse --db STORE --json BELOW/it",
    "workshop open --db sqlite:///BELOW/it",
    "workshop open --db STORE --days -1",
    "workshop list --db sqlite:///EMPTY/none",
    "workshop show --db STORE NOSUCH",
    "workshop change --db STORE NOSUCH --modules risk",
    "workshop open --db STORE --date tomorrow",
    "workshop open --db STORE --date 2040-12-04 --from 25:00",
    "workshop open --db STORE --date 2040-12-04 --from 17:00 --until 09:00",
    "workshop open --db STORE --k 4",
    "workshop reopen --db STORE NOSUCH",
    "workshop close --db STORE NOSUCH",
    "workshop erase --yes --db STORE NOSUCH",
    "workshop erase-due --yes --db sqlite:///EMPTY/none",
    "workshop erase-due --unattended --db sqlite:///EMPTY/none",
    "staff key --db sqlite:///EMPTY/none",
    "staff key --db nonsense",
    "staff key --db STORE --role a@b.example",
    "staff key --db STORE --role x",
    "staff list --db sqlite:///EMPTY/none",
    "staff revoke --db sqlite:///EMPTY/none",
    "staff revoke --db STORE nobody",
    "staff remove --db STORE nobody",
    "staff audit --db sqlite:///EMPTY/none",
    "workshop assign --db STORE ROOM7 nobody",
    "workshop assign --db STORE NOSUCH nobody",
    "workshop assign --db STORE --take ROOM7 nobody",
    "backup --db STORE BELOW/it",
    "backup --db sqlite:///EMPTY/none EMPTY/it",
    "restore --db STORE --replace EMPTY/none",
    "restore --db STORE --replace FILE",
    "merge --db STORE EMPTY/none",
    "export --db STORE BELOW/it",
    "export --db STORE --format nosuch EMPTY/it",
    "export --db STORE --language xx EMPTY/it",
    "export --db sqlite:///EMPTY/none EMPTY/it",
    "study-kit --blank BELOW/it",
    "study-kit --blank --language xx EMPTY/it",
    "study-kit --db STORE --rehearsal EMPTY/it",
    "study-kit --db sqlite:///EMPTY/none EMPTY/it",
    "report --db STORE --rehearsal --out BELOW/it",
    "report --db STORE --language xx --out EMPTY/it",
    "report --db STORE --about EMPTY/none --out EMPTY/it",
    "report --db sqlite:///EMPTY/none --out EMPTY/it",
]


@pytest.fixture
def places(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "file").write_text("kept")
    (tmp_path / "empty").mkdir()
    store = open_store(f"sqlite:///{tmp_path}/store.sqlite", create=True)
    store.open_workshop(code="ROOM7", rehearsal=True)
    return {
        "BELOW": str(tmp_path / "file"),
        "FILE": str(tmp_path / "file"),
        "EMPTY": str(tmp_path / "empty"),
        "STORE": store.address,
    }


def leaf(path: tuple[str, ...]) -> click.Command:
    found: Any = main
    for name in path:
        found = found.get_command(click.Context(found), name)
    assert isinstance(found, click.Command)
    return found


def is_a_sentence(result: Result) -> None:
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 1
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("Error: ")
    assert line.endswith(".")


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_a_command_names_each_of_its_options_with_a_type(path):
    command = leaf(path)
    assert command.callback
    parameters = inspect.signature(inspect.unwrap(command.callback)).parameters
    assert set(parameters) == {option.name for option in command.params if option.expose_value}
    for each in parameters.values():
        assert each.kind is each.KEYWORD_ONLY
        assert each.annotation not in (each.empty, "Any")


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_an_unknown_option_ends_with_2_and_says_where_help_is(path):
    result = run(*path, "--nosuch")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "No such option" in result.stderr
    assert f"{' '.join(path)} --help' for help" in result.stderr


@pytest.mark.parametrize("typed", FAULTS)
def test_a_fault_is_a_sentence_and_changes_nothing_that_is_there(places, tmp_path, typed):
    for name, place in places.items():
        typed = typed.replace(name, place)
    is_a_sentence(run(*typed.split()))
    assert (tmp_path / "file").read_text() == "kept"


def test_a_rehearsal_without_a_server_says_how_to_start_one(places):
    """In a process of its own, for a browser test before it leaves an event loop in this one."""
    command = [sys.executable, "-m", "myths", "rehearse", "--db", places["STORE"]]
    told = subprocess.run(
        [*command, "--url", "http://127.0.0.1:9/"], capture_output=True, text=True, check=False
    )
    assert told.returncode == 1
    assert told.stdout == ""
    (line,) = told.stderr.splitlines()
    assert line.endswith("see that `myths serve` runs there.")


def test_every_command_is_tried_with_a_fault():
    tried = [tuple(typed.split()[: len(path)]) for typed in FAULTS for path in PATHS]
    assert set(PATHS) <= set(tried)


@pytest.mark.parametrize("typed", ["serve --port 65536", "serve --port -1", "lab --port 65536"])
def test_a_port_that_cannot_be_is_told_before_anything_is_done(typed):
    result = run(*typed.split())
    assert result.exit_code == 2
    assert "'--port'" in result.stderr


def test_made_up_data_cannot_be_written_everywhere(places):
    is_a_sentence(CliRunner().invoke(samples, [places["FILE"]]))
    is_a_sentence(CliRunner().invoke(samples, [places["BELOW"] + "/it"]))


def test_made_up_data_without_a_place_is_told(monkeypatch, tmp_path):
    rehearsal_data = inspect.unwrap(myths.rehearsal_data)  # what was made before is not asked for
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(StoreError, match="TMPDIR"):
        rehearsal_data()
