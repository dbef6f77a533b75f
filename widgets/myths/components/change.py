"""What one person said before and after, side by side and without a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import traitlets

from myths.catalog import ComponentWords
from myths.components.base import Component


class Change(Component, component="change"):
    """A small table for each statement; or with a `title` all in one list under it.

    `rows` are {statement, before, after}; before and after are an option's value, "declined" or
    None (no answer). Set `rows` again, as a new list, to update the page. `options` as in Rating.
    """

    rows: traitlets.List[Any] = traitlets.List().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    options: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def __init__(
        self,
        rows: Sequence[Mapping[str, Any]],
        options: Sequence[Mapping[str, Any]],
        *,
        words: ComponentWords,
        title: str = "",
    ) -> None:
        super().__init__(
            words=words,
            title=title,
            rows=[dict(row) for row in rows],
            options=[dict(option) for option in options],
        )
