"""`myths new-language` and `myths translate`: out to a translator, and back."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from myths.cli import main

from tests.catalog import sample_content


@pytest.fixture
def run(tmp_path: Path):
    folder = sample_content.copy(tmp_path / "content")

    def run(*args: str) -> Result:
        return CliRunner().invoke(main, [*args, "--content", str(folder)])

    return run


def test_a_language_is_begun_given_out_and_taken_back(run, tmp_path: Path):
    assert "in one language" in run("translate", "status").output
    begun = run("new-language", "de")
    assert begun.exit_code == 0
    assert "text.de.yml" in begun.output
    file = str(tmp_path / "de.xlsx")
    assert f"texts are in {file}" in run("translate", "export", "de", file).output
    book = openpyxl.load_workbook(file)
    book["bees"]["E2"].value = "Bienen"
    book.save(file)
    assert run("translate", "import", "de", file).output.startswith("1 texts are new")
    said = run("translate", "status").output
    assert said.startswith("German (de), draft\n")
    (line,) = [line.split() for line in said.splitlines() if "modules/bees/text" in line]
    assert int(line[1]) - int(line[2]) == 1
    assert line[3] == "0"


def test_a_fault_is_told_and_the_command_fails(run, tmp_path: Path):
    run("new-language", "de")
    file = str(tmp_path / "de.xlsx")
    run("translate", "export", "de", file)
    book = openpyxl.load_workbook(file)
    book["bees"]["E2"].value = 7
    book.save(file)
    failed = run("translate", "import", "de", file)
    assert failed.exit_code == 1
    assert "error: sheet 'bees', cell E2: this is a number" in failed.output
    assert "1 to mend first. Nothing was written." in failed.output
    assert "ends in .xlsx or .po" in run("translate", "import", "de", "de.csv").output
    assert run("translate", "export", "fr", file).exit_code == 1
