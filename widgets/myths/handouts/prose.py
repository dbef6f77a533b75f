"""The content's HTML as plain lists, which a template sets in type."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from myths.catalog import Html

_VOID = ("br", "hr")
_RUNNING = ("p", "strong", "em", "a", "td", "th")
Nodes = list[Any]  # words, and elements as {"tag": …, "href": …, "inner": Nodes}


def nodes(html: Html) -> Nodes:
    """Return the words and elements of safe HTML, nested as they are."""
    reader = _ProseReader()
    reader.feed(html)
    reader.close()
    return reader.found


class _ProseReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: Nodes = []
        self._open: list[tuple[str, Nodes]] = [("", self.found)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        inner: Nodes = []
        href = dict(attrs).get("href") or ""
        self._open[-1][1].append({"tag": tag, "href": href, "inner": inner})
        if tag not in _VOID:
            self._open.append((tag, inner))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        tag, inner = self._open[-1]
        if data.strip() or "\n" not in data or tag in _RUNNING:  # else it parts two blocks
            inner.append(data.replace("\n", " "))
