"""People see what was published last, or of it the last that works, whatever a trainer edits."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jupyter_core.paths import jupyter_runtime_dir
from myths import catalog
from myths.catalog import ContentProblemsError

from tests.server.conftest import Draft, Running, Visitor, command, launch, read, start, stop
from tests.server.wire import Wire
from tests.small_edition import copy_small_edition

SAYS = catalog.load().ui
SECONDS = 8  # for the cells of a page


def own_copy(folder: Path, *, seconds: int) -> tuple[list[str], dict[str, str]]:
    """Copy the small edition into a folder; the command that serves them, its environment."""
    copy_small_edition(folder)
    options = ("--notebooks", str(folder / "notebooks"), "--seconds", str(seconds))
    told = {"MYTHS_CONTENT": str(folder / "content")}
    return command(folder / "workshop.sqlite", *options), told


def notebook(folder: Path, slug: str) -> Path:
    return next((folder / "notebooks" / "participants").glob(f"*_{slug}.ipynb"))


class Room:
    """A server on a trainer's own copy, somebody who has joined, and the trainer."""

    def __init__(self, running: Running, folder: Path) -> None:
        self.running, self.folder = running, folder
        self.draft = Draft(folder / "content", folder / "notebooks", folder / "workshop.published")
        self.visitor, self.trainer = Visitor(running), Visitor(running)
        self.visitor.join()
        key = re.search(r"staff key: (\S+)", running.told)
        assert key
        form = re.search(r'name="_xsrf" value="([^"]+)"', self.trainer.get("/staff/").text)
        assert form
        fields = {"_xsrf": form[1], "do": "enter", "key": key[1]}
        assert self.trainer.http.post("/staff/", data=fields).is_redirect

    def notebook(self, slug: str) -> Path:
        return notebook(self.folder, slug)

    def edit(self, slug: str, *sources: str) -> None:
        """Write a notebook, and publish it."""
        self.write(self.folder, slug, *sources)
        self.draft.put()

    @staticmethod
    def write(folder: Path, slug: str, *sources: str) -> None:
        """Write a notebook with a Markdown cell and code cells, as JupyterLab saves it."""
        words, *codes = sources
        cells = [{"cell_type": "markdown", "id": "c0", "metadata": {}, "source": words}]
        for number, code in enumerate(codes, start=1):
            cell = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
            cells.append(cell | {"id": f"c{number}", "source": code})
        book = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}
        notebook(folder, slug).write_text(json.dumps(book))

    def words(self, file: str, old: str, new: str) -> None:
        """Change words, and publish them."""
        path = self.folder / "content" / file
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new, 1))
        self.draft.publish()

    def shown(self, slug: str) -> str:
        """All that a visitor gets: the page, and its widgets' states."""
        wire = Wire(self.visitor, slug)
        wire.shut_down()
        return read(wire.page) + json.dumps(wire.states, ensure_ascii=False)

    def told(self) -> str:
        """What the trainer reads at /staff/."""
        return read(self.trainer.get("/staff/"))

    def begin_publishing(self, do: str = "publish") -> None:
        """Press a button of the page at /staff/publish."""
        page = self.trainer.get("/staff/publish").text
        form = re.search(rf'name="do" value="{do}">\s*<input[^>]*name="mark" value="(\w+)"', page)
        assert form, page
        sent = self.trainer.send("/staff/publish", do=do, mark=form[1])
        assert sent.headers["Location"] == "/staff/publish"

    def until_told(self, words: str) -> str:
        """Load the trainer's page until it says this."""
        end = time.monotonic() + 60
        while words not in (told := self.told()):
            assert time.monotonic() < end, told
            time.sleep(0.2)
        return told


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("own")
    command, more = own_copy(folder, seconds=SECONDS)
    running = launch(command, f"sqlite:///{folder}/workshop.sqlite", folder / "log", more=more)
    yield Room(running, folder)
    stop(running)


def test_an_edit_of_words_is_seen_once_it_is_published(room: Room):
    text = room.folder / "content/modules/harm/text.en.yml"
    title = catalog.load().module("harm").title
    text.write_text(text.read_text().replace(title, "Is there harm in it?", 1))
    assert "Is there harm in it?" not in room.shown("closing")
    assert SAYS.publish.waiting.of(1) in room.told()
    room.draft.publish()
    assert "Is there harm in it?" in room.shown("closing")
    told = room.told()
    assert SAYS.staff.faults_heading not in told
    assert SAYS.publish.waiting_heading not in told


