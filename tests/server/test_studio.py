"""The studio on the staff pages: only with the key, by forms alone too; its page is still."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from myths import catalog

from tests.own_copy import editing, kept
from tests.server.conftest import ROOT, Draft, Running, Visitor, read

__all__ = ["editing", "kept"]

WORDS = catalog.load(ROOT / "content").ui.studio
STUDIO = "/staff/studio"


@pytest.fixture
def content(kept: Path) -> Path:
    """The content as it came."""
    for name in ("modules", "organiser.yml", ".studio"):
        shutil.rmtree(kept / name, ignore_errors=True)
    shutil.copytree(ROOT / "content" / "modules", kept / "modules")
    shutil.copy(ROOT / "content" / "organiser.yml", kept)
    return kept


@pytest.fixture
def trainer(editing: Running, content: Path) -> Iterator[Visitor]:
    with Visitor(editing) as someone:
        someone.send("/staff/", do="enter", key=editing.store.new_staff_key())
        yield someone


def form_of(page: httpx.Response) -> dict[str, str]:
    """What the form of a page has in its fields, as a browser would send it."""
    fields = {}
    for area in re.finditer(
        r'(?s)<textarea id="[^"]*" name="([^"]+)".*?>\n(.*?)</textarea>', page.text
    ):
        fields[area[1]] = html.unescape(area[2]).replace("\n", "\r\n")
    for one in re.finditer(r"<input [^>]*>", page.text):
        name, value = re.search(r'name="([^"]+)"', one[0]), re.search(r'value="([^"]*)"', one[0])
        if name:
            fields[name[1]] = html.unescape(value[1]) if value else ""
    for choice in re.finditer(r'(?s)<select id="field[^"]*" name="([^"]+)".*?</select>', page.text):
        chosen = re.search(r'value="([^"]*)" selected', choice[0])
        fields[choice[1]] = chosen[1] if chosen else ""
    return fields


def press(
    trainer: Visitor, page: httpx.Response, act: dict[str, Any], **typed: str
) -> httpx.Response:
    fields = {**form_of(page), **typed, "do": json.dumps(act)}
    return trainer.http.post(STUDIO, data=fields)


@pytest.mark.parametrize("path", [STUDIO, f"{STUDIO}?part=risk"])
def test_without_the_key_it_is_the_way_in(visitor: Visitor, path: str):
    page = visitor.get(path)
    assert page.status_code == 303
    assert page.headers["Location"] == "/staff/?next=%2Fstaff%2Fstudio"


def test_without_the_key_nothing_is_changed_and_no_draft_is_shown(editing: Running, content: Path):
    before = (content / "modules/risk/text.en.yml").read_bytes()
    with Visitor(editing) as someone:
        someone.join(editing.code)
        sent = someone.send(STUDIO, do='{"do": "undo"}', part="risk")
        assert sent.status_code == 403
        assert someone.get(f"{STUDIO}/page?part=risk").status_code == 403
    assert (content / "modules/risk/text.en.yml").read_bytes() == before


def test_the_list_of_workshops_leads_there(trainer: Visitor):
    assert f'href="{STUDIO}"' in trainer.get("/staff/").text
    page = trainer.get(f"{STUDIO}?part=risk")
    assert page.headers["Cache-Control"] == "no-store"
    assert 'href="/staff/publish"' in page.text
    assert WORDS.intro in read(page)


def test_a_text_is_changed_by_a_form_alone(trainer: Visitor, content: Path):
    page = trainer.get(f"{STUDIO}?part=risk&language=en&audience=police")
    sent = press(trainer, page, {"do": "save"}, **{"t:title": "Danger"})
    assert sent.status_code == 303
    assert catalog.load(content).module("risk").title == "Danger"
    shown = trainer.get(sent.headers["Location"])
    assert WORDS.told_saved in read(shown)
    assert 'value="Danger"' in shown.text
    assert 'value="police" selected' in shown.text
    sent = press(trainer, shown, {"do": "undo"})
    assert WORDS.told_undone in read(trainer.get(sent.headers["Location"]))
    assert catalog.load(content).module("risk").title == "Risk"


def test_a_question_is_added_by_a_form_alone_and_the_page_comes_back_to_it(
    trainer: Visitor, content: Path
):
    page = trainer.get(f"{STUDIO}?part=risk")
    act = {"do": "add", "list": "prompts", "at": "at-new-prompts"}
    sent = press(trainer, page, act, **{"n:prompts": "Who would hear of it?"})
    assert sent.headers["Location"].endswith("#at-new-prompts")
    shown = trainer.get(sent.headers["Location"])
    story = re.search(r'<details class="chapter" id="fold-story"[^>]*>', shown.text)
    assert story
    assert " open" in story[0]
    assert "Who would hear of it?" in catalog.load(content).module("risk").prompts.values()


def test_what_cannot_be_done_is_told_and_what_was_typed_stays(trainer: Visitor, content: Path):
    page = trainer.get(f"{STUDIO}?part=risk")
    typed = {"t:card": "Who calls whom?"}
    sent = press(trainer, page, {"do": "add", "list": "prompts"}, **typed)
    assert sent.status_code == 200
    assert WORDS.nothing_written in read(sent)
    assert form_of(sent)["t:card"] == "Who calls whom?"
    looked = press(trainer, page, {"do": "check"}, **{"t:title": ""})
    assert WORDS.errors.of(1) in read(looked)
    assert catalog.load(content).module("risk").title == "Risk"


def test_of_two_trainers_who_change_one_text_none_is_overwritten(trainer: Visitor, content: Path):
    first = second = trainer.get(f"{STUDIO}?part=risk")
    press(trainer, first, {"do": "save"}, **{"t:title": "Danger"})
    sent = press(trainer, second, {"do": "save"}, **{"t:title": "Threat"})
    assert sent.status_code == 200
    assert WORDS.clash in read(sent)
    assert form_of(sent)["t:title"] == "Threat"
    assert f"{WORDS.clash_here} Danger" in read(sent)
    press(trainer, sent, {"do": "mine", "name": "t:title"})
    assert catalog.load(content).module("risk").title == "Threat"


def ask(trainer: Visitor, wish: object) -> httpx.Response:
    return trainer.http.post(STUDIO, json={"wish": wish}, headers={"X-XSRFToken": trainer.secret})


PLACE = {"part": "risk", "language": "en", "audience": "mixed"}


def test_a_script_hears_of_problems_and_gets_the_form_anew(trainer: Visitor, content: Path):
    page = trainer.get(f"{STUDIO}?part=risk")
    sent = form_of(page)
    fields = {name: text for name, text in sent.items() if name[:2] in ("t:", "p:", "n:")}
    was = {name[4:]: text for name, text in sent.items() if name.startswith("was:")}
    fields["t:title"] = ""
    wish = {"place": PLACE, "fields": fields, "was": was, "turn": 1, "step": "facts"}
    checked = ask(trainer, {**wish, "do": "check"}).json()["checked"]
    assert "The words are empty" in checked["notes"]["t:title"]
    assert catalog.load(content).module("risk").title == "Risk"
    fields["t:title"] = "Danger"
    saved = ask(trainer, {**wish, "do": "save"}).json()["html"]
    assert 'value="Danger"' in saved
    assert "#facts" in saved  # the page beside it stays at its step
    assert catalog.load(content).module("risk").title == "Danger"


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"wish"', b'{"wish": 1}', b"[" * 5000])
def test_what_is_no_request_is_refused(trainer: Visitor, body: bytes):
    headers = {"X-XSRFToken": trainer.secret, "Content-Type": "application/json"}
    assert trainer.http.post(STUDIO, content=body, headers=headers).status_code == 400
    odd = trainer.send(STUDIO, do="burn it")
    assert odd.status_code == 400


@pytest.mark.parametrize("part", ["", "nothing", "../risk", "support/eu", "organiser", "ui/join"])
def test_a_part_that_is_not_there_is_the_first_one(trainer: Visitor, part: str):
    page = trainer.http.get(STUDIO, params={"part": part, "language": "xx", "audience": "cats"})
    assert page.status_code == 200
    assert 'class="edit"' in page.text


def test_the_page_of_the_draft_is_still_and_for_nobody_else(trainer: Visitor, content: Path):
    press(trainer, trainer.get(f"{STUDIO}?part=risk"), {"do": "save"}, **{"t:title": "Danger"})
    page = trainer.get(f"{STUDIO}/page?part=risk&language=en&audience=courts")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    allowed = page.headers["Content-Security-Policy"]
    assert "sandbox allow-same-origin" in allowed
    assert "default-src 'none'" in allowed
    assert "script-src" not in allowed
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    for sign in ("<script", "<noscript", " onclick", 'action="/', 'href="/m/', 'href="/leave'):
        assert sign not in page.text, sign
    assert "Danger" in page.text
    module = catalog.load(content).module("risk", audience="courts")
    assert module.prompts["practice"] in html.unescape(page.text)
    assert len(re.findall(r'<section class="step"', page.text)) == 6


def test_a_page_that_cannot_be_made_says_why(trainer: Visitor, content: Path):
    page = trainer.get(f"{STUDIO}?part=risk")
    press(trainer, page, {"do": "save"}, **{"t:title": ""})
    shown = trainer.get(f"{STUDIO}/page?part=risk")
    assert shown.status_code == 409
    assert WORDS.page_fault in read(shown)
    assert "the words are empty" in read(shown)
    assert "myths-" not in re.sub('(?s)<head.*</head>|class="[^"]*"', "", shown.text)
    assert trainer.get(f"{STUDIO}/page?part=nothing").status_code == 409


def test_people_see_a_page_as_it_was_while_its_draft_is_broken(
    trainer: Visitor, content: Path, editing: Running
):
    press(trainer, trainer.get(f"{STUDIO}?part=risk"), {"do": "save"}, **{"t:title": ""})
    with Visitor(editing) as someone:
        someone.join(editing.code)
        assert "Risk" in read(someone.get("/m/risk"))


def test_where_the_exit_leads_is_said_in_what_is_published(
    trainer: Visitor, editing: Running, content: Path
):
    page = trainer.get(f"{STUDIO}?part=organiser")
    press(trainer, page, {"do": "save"}, **{"t:exit": "https://weather.example/"})
    Draft(content, content.parent / "notebooks", editing.file.with_suffix(".published")).publish()
    with Visitor(editing) as someone:
        assert 'href="https://weather.example/"' in someone.get("/").text
