"""Where a participant is: the modules of the series, and the questions of this page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import traitlets

from myths.catalog import ComponentWords
from myths.components.base import Component

STATES = ("open", "started", "done", "here")
LOCAL = ("/", "#", "./", "../", "https://", "http://")


class Progress(Component, component="progress"):
    """Links to the modules with their state, the one before and after, and what is answered here.

    `modules` are {title, url, state: open | started | done | here} in order; `sections` are links
    within the page, {title, url}. ValueError for an unknown state or an address that is no link.
    """

    modules: traitlets.List[Any] = traitlets.List().tag(sync=True)
    sections: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def __init__(
        self,
        modules: Sequence[Mapping[str, str]],
        *,
        words: ComponentWords,
        sections: Sequence[Mapping[str, str]] = (),
    ) -> None:
        for module in modules:
            if module["state"] not in STATES:
                raise ValueError(f"no state is called {module['state']!r}; use {', '.join(STATES)}")
        for link in (*modules, *sections):
            if not link["url"].startswith(LOCAL):
                raise ValueError(f"{link['url']!r} is no address of a page")
        super().__init__(
            words=words,
            modules=[dict(module) for module in modules],
            sections=[dict(section) for section in sections],
        )
