"""What people read, and what the log tells, when the store or a notebook is out of order."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from myths import catalog
from myths.store import credentials

from tests.server.conftest import ROOT, Running, Visitor, read, recovery_code, serving
from tests.server.guesser import Guesser
from tests.server.wire import Wire, key

SAYS = catalog.load().ui
RATING = "risk.myth.before"
SPOILT = [
    'module = myths.Module("rsik")',
    "1 / 0",
    "module.question(",
    "import nowhere",
    "import sys; print('noise'); sys.stderr.write('noise')",
    "from IPython.display import HTML; HTML('<script>alert(1)</script><em>safe</em>')",
    'module = myths.Module("risk"); module.rate("before")',
]


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server with a store of its own and a notebook in which most cells fail."""
    folder = tmp_path_factory.mktemp("troubled")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    path = folder / "notebooks" / "participants" / "07_funding.ipynb"
    notebook = json.loads(path.read_text())
    cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    sources = ["import myths", *SPOILT]
    notebook["cells"] = [cell | {"id": f"c{n}", "source": s} for n, s in enumerate(sources)]
    path.write_text(json.dumps(notebook))
    path.with_name("06_harm.ipynb").write_text("{ this is no notebook")
    options = ("--notebooks", str(folder / "notebooks"))
    with serving(folder / "workshop.sqlite", *options) as running:
        yield running


@pytest.fixture
def inside(troubled: Running) -> Iterator[Visitor]:
    """Somebody who has joined before things went wrong."""
    someone = Visitor(troubled)
    someone.join()
    yield someone
    someone.http.close()


@contextmanager
def read_only(file: Path) -> Iterator[None]:
    """Let SQLite take the file for one of a later version, which it opens for reading only."""
    with file.open("r+b") as opened:
        opened.seek(18)
        kept = opened.read(1)
        opened.seek(18)
        opened.write(b"\x03")
    try:
        yield
    finally:
        with file.open("r+b") as opened:
            opened.seek(18)
            opened.write(kept)


@contextmanager
def locked(file: Path) -> Iterator[None]:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


@contextmanager
def garbage(file: Path) -> Iterator[None]:
    kept = file.read_bytes()
    file.write_bytes(b"This is a letter to the editor. " * 1000)
    try:
        yield
    finally:
        file.write_bytes(kept)


@contextmanager
def gone(file: Path) -> Iterator[None]:
    aside = file.rename(file.with_suffix(".aside"))
    try:
        yield
    finally:
        aside.rename(file)


TROUBLES = [
    (read_only, "can be read but not written"),
    (locked, "kept locked for too long|has kept .* locked"),
    (garbage, "is not a workshop's database"),
    (gone, "gave an error that nobody foresaw|cannot be opened"),
]


@pytest.mark.parametrize(("trouble", "detail"), TROUBLES)
def test_people_read_what_to_do_and_the_log_tells_why_when_the_store_fails(
    troubled: Running, inside: Visitor, trouble: Callable[..., Any], detail: str
):
    newcomer = Visitor(troubled)
    form = re.search(r'name="_xsrf" value="([^"]+)"', newcomer.get("/").text)
    assert form
    fields = {"_xsrf": form[1], "code": troubled.code, "agree": "yes"}
    fields["contributes"] = "yes"
    told = len(troubled.log.read_text())
    with trouble(troubled.file):
        page = newcomer.http.post("/", data=fields)
    assert page.status_code == 503
    assert SAYS.errors.store in read(page)
    assert troubled.file.name not in page.text
    assert re.search(detail, troubled.log.read_text()[told:])
    assert newcomer.http.post("/", data=fields).status_code == 303  # it goes on by itself
    assert inside.get("/").status_code == 200


