"""`myths export` as it is typed."""

from __future__ import annotations

import os
import signal

import pytest
from click.testing import CliRunner, Result
from myths import evaluation
from myths.cli import main
from myths.evaluation import Exported


@pytest.fixture(autouse=True)
def _handler():
    """Give the tests' own process its way of ending back."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["export", *map(str, arguments)])


def test_a_folder_is_written_and_named(made, tmp_path):
    result = run(tmp_path / "out", "--db", f"sqlite:///{made.db}", "--format", "csv")
    assert result.exit_code == 0, result.output
    assert f"{made.done.rows['answers']}  answers" in result.stdout
    assert f"Written to {tmp_path / 'out'}" in result.stdout
    assert [path.name for path in (tmp_path / "out" / "csv").glob("answers*")] == ["answers.csv"]


def test_without_a_name_the_folder_is_called_export(made, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("--db", f"sqlite:///{made.db}", "--format", "stata").exit_code == 0
    assert (tmp_path / "export" / "stata" / "wide.dta").exists()


def test_an_audience_can_be_chosen_and_one_that_no_workshop_has_is_told(made, tmp_path):
    command = (tmp_path / "out", "--db", f"sqlite:///{made.db}", "--format", "csv", "--audience")
    result = run(*command, "social")
    assert result.exit_code == 0, result.output
    assert f"{made.done.rows['answers']}  answers" in result.stdout
    result = run(*command, "police", "--force")
    assert result.exit_code == 1
    assert "choose from social" in result.stderr


def test_what_there_is_to_know_is_told(made, tmp_path):
    result = run(tmp_path / "out.zip", "--db", f"sqlite:///{made.db}", "--format", "spss")
    assert result.exit_code == 0, result.output
    assert "Note: SPSS: a text" in result.stdout


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--format", "word"], "csv, parquet"),
        (["--workshop", "NOSUCH"], "NOSUCH"),
        (["--db", "sqlite:////nowhere/at/all.sqlite"], "/nowhere/at/all.sqlite"),
    ],
)
def test_a_fault_is_one_sentence_on_stderr(made, tmp_path, more, words):
    result = run(tmp_path / "out", "--db", f"sqlite:///{made.db}", *more)
    assert result.exit_code == 1
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""


def test_an_existing_target_is_told_with_its_remedy(made, tmp_path):
    (tmp_path / "out").mkdir()
    result = run(tmp_path / "out", "--db", f"sqlite:///{made.db}")
    assert result.exit_code == 1
    assert "--force" in result.stderr


def test_being_ended_leaves_nothing_half_written(made, tmp_path, monkeypatch):
    real = evaluation.export

    def ended_half_way(*args: object, **options: object) -> Exported:
        def end(what: str, *_: int) -> None:
            if what == "stata":
                os.kill(os.getpid(), signal.SIGTERM)

        return real(*args, **{**options, "progress": end})

    monkeypatch.setattr(evaluation, "export", ended_half_way)
    assert run(tmp_path / "out", "--db", f"sqlite:///{made.db}").exit_code == 143
    assert not any(tmp_path.iterdir())
