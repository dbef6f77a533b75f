"""What is saved is one line, can be taken back, and overwrites nobody's words."""

from __future__ import annotations

import difflib
import json
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from myths import catalog, files
from myths.studio import DraftEditor
from myths.studio.draft import Draft
from myths.studio.journal import SaveJournal

from tests.studio.conftest import CONTENT, UI, Form, Opened, texts

WORDS = UI.studio
TEXT = "modules/risk/text.en.yml"


def difference(content: Path, name: str = TEXT) -> list[str]:
    old = (CONTENT / name).read_text("utf-8").splitlines()
    new = (content / name).read_text("utf-8").splitlines()
    lines = difflib.unified_diff(old, new, lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def test_one_changed_text_is_one_line_and_no_other_file_changes(content: Path, opened: Opened):
    form = opened()
    form.fields["t:remarks.over"] = "No programme takes away all danger."
    assert form.press("save").told == "saved"
    assert difference(content) == [
        "-  over: No programme removes all danger.",
        "+  over: No programme takes away all danger.",
    ]
    changed = [name for name, text in texts(content).items() if text != texts(CONTENT)[name]]
    assert changed == [TEXT]


def test_a_form_that_nobody_touched_saves_nothing(content: Path, opened: Opened):
    for part in ("risk", "closing", "organiser", "support/eu", "ui/join"):
        assert opened(part).press("save").told == "nothing_changed"
    assert texts(content) == texts(CONTENT)
    assert not (content / ".studio").exists()


def test_what_a_browser_makes_of_the_ends_of_lines_is_no_change(content: Path, opened: Opened):
    form = opened()
    form.fields = {name: text.replace("\n", "\r\n") for name, text in form.fields.items()}
    assert form.press("save").told == "nothing_changed"


def test_what_nobody_sees_is_left_out(content: Path, opened: Opened):
    form = opened()
    form.fields["t:title"] = " Ri\u200bsk\u0007 \u202e new "
    assert form.press("save").told == "saved"
    assert catalog.load(content).module("risk").title == "Risk new"


def test_who_may_read_a_file_may_read_it_afterwards(content: Path, opened: Opened):
    (content / "series.yml").chmod(0o644)
    form = opened()
    form.fields["t:title"] = "Danger"
    form.press("save")
    assert stat.S_IMODE((content / TEXT).stat().st_mode) == 0o644


class Clash:
    """Two trainers with the same form, of whom the first has saved."""

    def __init__(self, opened: Opened) -> None:
        self.first, self.second = opened(), opened()
        self.first.fields["t:card"] = "Who calls whom?"
        self.second.fields["t:card"] = "Who comes first?"
        self.second.fields["t:title"] = "Danger"
        assert self.first.press("save").told == "saved"


@pytest.fixture
def clash(opened: Opened) -> Clash:
    return Clash(opened)


def card(content: Path) -> str:
    return catalog.load(content).module("risk").card


def test_a_text_that_somebody_else_changed_meanwhile_is_shown_and_not_overwritten(
    content: Path, clash: Clash
):
    editor = clash.second.press("save")
    assert editor.fault == WORDS.clash
    assert editor.clashes == {"t:card": "Who calls whom?"}
    assert editor.typed["t:card"] == "Who comes first?"
    assert (card(content), catalog.load(content).module("risk").title) == (
        "Who calls whom?",
        "Risk",
    )
    html = editor.markup(xsrf="", page_url="", step="")
    assert WORDS.clash_here in html
    assert "Who calls whom?" in html
    assert "Who comes first?" in html


@pytest.mark.parametrize(
    ("do", "kept"), [("mine", "Who comes first?"), ("theirs", "Who calls whom?")]
)
def test_one_of_the_two_is_chosen_and_all_else_is_saved_too(
    content: Path, clash: Clash, do: str, kept: str
):
    assert clash.second.press(do, name="t:card").told == "saved"
    assert (card(content), catalog.load(content).module("risk").title) == (kept, "Danger")


def test_a_third_version_can_be_written_once_both_were_seen(content: Path, clash: Clash):
    editor = clash.second.press("save")
    clash.second.was = {name: field.mark for name, field in editor.fields.items()}
    clash.second.fields["t:card"] = "Who calls whom first?"
    assert clash.second.press("save").told == "saved"
    assert card(content) == "Who calls whom first?"


def test_two_who_change_different_texts_lose_nothing(content: Path, opened: Opened):
    first, second = opened(), opened()
    first.fields["t:card"] = "Who calls whom?"
    second.fields["t:title"] = "Danger"
    for form in (first, second):
        assert form.press("save").told == "saved"
    module = catalog.load(content).module("risk")
    assert (module.card, module.title) == ("Who calls whom?", "Danger")


def test_saves_are_taken_back_one_by_one_also_by_another_program(content: Path, opened: Opened):
    for title in ("One", "Two", "Three"):
        form = opened()
        form.fields["t:title"] = title
        form.press("save")
    for expected in ("Two", "One", "Risk"):
        assert opened().press("undo").told == "undone"
        assert catalog.load(content).module("risk").title == expected
    assert texts(content) == texts(CONTENT)
    assert opened().press("undo").fault == WORDS.nothing_to_undo


def test_what_was_changed_in_an_editor_since_is_not_taken_back(content: Path, opened: Opened):
    form = opened()
    form.fields["t:title"] = "Danger"
    form.press("save")
    path = content / TEXT
    path.write_text(path.read_text("utf-8").replace("card: Who", "card: But who"), "utf-8")
    assert opened().press("undo").fault == WORDS.cannot_undo
    module = catalog.load(content).module("risk")
    assert (module.title, module.card[:7]) == ("Danger", "But who")


def test_the_journal_is_bounded_and_a_broken_one_is_no_obstacle(content: Path, opened: Opened):
    for number in range(45):
        form = opened("organiser")
        form.fields["t:name"] = f"Network {number}"
        form.press("save")
    assert len(SaveJournal(content).entries) == 40
    (content / ".studio" / "saves.json").write_text("[")
    form = opened("organiser")
    form.fields["t:name"] = "Network"
    assert form.press("save").told == "saved"
    assert len(SaveJournal(content).entries) == 1


def structural(opened: Opened) -> DraftEditor:
    """A save of two files: a question goes."""
    return opened().press("remove", list="prompts", id="protect")


@contextmanager
def dying(monkeypatch: pytest.MonkeyPatch, last: int) -> Iterator[None]:
    """Have the process die as it gives a file its name, once `last` files have theirs."""
    names: list[Path] = []

    class DeadError(BaseException):
        pass

    def name(part: Path, path: Path) -> None:
        names.append(path)
        if len(names) > last:
            raise DeadError
        part.replace(path)

    with monkeypatch.context() as patched:
        patched.setattr(files, "_name", name)
        try:
            yield
        except DeadError:
            assert len(names) == last + 1


@pytest.mark.parametrize("last", range(6))
def test_a_save_that_is_interrupted_is_done_whole_or_not_at_all(
    content: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch, last: int
):
    """The process dies as it gives a file its name: before the first one, after it, and so on."""
    before = texts(content)
    with dying(monkeypatch, last):
        structural(opened)
    assert all(yaml_loads(path) for path in (content / "modules/risk").glob("*.yml"))
    editor = DraftEditor(content, UI, part="risk")  # the next time somebody comes
    assert editor.view()["broken"] == ""
    _ = editor.draft.journal
    module = catalog.load(content).module("risk")
    assert texts(content) == before or "protect" not in module.prompts
    assert editor.act({"do": "undo"}) == (texts(content) != before) or texts(content) == before


def yaml_loads(path: Path) -> bool:
    return path.stat().st_size > 0


@pytest.mark.parametrize("last", range(4))
def test_a_taking_back_that_is_interrupted_is_done_whole_or_not_at_all(
    content: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch, last: int
):
    before = texts(content)
    structural(opened)
    after = texts(content)
    with dying(monkeypatch, last):
        opened().press("undo")
    _ = Draft(content).journal
    assert texts(content) in (before, after)
    if texts(content) == after:
        assert opened().press("undo").told == "undone"
    assert texts(content) == before


def test_a_full_disk_changes_nothing_and_what_was_typed_stays(
    content: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch
):
    form = opened()
    form.fields["t:title"] = "Danger"

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    editor = form.press("save")
    assert "No space left on device" in editor.fault
    assert editor.typed["t:title"] == "Danger"
    assert texts(content) == texts(CONTENT)


def test_the_installed_edition_is_only_read(content: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("myths.studio.draft.is_installed", lambda folder: folder == content)
    editor = DraftEditor(content, UI, part="risk")
    assert not editor.act({"do": "save", "fields": {"t:title": "x"}, "was": {"t:title": "y"}})
    assert editor.fault == WORDS.read_only
    assert "myths init" in WORDS.read_only
    assert WORDS.read_only in editor.markup(xsrf="", page_url="", step="")


@pytest.mark.parametrize(
    "message",
    [
        None,
        [],
        {},
        {"do": "burn"},
        {"do": "save", "fields": {"t:title": 1}},
        {"do": "save", "x": 1},
    ],
)
def test_what_no_form_sends_is_refused(content: Path, message: Any):
    editor = DraftEditor(content, UI, part="risk")
    assert not editor.act(message)
    assert editor.fault == WORDS.unknown
    assert texts(content) == texts(CONTENT)


def test_a_name_that_no_field_has_is_passed_over(content: Path, opened: Opened):
    form = opened()
    form.fields |= {"t:../../x": "y", "p:slug": "other", "t:nobody.knows": "this"}
    form.was |= dict.fromkeys(form.fields, "0")
    form.press("save")
    assert texts(content).keys() == texts(CONTENT).keys()
    assert json.dumps("nobody") not in (content / TEXT).read_text("utf-8")


def test_a_file_that_is_no_yaml_is_told_and_left_alone(content: Path):
    shutil.copy(content / TEXT, content / "kept")
    (content / TEXT).write_text("title: [\n")
    editor = DraftEditor(content, UI, part="risk")
    assert "Line" in editor.view()["broken"]
    assert not editor.act({"do": "save", "fields": {"t:title": "x"}, "was": {"t:title": "y"}})
    assert (content / TEXT).read_text() == "title: [\n"


def test_a_part_of_a_form_is_typed_again_after_a_fault(opened: Opened):
    form = opened()
    form.fields["n:options.text"] = "It does nothing."
    form.fields["t:title"] = "Danger"
    editor = form.press("save")
    assert editor.fault == WORDS.nothing_written
    assert editor.typed == {"n:options.text": "It does nothing."}
    assert isinstance(form, Form)
    assert editor.fields["t:title"].value == "Danger"
