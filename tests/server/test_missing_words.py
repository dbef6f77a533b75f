"""A word that is missing keeps the server from starting; a running one keeps those it had."""

from __future__ import annotations

import copy
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from myths import catalog

from tests.server.conftest import ROOT, Draft, Running, Visitor, command, launch, read, stop
from tests.server.test_start import refused

UI = yaml.safe_load((ROOT / "content" / "ui" / "en.yml").read_text("utf-8"))


def leaves(value: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if not isinstance(value, dict):
        yield place
        return
    for key, inner in value.items():
        yield from leaves(inner, (*place, key))


def without(*places: tuple[str, ...]) -> str:
    """The file of words with some keys taken out."""
    words = copy.deepcopy(UI)
    for place in places:
        inner = words
        for key in place[:-1]:
            inner = inner[key]
        del inner[place[-1]]
    return yaml.dump(words, Dumper=yaml.CDumper)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "content", tmp_path / "content"))


@pytest.fixture
def running(tmp_path: Path, content: Path) -> Iterator[Running]:
    db = tmp_path / "workshop.sqlite"
    more = {"MYTHS_CONTENT": str(content)}
    running = launch(command(db), f"sqlite:///{db}", tmp_path / "log", more=more)
    yield running
    stop(running)


def test_the_server_does_not_start_without_words_and_each_is_named(tmp_path: Path, content: Path):
    gone = [("join", "button"), ("errors", "no_code"), ("components", "question", "decline")]
    (content / "ui" / "en.yml").write_text(without(*gone), "utf-8")
    said = refused(tmp_path / "workshop.sqlite", MYTHS_CONTENT=str(content))
    assert "ui/en.yml" in said
    assert "no words for 'join.button'; add them (and 2 more" in said
    found = str([str(problem) for problem in catalog.check(content)])
    for place in gone:
        assert f"no words for '{'.'.join(place)}'; add them" in found


@pytest.mark.parametrize("step", [60, pytest.param(1, marks=pytest.mark.soak)])
def test_whichever_word_goes_missing_the_join_form_stays_as_it_was_and_the_trainers_are_told(
    running: Running, content: Path, step: int
):
    file, visitor, trainer = content / "ui" / "en.yml", Visitor(running), Visitor(running)
    key = re.search(r"staff key: (\S+)", running.told)
    assert key
    trainer.send("/staff/", do="enter", key=key[1])
    whole = file.read_text("utf-8")
    draft = Draft(content, ROOT / "notebooks", running.file.with_suffix(".published"))
    form = re.search(r'name="_xsrf" value="([^"]+)"', visitor.get("/").text)
    assert form
    for place in list(leaves(UI))[::step]:
        file.write_text(without(place), "utf-8")
        draft.put()
        page = visitor.http.post("/", data={"_xsrf": form[1], "code": "", "agree": "yes"})
        assert (page.status_code, UI["errors"]["no_code"] in read(page)) == (400, True), place
        told = read(trainer.get("/staff/"))
        assert re.search(rf"({'[.]'.join(place)}|'{place[-1]}').*; add them", told), place
    first = next(leaves(UI))
    assert f"no words for '{'.'.join(first)}'; add them" in running.log.read_text()
    file.write_text(whole, "utf-8")
    draft.publish()
    assert UI["errors"]["no_code"] in read(visitor.join(" "))
    assert visitor.join().status_code == 200
