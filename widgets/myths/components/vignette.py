"""A fictional case to talk about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import traitlets

from myths.catalog import ComponentWords
from myths.components.base import Component


class Vignette(Component, component="vignette"):
    """A case with the note that it is fictional; `html` and `next` are safe; `level` 2 or 3.

    `next` tells what happened next; it is folded, to be opened after the discussion.
    """

    said = frozenset({"read", "skip"})

    title = traitlets.Unicode().tag(markup=True)
    story = traitlets.Unicode().tag(markup=True)
    next = traitlets.Unicode().tag(markup=True)
    prompts: traitlets.List[Any] = traitlets.List().tag(markup=True)
    level = traitlets.Int(2).tag(markup=True)

    def __init__(
        self,
        title: str,
        html: str,
        *,
        words: ComponentWords,
        next: str = "",  # noqa: A002  the words of the file
        prompts: Sequence[str] = (),
        level: int = 2,
    ) -> None:
        super().__init__(
            words=words,
            title=title,
            story=str(html),
            next=str(next),
            prompts=list(prompts),
            level=level,
        )