@pytest.mark.parametrize("trouble", [garbage, gone])
def test_who_is_inside_reads_the_same_when_the_store_cannot_be_read(
    troubled: Running, inside: Visitor, trouble: Callable[..., Any]
):
    with trouble(troubled.file):
        pages = [inside.get(path) for path in ("/", "/m/risk", "/healthz")]
    for page in pages:
        assert page.status_code == 503
        assert SAYS.errors.store in read(page)
        assert page.headers["Cache-Control"] == "no-store"
    assert inside.get("/healthz").text == "ok\n"


def test_an_answer_waits_on_the_page_until_the_store_takes_it(troubled: Running, inside: Visitor):
    wire = Wire(inside, "risk")
    answer = {"key": key(), "value": 4, "text": None, "declined": False, "reader": None}
    for sent, trouble in enumerate((garbage, read_only)):
        with trouble(troubled.file):
            receipt = wire.answer(RATING, answer | {"sent": sent})
        assert receipt["state"] == "failed"
        assert troubled.file.name not in receipt["message"]
    assert wire.answer(RATING, answer | {"sent": 2})["state"] == "saved"
    assert "file is not a database" in troubled.log.read_text()  # once a minute
    wire.close()


def test_a_fault_that_repeats_for_pages_and_answers_is_in_the_log_once(
    troubled: Running, inside: Visitor
):
    wire = Wire(inside, "risk")
    answer = {"key": key(), "value": 3, "text": None, "declined": False, "reader": None}
    told = len(troubled.log.read_text())
    with gone(troubled.file):
        for sent in range(30):
            assert wire.answer(RATING, answer | {"sent": sent})["state"] == "failed"
            assert inside.get("/").status_code == 503
    wire.close()
    assert troubled.log.read_text()[told:].count("Traceback") <= 2  # two causes


def test_a_section_that_fails_is_told_and_the_others_are_shown(troubled: Running, inside: Visitor):
    page = inside.get("/m/funding")
    assert page.status_code == 200
    assert read(page).count(SAYS.page.section_failed) == 4
    assert page.text.count('class="cell view" data-model=') == 1
    assert "<em>safe</em>" in page.text
    for secret in ("Traceback", "ZeroDivision", "rsik", "noise", "alert(1)"):
        assert secret not in page.text


def test_the_log_names_what_is_wrong_with_a_notebook(troubled: Running, inside: Visitor):
    inside.get("/m/funding")  # it is told once, when the page is prepared
    log = troubled.log.read_text()
    assert "07_funding.ipynb, cell 2" in log
    assert "There is no module 'rsik'" in log
    assert "division by zero" in log


def test_a_file_that_is_no_notebook_is_told_in_words(troubled: Running, inside: Visitor):
    page = inside.get("/m/harm")
    assert page.status_code == 503
    assert SAYS.errors.not_ready in read(page)
    assert "06_harm.ipynb" in troubled.log.read_text()


def test_wrong_codes_are_slowed_down_and_a_right_one_is_let_in_all_the_same(troubled: Running):
    visitor = Visitor(troubled)
    recovery = recovery_code(visitor.join())
    visitor.http.cookies.clear()
    unknown = credentials.new_recovery_code()
    tries = [visitor.send("/return", recovery=unknown) for _ in range(62)]
    assert {page.status_code for page in tries} == {400}
    assert visitor.send("/return", recovery=recovery).status_code == 303


def test_a_guesser_who_sends_hundreds_at_once_is_told_how_long_to_wait(tmp_path: Path):
    with serving(tmp_path / "workshop.sqlite") as server, Visitor(server) as visitor:
        with Guesser(visitor, "/", code="ABSENT", agree="yes") as guesser:
            assert guesser.insist()
            page = visitor.join("ABSENT")
            assert page.status_code == 429
            seconds = re.search(SAYS.errors.too_many.replace("{seconds}", r"(\d+)"), read(page))
            assert seconds
            assert 60 < int(seconds[1]) < 400
        assert visitor.send("/return", recovery=credentials.new_recovery_code()).status_code == 400
