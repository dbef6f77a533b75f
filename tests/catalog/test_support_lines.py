"""A support line as it is shown: every sign of it, and links that lead somewhere."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from myths import catalog
from myths.catalog.markdown import escaped, plain, render


def test_a_line_links_its_number_and_its_site(content: Path, edit):
    edit("support/xx.yml", '"116 999"', '"+49 (030) 12"\n    url: https://example.org/a_(b)_c')
    (line,) = catalog.load(content).support[0].lines
    assert 'href="tel:+4903012"' in line.shown
    assert 'href="https://example.org/a_(b)_c"' in line.shown
    said = "+49 (030) 12, example.org/a_(b)_c: Bee line. Everyone. Always."
    assert catalog.plain(line.shown) == said


def test_markdown_signs_in_the_words_of_a_line_are_shown_as_they_are(content: Path, edit):
    edit("support/xx.yml", "{en: Bee line}", '{en: "*Bee* `line` [a](b) & <3"}')
    (line,) = catalog.load(content).support[0].lines
    assert "*Bee* `line` [a](b) & <3. Everyone." in catalog.plain(line.shown)


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1))
def test_escaped_words_are_shown_as_they_are(words: str):
    assert plain(render(f"x {escaped(words)}")) == f"x {words}"
