"""A statement to rate: a list of points, or a row of numbers for confidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import traitlets

from myths.components.base import Words, script, style
from myths.components.envelope import Answer, checked
from myths.components.question import Question, Save


class Rating(Question):
    """Radios for one statement, with "prefer not to say".

    `options` are {value: int, label: str} in order; `scale` "row" shows them as a compact row with
    words at both `ends` (low, high); without `ends` these are the words for confidence.
    """

    _esm = script("rating")
    _css = style("rating")
    script_name = "rating"
    spoken = ("question", "rating")

    statement = traitlets.Unicode().tag(sync=True)
    options: traitlets.List[Any] = traitlets.List().tag(sync=True)
    scale = traitlets.Unicode("list").tag(sync=True)
    ends: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def __init__(
        self,
        statement: str,
        options: Sequence[Mapping[str, Any]],
        *,
        words: Words,
        item: str,
        save: Save,
        given: Mapping[str, Any] | None = None,
        owner: str = "",
        scale: Literal["list", "row"] = "list",
        ends: tuple[str, str] | None = None,
    ) -> None:
        self._values = frozenset(int(option["value"]) for option in options)
        super().__init__(
            words=words,
            item=item,
            save=save,
            given=given,
            owner=owner,
            statement=statement,
            options=[dict(option) for option in options],
            scale=scale,
        )
        if scale == "row":
            self.ends = list(ends or (self.say["low"], self.say["high"]))

    def checked(self, answer: object) -> Answer:
        """Accept one of the options' values, or "prefer not to say", or nothing (cleared)."""
        return checked(answer, values=self._values, declinable=True)
