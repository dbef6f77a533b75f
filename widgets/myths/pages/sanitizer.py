"""What a trainer's own cells may put on a page: no script, no form, nothing from elsewhere."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping

import nh3
from markupsafe import Markup, escape

_PICTURE = re.compile(r'<img(?: [\w-]+="[^"]*")*>')  # as nh3 writes it
_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_END = re.compile(r"</table\s*>", re.IGNORECASE)
_SCROLLABLE = {"class": "wide", "role": "group", "tabindex": "0"}
_ATTRIBUTES = {
    **nh3.ALLOWED_ATTRIBUTES,
    "a": nh3.ALLOWED_ATTRIBUTES["a"] | {"class"},
    "div": {*nh3.ALLOWED_ATTRIBUTES.get("div", ()), *_SCROLLABLE, "aria-label"},
}


def clean(html: str) -> Markup:
    """Keep what is safe of `html`; pictures must be in the page itself (`data:`)."""
    cleaned = nh3.clean(
        html,
        attributes=_ATTRIBUTES,
        attribute_filter=_allowed,
        url_schemes=nh3.ALLOWED_URL_SCHEMES | {"data"},
    )
    return Markup(_PICTURE.sub(_with_source, cleaned))  # noqa: S704  nh3 has cleaned it


def scrollable(html: str, label: str) -> str:
    """Put each table into a box of its own, which `label` names and a keyboard can scroll.

    So a wide table moves by itself and not the whole page. What comes of it is still to be cleaned.
    """
    parts = " ".join(f'{name}="{value}"' for name, value in _SCROLLABLE.items())
    boxed = _TABLE.sub(f'<div {parts} aria-label="{escape(label)}"><table', html)
    return _END.sub("</table></div>", boxed)


def picture(data: Mapping[str, str]) -> str:
    """Return the picture of an output as an address inside the page; empty without one.

    A browser runs no script of such a picture and loads nothing for it.
    """
    for kind in ("image/png", "image/jpeg", "image/svg+xml"):
        if kind in data:
            raw = data[kind].strip()
            svg = kind.endswith("xml")
            coded = base64.b64encode(raw.encode()).decode() if svg else raw
            return f"data:{kind};base64,{coded}"
    return ""


def _with_source(tag: re.Match[str]) -> str:
    """Leave out a picture that has lost its address: a browser would show it as a broken one."""
    return tag[0] if ' src="' in tag[0] else ""


def _allowed(tag: str, name: str, value: str) -> str | None:
    """Pictures come from the page, links do not; a box is that of a table."""
    if tag == "div" and name in _SCROLLABLE:
        return value if value == _SCROLLABLE[name] else None
    if tag == "img" and name == "src":
        return value if value.startswith("data:image/") else None
    return None if value.startswith("data:") else value