BREAKS: list[tuple[str, Callable[[str], str], str]] = [
    ("a missing key", lambda text: text.replace("title:", "titel:", 1), "did you mean 'title'"),
    ("a wrong indent", lambda text: text.replace("\nquestion:", "\n   question:"), "not YAML"),
    ("another encoding", lambda text: "\ufeff" + text + "“", "UTF-8"),
]
breaking = pytest.mark.parametrize(  # `tests/catalog/test_content_faults.py` knows many more
    ("how", "change", "said"),
    [
        pytest.param(*each, id=each[0], marks=[pytest.mark.soak] if number else [])
        for number, each in enumerate(BREAKS)
    ],
)


@breaking
def test_words_that_break_cannot_be_published_and_all_pages_go_on(
    room: Room, how: str, change: Callable[[str], str], said: str
):
    path = room.folder / "content/modules/harm/text.en.yml"
    whole = path.read_text()
    question = catalog.load().module("harm").question
    encoding = "utf-16" if how == "another encoding" else "utf-8"
    path.write_text(change(whole), encoding=encoding)
    try:
        with pytest.raises(ContentProblemsError) as refused:
            room.draft.publish()
        told = [str(each) for each in refused.value.problems]
        assert any("content/modules/harm/text.en.yml" in each and said in each for each in told)
        for slug in ("harm", "risk"):
            assert SAYS.page.section_failed not in (shown := room.shown(slug))
            assert SAYS.steps.next.format(title="") in shown
        assert question in room.shown("harm")
        assert SAYS.staff.faults_heading not in room.told()
    finally:
        path.write_text(whole)


@breaking
def test_words_that_are_published_and_cannot_be_loaded_are_told_and_all_stays_as_it_was(
    room: Room, how: str, change: Callable[[str], str], said: str
):
    """As by a newer version of the program, which knows other words."""
    path = room.folder / "content/modules/harm/text.en.yml"
    start = room.folder / "content/pages/start/text.en.yml"
    whole, rules = path.read_text(), start.read_text()
    encoding = "utf-16" if how == "another encoding" else "utf-8"
    path.write_text(change(whole), encoding=encoding)
    start.write_text(rules.replace("Ground rules", f"Our rules, {how}", 1))
    try:
        room.draft.put()
        question = catalog.load().module("harm").question
        assert question in room.shown("harm")
        assert f"Our rules, {how}" not in room.shown("start")  # all of it, or nothing
        told = room.told()
        assert SAYS.staff.faults_body in told
        assert "content/modules/harm/text.en.yml" in told
        assert said in told
        assert "content/modules/harm/text.en.yml" in room.running.log.read_text()
    finally:
        path.write_text(whole)
    room.draft.put()
    assert f"Our rules, {how}" in room.shown("start")
    assert SAYS.staff.faults_heading not in room.told()
    start.write_text(rules)
    room.draft.put()


LIVE = ["In our city", 'import myths\nmodule = myths.Module("funding")', "module.vignette()"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("x = 1\nmodule.vignete()", "cell 4, line 2: AttributeError"),
        *(
            pytest.param(code, f"cell 4, line 1: {said}", marks=pytest.mark.soak)
            for code, said in [
                ("1 / 0", "ZeroDivisionError: division by zero"),
                ("module.reflect(", "SyntaxError"),
                ("import os; os._exit(3)", "the cell ends the whole program"),
            ]
        ),
    ],
)
def test_a_cell_that_fails_is_told_and_the_page_stays_as_it_was(room: Room, code: str, said: str):
    room.edit("funding", *LIVE)
    assert "In our city" in room.shown("funding")
    room.edit("funding", "In our village", *LIVE[1:], code)
    shown = room.shown("funding")
    assert "In our city" in shown
    assert SAYS.page.section_failed not in shown
    told = room.told()
    assert f"07_funding.ipynb: {said}" in told
    assert f"07_funding.ipynb: {said}" in room.running.log.read_text()
    room.edit("funding", "In our village", *LIVE[1:])
    assert "In our village" in room.shown("funding")
    assert SAYS.staff.faults_heading not in room.told()


