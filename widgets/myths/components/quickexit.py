"""A way to leave the page at once, by a link or by pressing Shift three times."""

from __future__ import annotations

import traitlets

from myths.catalog import ComponentWords
from myths.components.base import Component


class QuickExit(Component, component="quickexit"):
    """A link that blanks the page and goes to `url` (http or https, else ValueError).

    `leave_url` is told first, by a beacon, that the visit is over. With `preview` nothing is left:
    the link only says what it would do, so that a trainer's notebook stays open.
    """

    said = frozenset({"presses", "too_late", "leaving", "preview"})

    url = traitlets.Unicode().tag(sync=True, markup=True)
    leave_url = traitlets.Unicode().tag(sync=True)
    preview = traitlets.Bool(False).tag(sync=True)

    def __init__(
        self, url: str, *, words: ComponentWords, leave_url: str = "", preview: bool = False
    ) -> None:
        if not url.startswith(("https://", "http://")):
            raise ValueError(f"{url!r} is no address of another site; it must begin with https://")
        super().__init__(words=words, url=url, leave_url=leave_url, preview=preview)
