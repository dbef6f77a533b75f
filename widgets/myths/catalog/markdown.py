"""Turn the Markdown of the content into safe HTML, and refuse what is not allowed in it."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

_INLINE = frozenset({"inline", "text", "softbreak", "hardbreak", "em", "strong", "link"})
FIELD = _INLINE | {"paragraph", "bullet_list", "ordered_list", "list_item"}
GUIDE = FIELD | {"heading", "blockquote", "hr", "table", "thead", "tbody", "tr", "th", "td"}

SCHEMES = ("https:", "mailto:", "tel:")
_FIELD_TAGS = {"p", "ul", "ol", "li", "em", "strong", "a", "br"}
_GUIDE_TAGS = {"h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr", "table", "thead", "tbody"}
_TAGS = _FIELD_TAGS | _GUIDE_TAGS | {"tr", "th", "td"}
_PARTS = {  # that a translation has as many of
    "paragraph_open": "paragraphs",
    "bullet_list_open": "lists",
    "ordered_list_open": "numbered lists",
    "list_item_open": "entries of lists",
    "tr_open": "rows of tables",
}
_NAMES = {
    "html_block": "raw HTML",
    "html_inline": "raw HTML",
    "code_block": "a line indented by four spaces",
    "code_inline": "words between backticks",
    "fence": "a code block",
    "hr": "a rule",
    "blockquote": "a quotation",
    "image": "an image",
}


_KEPT = 4096  # texts: those of an edition in three languages are read again at each check


class Html(str):
    """Safe HTML, made only by `render`; templates that escape leave it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        """Return it as it is: template engines need not escape this (their hook)."""
        return str(self)


@dataclass(frozen=True)
class GuideHeading:
    """A heading of a guide: its words, level (1 to 6) and line (from 1)."""

    words: str
    level: int
    line: int


class MarkdownRefusedError(ValueError):
    """Something in the Markdown is not allowed; `offset` counts lines from its first one."""

    def __init__(self, message: str, remedy: str, *, offset: int) -> None:
        """Keep what to tell the writer."""
        super().__init__(message)
        self.message, self.remedy, self.offset = message, remedy, offset


class _Parser(MarkdownIt):
    """Markdown that keeps every link, so that a forbidden one is refused and not left as words."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802  the parser's hook
        return True


_parser = _Parser("commonmark").enable("table")


@lru_cache(maxsize=_KEPT)
def render(text: str, *, allowed: frozenset[str] = FIELD) -> Html:
    """Render Markdown made of the `allowed` parts (FIELD or GUIDE); else MarkdownRefusedError."""
    tokens = _parser.parse(text)
    _check(tokens, allowed, offset=0)
    rendered: str = _parser.renderer.render(tokens, _parser.options, {})
    return Html(
        nh3.clean(
            rendered,
            tags=_TAGS,
            attributes={"a": {"href", "title"}, "ol": {"start"}},
            url_schemes={scheme.removesuffix(":") for scheme in SCHEMES},
        ).strip()
    )


def escaped(words: str) -> str:
    """Write plain words so that Markdown shows every sign in them as it is."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", words)


def plain(words: str) -> str:
    """Return the visible text of `Html`, white space folded: for hashes, exports, comparisons."""
    return " ".join(html.unescape(nh3.clean(words, tags=set())).split())


def headings(text: str) -> list[GuideHeading]:
    """List the headings of a Markdown text in order."""
    tokens = _parser.parse(text)
    return [
        GuideHeading(after.content, int(token.tag[1]), (token.map or [0])[0] + 1)
        for token, after in pairwise(tokens)
        if token.type == "heading_open"
    ]


def table_rows(text: str) -> list[list[str]]:
    """List the rows of the tables in a Markdown text, without their heads."""
    found: list[list[str]] = []
    for token, after in pairwise(_parser.parse(text)):
        if token.type == "tr_open":
            found.append([])
        elif token.type == "td_open":
            found[-1].append(after.content)
    return [row for row in found if row]


def pieces(text: str) -> list[str]:
    """Split a Markdown text into its paragraphs and the entries of its lists, in their order."""
    lines = text.splitlines()
    lists = ("bullet_list_open", "ordered_list_open")
    return [
        "\n".join(lines[slice(*token.map)])
        for token in _parser.parse(text)
        if token.map
        and (token.type == "list_item_open" if token.level else token.type not in lists)
        and token.level < 2
    ]


@lru_cache(maxsize=_KEPT)
def outline(text: str) -> Counter[str]:
    """Count the parts that a Markdown text is built of, each by what a writer calls it."""
    found: Counter[str] = Counter()
    for token in _parser.parse(text):
        if token.type in _PARTS:
            found[_PARTS[token.type]] += 1
        elif token.type == "heading_open":
            found[f"headings '{token.markup}'"] += 1
        for part in token.children or ():
            if part.type == "strong_open":
                found["words in **"] += 1
            elif part.type == "link_open":
                found[f"links to {part.attrs.get('href', '')}"] += 1
    return found


def _check(tokens: Iterable[Token], allowed: Set[str], *, offset: int) -> None:
    for token in tokens:
        if token.map:
            offset = token.map[0]
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if kind not in allowed:
            name = _NAMES.get(kind, f"a {kind.replace('_', ' ')}")
            remedy = "use only paragraphs, lists, *emphasis*, **strong** and [links](https://…)"
            raise MarkdownRefusedError(f"{name} is not allowed here", remedy, offset=offset)
        href = str(token.attrs.get("href", ""))
        if kind == "link" and token.nesting == 1 and not href.lower().startswith(SCHEMES):
            message = f"a link to {href!r} is not allowed"
            raise MarkdownRefusedError(message, "link to https, mailto or tel only", offset=offset)
        _check(token.children or (), allowed, offset=offset)
        if kind in ("softbreak", "hardbreak"):
            offset += 1
