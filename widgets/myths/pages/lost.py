"""What a page leaves out of a trainer's HTML, so that the place can say so."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

# What shows or asks something in a notebook and goes when a page is cleaned (`sanitizer`).
_SHOWN = {
    **dict.fromkeys(("iframe", "embed", "object"), "a frame of another site"),
    **{tag: f"a {tag}" for tag in ("video", "audio", "script", "form", "canvas")},
    **dict.fromkeys(("input", "button", "select", "textarea"), "a field or a button"),
    "svg": "a drawing inside the text",
}


@dataclass(frozen=True)
class LostPart:
    """A part that a page leaves out: what it is, and the address that it would have come from."""

    what: str
    address: str = ""


def lost(html: str) -> list[LostPart]:
    """List the parts of `html` that a page leaves out and people would miss, each once."""
    finder = _Finder()
    finder.feed(html)
    finder.close()
    named = {part.what for part in finder.found if part.address}
    return list(dict.fromkeys(p for p in finder.found if p.address or p.what not in named))


class _Finder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[LostPart] = []
        self._inside = ""  # of a video: its `source` has the address

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        address = values.get("src") or values.get("data") or ""
        elsewhere = address if address.startswith(("http:", "https:", "//")) else ""
        if tag == "source" and self._inside:
            self.found.append(LostPart(self._inside, elsewhere))
        elif tag == "script" and elsewhere:
            self.found.append(LostPart(_SHOWN[tag]))  # no address for people to go to
        elif tag in _SHOWN:
            self.found.append(LostPart(_SHOWN[tag], elsewhere))
            self._inside = _SHOWN[tag] if tag in ("video", "audio") else self._inside
        elif tag == "img" and not address.startswith("data:image/"):
            what = "a picture of another site" if elsewhere else "a picture that is not there"
            self.found.append(LostPart(what, elsewhere))

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag: str) -> None:
        if tag in ("video", "audio"):
            self._inside = ""
