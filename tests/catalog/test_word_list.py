"""One thing has one name in all words of a language, as its word list says."""

from __future__ import annotations

from pathlib import Path

import pytest
from myths import catalog

from tests.catalog.test_content_faults import GUIDE, PAGE, TEXT

LIST = "say:\n  hive: [bee house, beehive]\n"


@pytest.fixture
def content(content: Path) -> Path:
    """The sample, with a word list."""
    (content / "word-list.en.yml").write_text(LIST, "utf-8")
    return content


def test_another_name_is_told_with_the_one_to_use(edit, complaints):
    edit(TEXT, "to defend the hive", "to defend the beehive")
    (told,) = complaints()
    assert f"{TEXT}:6: 'beehive' has another name elsewhere; say 'hive'" in told


def test_it_is_found_across_a_line_in_any_case_and_only_as_a_whole_word(edit, complaints):
    edit(TEXT, "A bee that stings dies.", "Beehives and a Bee\n      house.")
    edit(TEXT, "terms: [dies]", "terms: [house]")
    (told,) = complaints()
    assert "'Bee house' has another name" in told


@pytest.mark.parametrize(
    ("file", "old"), [(GUIDE, "## Aim\n"), (PAGE, "heading: "), ("ui/en.yml", "tab: ")]
)
def test_guides_pages_and_buttons_are_read_too(edit, complaints, file: str, old: str):
    edit(file, old, f"{old}Beehive ")
    (told,) = complaints()
    assert file in told
    assert "say 'hive'" in told


def test_a_language_without_a_list_is_not_checked(content, edit, complaints):
    edit(TEXT, "to defend the hive", "to defend the beehive")
    (content / "word-list.en.yml").unlink()
    assert complaints() == []


def test_a_list_that_cannot_be_read_is_told(content, complaints):
    (content / "word-list.en.yml").write_text("say: [hive]\n", "utf-8")
    (told,) = complaints()
    assert "word-list.en.yml:1: say has the wrong type" in told


def test_a_name_that_is_used_elsewhere_is_a_warning(content, edit):
    edit(TEXT, "to defend the hive", "to defend the beehive")
    assert {each.severity for each in catalog.check(content)} == {"warning"}
