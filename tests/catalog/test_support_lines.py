"""A support line as it is shown: every sign of it, and links that lead somewhere."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from myths import catalog
from myths.catalog.markdown import escaped, plain, render

from tests.catalog.conftest import TODAY


def test_a_line_links_its_number_and_its_site(content: Path, edit):
    edit("support/xx.yml", '"116 999"', '"+49 (030) 12"\n    url: https://example.org/a_(b)_c')
    (line,) = catalog.load(content).support[0].lines
    assert 'href="tel:+4903012"' in line.told("")
    assert 'href="https://example.org/a_(b)_c"' in line.told("")
    said = "Bee line: +49 (030) 12 Everyone. Always. example.org/a_(b)_c"
    assert catalog.plain(line.told("")) == said


def test_markdown_signs_in_the_words_of_a_line_are_shown_as_they_are(content: Path, edit):
    edit("support/xx.yml", "{en: Bee line}", '{en: "*Bee* `line` [a](b) & <3"}')
    (line,) = catalog.load(content).support[0].lines
    assert "*Bee* `line` [a](b) & <3: 116 999 Everyone." in catalog.plain(line.told(""))


def shown(content: Path, country: str = "xx") -> tuple[list[str], bool]:
    found = catalog.load(content).support_list(country)
    return [line.phone for line in found.lines], found.asks


def second(content: Path, words: str) -> None:
    path = content / "support/xx.yml"
    path.write_text(path.read_text() + words)


OTHER = """\
  - id: wasp-line
    kind: emergency
    name: {en: Wasp line}
    for: {en: Everyone}
    phone: "999"
    hours: {en: Always}
    free: true
"""


def test_a_line_is_shown_with_the_day_of_its_check_and_emergencies_come_first(content: Path):
    second(content, OTHER)
    assert shown(content) == (["999", "116 999"], False)
    assert "Checked on 31 January 2026." in catalog.load(content).support_told("xx")["bee-line"]


@pytest.mark.parametrize("file", ["null", "2026-01-31"])
def test_a_line_that_nobody_checked_is_not_shown_and_one_may_ask(content: Path, edit, file: str):
    edit("support/xx.yml", "checked: 2026-01-31", f"checked: {file}")
    second(content, OTHER + "    checked: 2026-02-01\n")
    lines = ["999", "116 999"] if file != "null" else ["999"]
    assert shown(content) == (lines, file == "null")
    (problem,) = [*catalog.check_support(content, today=TODAY), None][:1]
    assert (problem is not None) == (file == "null")


def test_without_a_line_for_survivors_one_may_ask(content: Path, edit):
    edit("support/xx.yml", "kind: survivors", "kind: legal")
    assert shown(content) == (["116 999"], True)


def test_the_lines_of_europe_stand_beside_those_of_a_country_which_knows_its_numbers_better(
    content: Path, edit
):
    europe = shutil.copy(content / "support/xx.yml", content / "support/eu.yml")
    text = Path(europe).read_text().replace("country: xx", "country: eu")
    Path(europe).write_text(text + OTHER)
    edit("support/xx.yml", "Bee line", "Our bee line")
    assert shown(content) == (["999", "116 999"], False)
    assert [line.name for line in catalog.load(content).support_list("xx").lines][1] == (
        "Our bee line"
    )
    assert shown(content, "yy") == (["999", "116 999"], False)


def test_the_lines_of_another_country_are_not_shown(content: Path):
    assert shown(content, "yy") == ([], True)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: survivors", "kind: survivor", "did you mean 'survivors'"),
        ("    kind: survivors\n", "", "kind"),
        ("country: xx", "country: yy", "differs from the file's name"),
        ("lines:", "lines: [", "xx.yml"),
    ],
)
def test_a_file_of_lines_that_is_broken_is_an_error(content: Path, edit, old, new, said):
    edit("support/xx.yml", old, new)
    (problem, *_) = catalog.check(content, today=TODAY)
    assert problem.severity == "error"
    assert said in str(problem)


def test_a_folder_without_lines_is_an_error(content: Path, complaints):
    shutil.rmtree(content / "support")
    (said,) = complaints()
    assert "there are no support lines" in said


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1))
def test_escaped_words_are_shown_as_they_are(words: str):
    assert plain(render(f"x {escaped(words)}")) == f"x {words}"
