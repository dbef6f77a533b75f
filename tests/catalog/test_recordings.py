"""Recordings beside the texts: what is wrong with one is told by its name, and how to mend it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from myths import catalog
from myths.catalog.recordings import LARGEST, recordings

from tests.films import CAPTIONS, HEADS, record


@pytest.fixture
def bees(content: Path) -> Path:
    return content / "modules" / "bees"


def offered(content: Path) -> list[tuple[str, str, str, str]]:
    series = catalog.load(content).series
    found = recordings(content, series)
    return [(each.part, each.step, each.language, each.form) for each in found]


def test_the_name_says_the_step_the_language_and_if_it_is_signed(content, bees, complaints):
    record(bees, "facts.en.mp3")
    record(bees, "facts.en.sign.mp4")
    record(bees, "story.en.webm")
    record(content / "pages/start", "page.en.webm")
    assert complaints() == []
    assert offered(content) == [
        ("bees", "facts", "en", "sound"),
        ("bees", "facts", "en", "sign"),
        ("bees", "story", "en", "film"),
        ("start", "page", "en", "film"),
    ]


def test_it_goes_with_an_easy_form_too(content, bees, edit, complaints):
    edit("series.yml", "languages: [en]", "languages: [en, en-simple]")
    record(bees, "facts.en-simple.sign.mp4")
    assert complaints() == []
    assert offered(content) == [("bees", "facts", "en-simple", "sign")]


NAME = "name it as facts.en.mp4, or facts.en.sign.mp4 if it is signed"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("facts.mp4", f"does not say which step this is, and in which language; {NAME}"),
        ("Facts.en.mp4", f"does not say which step this is, and in which language; {NAME}"),
        ("facts.en.signed.mp4", f"in which language; {NAME}"),
        ("fact.en.mp4", "no step is called 'fact'; did you mean 'facts'?"),
        ("mine.en.mp4", "no step is called 'mine'; known here: view, facts, check"),
        ("facts.de.mp4", "'de' is no language of the series; known here: en"),
        ("facts.en.sign.mp3", "a sign language can be seen, and this can only be heard"),
    ],
)
def test_a_name_that_does_not_fit_is_told(content, bees, complaints, name: str, told: str):
    record(bees, name)
    (said,) = complaints()
    assert f"modules/bees/recordings/{name}:1: " in said
    assert told in said
    assert offered(content) == []


def test_a_page_has_steps_of_its_own(content, complaints):
    record(content / "pages/start", "facts.en.mp3")
    assert "no step is called 'facts'; known here: page, keep, agree" in complaints()[0]


def test_captions_are_a_must(content, bees, complaints):
    record(bees, "facts.en.mp3", captions="")
    assert offered(content) == []
    (said,) = complaints()
    assert "facts.en.mp3:1: the recording has no captions; write what is said or signed" in said
    assert "into facts.en.vtt beside it" in said
    assert next(each.severity for each in catalog.check(content)) == "error"


@pytest.mark.parametrize(
    "captions", ["No intervention is free of risk.", "WEBVTT\n\nNo times.", "1\n00:00 --> 00:04\nx"]
)
def test_captions_that_no_browser_shows_are_told(content, bees, complaints, captions: str):
    record(bees, "facts.en.mp3", captions=captions)
    assert "facts.en.vtt:1: these are no captions that browsers show (WebVTT)" in complaints()[0]
    assert offered(content) == []


def test_captions_in_another_encoding_are_told(content, bees, complaints):
    path = record(bees, "facts.en.mp3")
    path.with_suffix(".vtt").write_bytes(CAPTIONS.encode("utf-16"))
    assert "facts.en.vtt:1: this is not UTF-8 text, but UTF-16; save" in complaints()[0]
    assert offered(content) == []


def test_captions_alone_and_files_that_no_browser_plays_are_told_as_warnings(bees, complaints):
    record(bees, "facts.en.mp3").unlink()
    (bees / "recordings/story.en.mov").write_bytes(b"film")
    assert [each.partition(": ")[2] for each in complaints()] == [
        "these captions belong to no recording; put it beside them",
        "not every browser plays such a file, so nobody is offered it; save it as .mp4, .webm or "
        ".mp3, or take it out",
    ]


@pytest.mark.parametrize("name", ["facts.en.mp4", "facts.en.webm", "facts.en.mp3"])
def test_a_file_that_is_another_kind_than_its_name_says_is_told(content, bees, complaints, name):
    record(bees, name, content=b"<html>not found</html>")
    assert (
        f"{name}:1: this is no {Path(name).suffix} file, whatever its name says" in complaints()[0]
    )
    assert offered(content) == []


def test_a_file_that_is_too_large_is_told(content, bees, complaints):
    path = record(bees, "facts.en.mp4")
    os.truncate(path, LARGEST)
    assert complaints() == []
    os.truncate(path, LARGEST + 1_000_000)
    assert "the file has 51 MB, and phones in a room load it over one network" in complaints()[0]
    assert offered(content) == []


@pytest.mark.parametrize("second", ["facts.en.webm", "facts.en.mp4"])
def test_a_step_is_spoken_once_and_signed_once(content, bees, complaints, second: str):
    record(bees, "facts.en.mp3")
    record(bees, "facts.en.sign.mp4")
    record(bees, second)
    (told,) = complaints()
    assert "facts.en.mp3" in told
    assert "is the same step already; keep one of the two" in told
    assert len(offered(content)) == 2


def test_a_library_sees_a_new_recording_and_one_that_changed(content, bees):
    library = catalog.Library(content)
    versions = [library.version]
    path = record(bees, "facts.en.mp4")
    versions.append(library.version)
    assert [each.path for each in library.recordings] == [path]
    path.write_bytes(HEADS[".mp4"] + b"another film")
    versions.append(library.version)
    path.unlink()
    path.with_suffix(".vtt").unlink()
    assert len(set(versions)) == 3
    assert library.version == versions[0]
    assert library.recordings == ()


def test_a_library_keeps_no_copy_of_a_recording(content, bees):
    record(bees, "facts.en.mp4")
    assert not list(catalog.Library(content).served.folder.rglob("*.mp4"))


def test_a_recording_that_is_out_of_order_keeps_nobody_from_the_texts(content, bees, edit):
    library = catalog.Library(content)
    record(bees, "facts.en.mp4", captions="")
    edit("modules/bees/text.en.yml", "title: Bees", "title: Many bees")
    assert library.load().module("bees").title == "Many bees"
    assert (library.faults, library.recordings) == ((), ())


def test_where_an_audience_has_its_own_words_a_step_is_another_one():
    content = catalog.load()
    steps = {
        audience: content.adapted_steps("risk", audience)
        for audience in ("mixed", "police", "womens-services")
    }
    assert steps == {
        "mixed": frozenset(),
        "police": {"story", "write"},
        "womens-services": {"story", "write"},
    }
    assert content.adapted_steps("start", "police") == frozenset()
