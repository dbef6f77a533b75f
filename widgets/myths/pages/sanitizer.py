"""What a trainer's own cells may put on a page: no script, no form, nothing from elsewhere."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping

import nh3
from markupsafe import Markup

_PICTURE = re.compile(r'<img(?: [\w-]+="[^"]*")*>')  # as nh3 writes it
_ATTRIBUTES = {**nh3.ALLOWED_ATTRIBUTES, "a": nh3.ALLOWED_ATTRIBUTES["a"] | {"class"}}


def clean(html: str) -> Markup:
    """Keep what is safe of `html`; pictures must be in the page itself (`data:`)."""
    cleaned = nh3.clean(
        html,
        attributes=_ATTRIBUTES,
        attribute_filter=_allowed,
        url_schemes=nh3.ALLOWED_URL_SCHEMES | {"data"},
    )
    return Markup(_PICTURE.sub(_with_source, cleaned))  # noqa: S704  nh3 has cleaned it


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
    """Pictures come from the page, links do not."""
    if tag == "img" and name == "src":
        return value if value.startswith("data:image/") else None
    return None if value.startswith("data:") else value
