"""The installed package does its work in any folder, with no checkout near."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from myths import catalog

from tests.packaging.conftest import ROOT, Installed
from tests.server.conftest import Visitor, launch, read, stop

NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks" / "evaluators").glob("*.ipynb"))
SAYS = catalog.load(ROOT / "content").ui
OFTEN = "report.ipynb"  # uses most packages; in the checkout all are run each time

TYPED = """
import myths
from pathlib import Path

data: Path = myths.rehearsal_data()
table = myths.answers(data, rehearsal=True)
reveal_type(table)
reveal_type(myths.report(data))
myths.answers(workshp="ROOM7")
myths.answrs()
"""


def test_it_is_the_wheel_that_is_tried_and_no_test_tool_is_near(installed, elsewhere):
    told = installed.run(
        "python", "-c", "import myths, sys; print(myths.__file__, *sys.path)", cwd=elsewhere
    )
    assert told.stdout.startswith(str(installed.python.parents[1] / "lib")), told.stderr
    assert str(ROOT) not in told.stdout
    tools = installed.run("python", "-c", "import hypothesis", cwd=elsewhere)
    assert "No module named 'hypothesis'" in tools.stderr


def test_check_reads_the_editions_own_content(installed, elsewhere):
    told = installed.run("myths", "check", cwd=elsewhere)
    assert told.returncode == 0, told.stderr
    assert "complete" in told.stdout


def test_a_module_and_the_made_up_data_are_there(installed, elsewhere):
    uses = (
        "import myths; myths.Module('risk').reading(); "
        "print(len(myths.answers(myths.rehearsal_data(), rehearsal=True)))"
    )
    told = installed.run("python", "-c", uses, cwd=elsewhere)
    assert told.returncode == 0, told.stderr
    assert int(told.stdout) > 3000
    made = installed.run("python", "-m", "myths.samples", "made.sqlite", cwd=elsewhere)
    assert made.returncode == 0, made.stderr
    assert [path.name for path in elsewhere.iterdir()] == ["made.sqlite"]


def test_a_fault_in_the_packages_own_content_is_told_with_what_to_do(installed, elsewhere):
    (own,) = installed.python.parents[1].glob("lib/python*/site-packages/myths/edition/content")
    words = own / "modules/risk/text.en.yml"
    away = words.rename(words.with_suffix(".away"))
    try:
        told = installed.run("python", "-m", "myths", "check", cwd=elsewhere)
    finally:
        away.rename(words)
    assert told.returncode == 1
    assert f"{words}:1: the file is missing; install myths again" in told.stdout


def test_lab_asks_for_a_copy_of_ones_own(installed, elsewhere):
    told = installed.run("myths", "lab", cwd=elsewhere)
    assert told.returncode == 1
    assert "myths init FOLDER" in told.stderr
    assert list(elsewhere.iterdir()) == []


def test_the_packages_own_files_have_no_draft(installed, elsewhere):
    told = installed.run("myths", "publish", cwd=elsewhere)
    assert told.returncode == 1
    assert "myths init FOLDER" in told.stderr
    assert list(elsewhere.iterdir()) == []


def test_the_packages_own_texts_can_be_read_by_trainers_and_nothing_leads_to_publishing(
    installed, elsewhere
):
    (own,) = installed.python.parents[1].glob("lib/python*/site-packages/myths/edition")
    place = ("--content", own / "content", "--notebooks", own / "notebooks")
    run = (installed.python, "-m", "myths", "serve", "--port", "0")
    db = f"sqlite:///{elsewhere}/workshop.sqlite"
    command = [str(each) for each in (*run, "--db", db, *place)]
    running = launch(command, db, elsewhere / "log", more=installed.environment)
    try:
        with Visitor(running) as trainer:
            trainer.send("/staff/", do="enter", key=running.store.new_staff_key())
            page = trainer.get("/staff/studio?part=risk")
            assert SAYS.studio.read_only in read(page)
            assert SAYS.studio.read_only in read(trainer.get("/staff/studio/new"))
            for path in ("/staff/", "/staff/studio", "/staff/studio/new"):
                links = re.findall(r'href="(/staff/[^"#]*)"', trainer.get(path).text)
                assert links
                assert [each for each in links if trainer.get(each).status_code != 200] == []
            for fields in ({"do": "module", "name": "alcohol"}, {"do": "language", "code": "fr"}):
                answer = trainer.send("/staff/studio/new", **fields)
                assert answer.status_code == 400
            assert not (own / "content/modules/alcohol").exists()
    finally:
        stop(running)


@pytest.mark.parametrize(
    "name",
    [each if each == OFTEN else pytest.param(each, marks=pytest.mark.soak) for each in NOTEBOOKS],
)
def test_an_evaluators_notebook_runs(installed: Installed, elsewhere: Path, name: str):
    assert installed.run("myths", "init", "own", cwd=elsewhere).returncode == 0
    execute = "from nbclient.cli import main; main()"
    told = installed.run(
        *("python", "-c", execute, name), cwd=elsewhere / "own" / "notebooks" / "evaluators"
    )
    assert told.returncode == 0, told.stderr


def seen_types(folder: Path, *options: str | Path, env: dict[str, str] | None = None) -> None:
    """See what a type checker tells somebody who wrote TYPED."""
    (folder / "script.py").write_text(TYPED)
    told = subprocess.run(
        [sys.executable, "-m", "mypy", *options, folder / "script.py"],
        cwd=ROOT if env is None else folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    seen = re.findall(r"script.py:\d+: (error: .*|.*Revealed.*)", told.stdout)
    table, report, wrong, unknown = seen
    assert table.endswith('"pandas.core.frame.DataFrame"')
    assert report.endswith('.Report"')
    assert wrong.startswith('error: Unexpected keyword argument "workshp" for "answers"')
    assert unknown.startswith('error: Module has no attribute "answrs"')


def test_a_type_checker_sees_the_types_of_the_checkout(elsewhere):
    """It has read them for `make lint`, and tests/packaging/test_wheel.py finds `py.typed`."""
    seen_types(elsewhere)


@pytest.mark.soak
def test_a_users_type_checker_sees_the_types_of_the_package(installed, elsewhere):
    seen_types(elsewhere, "--python-executable", installed.python, env=installed.environment)
