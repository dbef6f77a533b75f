"""Markdown becomes safe HTML or is refused; nothing is dropped in silence."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from myths.catalog.markdown import FIELD, GUIDE, Html, MarkdownRefusedError, plain, render

DANGEROUS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "x <b>y</b>",
    "<!-- x -->",
    "<?php x ?>",
    "<![CDATA[x]]>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html,x)",
    "[x](vbscript:x)",
    "[x](/relative)",
    "[x](//example.org)",
    "[x]: javascript:x\n\n[x]",
    "<javascript:alert(1)>",
    "![x](https://example.org/x.png)",
)


@pytest.mark.parametrize("words", DANGEROUS)
def test_markup_and_links_that_could_do_harm_are_refused(words: str):
    for allowed in (FIELD, GUIDE):
        with pytest.raises(MarkdownRefusedError):
            render(words, allowed=allowed)


@pytest.mark.parametrize(
    "words", ["# x", "> x", "    x", "`x`", "```\nx\n```", "---", "|a|\n|-|\n|b|"]
)
def test_what_a_field_cannot_show_is_refused(words: str):
    with pytest.raises(MarkdownRefusedError, match="is not allowed here"):
        render(words)


def test_a_refusal_knows_its_line():
    with pytest.raises(MarkdownRefusedError) as refused:
        render("one\ntwo\n\n- three\n- four\n  <b>five</b>\n")
    assert refused.value.offset == 5


@pytest.mark.parametrize(
    ("words", "html"),
    [
        ("*a* **b**", "<p><em>a</em> <strong>b</strong></p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>'),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
        ("&lt;script&gt;", "<p>&lt;script&gt;</p>"),
        ("<svg/onload=x>", "<p>&lt;svg/onload=x&gt;</p>"),
        ("a\\\nb", "<p>a<br>\nb</p>"),
        (
            "[x](mailto:a@example.org)",
            '<p><a href="mailto:a@example.org" rel="noopener noreferrer">x</a></p>',
        ),
    ],
)
def test_what_is_allowed_is_rendered(words: str, html: str):
    assert render(words) == html


def test_html_tells_templates_that_it_is_safe():
    assert isinstance(render("a"), Html)
    assert render("a").__html__() == "<p>a</p>"


def test_plain_words_have_no_markup_and_one_space():
    assert plain(render("*a* b\n\n- c & d\n- [e](https://example.org)\n")) == "a b c & d e"


ALLOWED = {"p", "ul", "ol", "li", "em", "strong", "a", "br", "h1", "h2", "h3", "h4", "h5", "h6"}
ALLOWED |= {"blockquote", "hr", "table", "thead", "tbody", "tr", "th", "td"}
_PIECES = st.sampled_from([*DANGEROUS, "*", "_", "<", ">", "[", "](", ")", "&lt;", "\n", "\\", "a"])


@given(st.one_of(st.text(), st.lists(_PIECES).map("".join)))
def test_no_words_whatever_become_html_that_can_run(words: str):
    for allowed in (FIELD, GUIDE):
        try:
            html = render(words, allowed=allowed)
        except MarkdownRefusedError:
            continue
        tags = _tags(html)
        assert {tag for tag, _ in tags} <= ALLOWED
        for _, attributes in tags:
            assert set(attributes) <= {"href", "rel", "title", "start"}
            assert (
                attributes.get("href", "https:").lower().startswith(("https:", "mailto:", "tel:"))
            )


def _tags(html: str) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []

    class Parser(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, {name: value or "" for name, value in attrs}))

    Parser().feed(html)
    return found
