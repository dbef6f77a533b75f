"""Questions to discuss, with a timer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import traitlets

from myths.catalog import ComponentWords
from myths.components.base import Component

LONGEST = 180


class Discussion(Component, component="discussion"):
    """Prompts and a timer of `minutes` (1 to 180, whole ones); ValueError outside of that.

    `card` is the question whose answer a group writes on the room's card.
    """

    said = frozenset(
        {
            *("start", "pause", "resume", "started", "paused", "was_reset", "half", "one_minute"),
            *("end", "minutes"),
        }
    )

    prompts: traitlets.List[Any] = traitlets.List().tag(markup=True)
    card = traitlets.Unicode().tag(markup=True)
    minutes = traitlets.Int(10).tag(sync=True)
    level = traitlets.Int(2).tag(markup=True)

    def __init__(
        self,
        prompts: Sequence[str],
        *,
        words: ComponentWords,
        card: str = "",
        minutes: int = 10,
        level: int = 2,
    ) -> None:
        if type(minutes) is not int or not 1 <= minutes <= LONGEST:
            raise ValueError(f"minutes must be a whole number from 1 to {LONGEST}")
        super().__init__(
            words=words, prompts=list(prompts), card=card, minutes=minutes, level=level
        )