def test_a_notebook_that_is_half_saved_renamed_or_gone_is_told_and_the_page_stays(room: Room):
    room.edit("funding", *LIVE)
    assert "In our city" in room.shown("funding")
    path = room.notebook("funding")
    path.write_text(path.read_text()[:200])
    room.draft.put()
    assert "In our city" in room.shown("funding")
    assert "07_funding.ipynb:1: this is not a valid notebook" in room.told()
    room.edit("funding", *LIVE)
    path.rename(path.with_name("07_finance.ipynb"))
    room.draft.put()
    assert "In our city" in room.shown("funding")
    assert "07_funding.ipynb:1: the notebook is gone" in room.told()
    path.with_name("07_finance.ipynb").rename(path)
    room.draft.put()
    assert "In our city" in room.shown("funding")
    assert SAYS.staff.faults_heading not in room.told()


on_linux = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="finds processes in Linux's /proc"
)


def processes(server: int) -> set[int]:
    """A process, and all those below it."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has just ended
            continue
    found = {server}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


@on_linux
@pytest.mark.parametrize(
    "code",
    [
        "while True: pass",
        pytest.param(  # `tests/pages/test_trial.py` kills one, too
            "import time\nwhile True:\n    try: time.sleep(9)\n    except: pass",
            marks=pytest.mark.soak,
        ),
    ],
    ids=["it can be interrupted", "it has to be killed"],
)
def test_a_cell_that_does_not_end_is_named_and_ended_and_nobody_waits_for_it(room: Room, code: str):
    room.edit("funding", *LIVE)
    assert "In our city" in room.shown("funding")
    mark = f"{room.folder}/mark"
    noted = f"import os\nopen({mark!r}, 'w').write(str(os.getpid()))\n"
    room.edit("funding", "In our village", *LIVE[1:], noted + code)
    begun = time.monotonic()
    assert "In our city" in room.shown("funding")
    assert time.monotonic() - begun < SECONDS + 30  # not a minute and more
    said = "07_funding.ipynb: cell 4, line"
    told = room.until_told(said)
    assert "the cell does not end" in told.split(said)[1]
    assert said in room.running.log.read_text()
    spins = int(Path(mark).read_text())
    end = time.monotonic() + 60
    while spins in processes(room.running.process.pid):
        assert time.monotonic() < end, "it still spins"
        time.sleep(0.1)
    assert not Path(f"/proc/{spins}").exists()
    room.edit("funding", *LIVE)
    assert "In our city" in room.shown("funding")


@on_linux
def test_a_server_that_ends_leaves_no_cell_behind(tmp_path: Path):
    command, more = own_copy(tmp_path, seconds=60)
    own = launch(command, f"sqlite:///{tmp_path}/workshop.sqlite", tmp_path / "log", more=more)
    here, mark = Room(own, tmp_path), tmp_path / "mark"
    code = f"import os\nopen({str(mark)!r}, 'w').write(str(os.getpid()))\nwhile True: pass"
    here.write(tmp_path, "risk", "Words", code)
    here.begin_publishing()
    end = time.monotonic() + 60
    while not (mark.exists() and mark.read_text()):
        assert time.monotonic() < end, own.log.read_text()
        time.sleep(0.1)
    spins = int(mark.read_text())
    os.kill(own.process.pid, 9)
    own.process.wait()
    while Path(f"/proc/{spins}").exists():
        assert time.monotonic() < end, "it still spins"
        time.sleep(0.1)


def copies(server: Running) -> list[Path]:
    folders = Path(jupyter_runtime_dir()).glob(f"myths-*-{server.process.pid}")
    return [copy for folder in folders for copy in folder.iterdir()]


def test_copies_go_with_their_server_and_those_of_a_killed_one_with_the_next(tmp_path: Path):
    first = start(tmp_path / "workshop.sqlite")
    assert {oct(copy.stat().st_mode)[-3:] for copy in copies(first)} == {"700"}
    first.process.kill()
    first.process.wait()
    assert copies(first)
    second = start(tmp_path / "workshop.sqlite")
    assert not copies(first)
    assert copies(second)
    stop(second)
    assert not copies(second)
