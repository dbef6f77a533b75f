"""A statement to rate: a list of points, or a row of numbers for confidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import traitlets

from myths.answer import Answer, AnswerRules
from myths.catalog import ComponentWords
from myths.components.question import Question, Save


class Rating(Question, component="rating"):
    """Radios for one statement, with "prefer not to say".

    `options` are {value: int, label: str} in order; `scale` "row" shows them as a compact row with
    words at both `ends` (low, high); without `ends` these are the words for confidence. A "choice"
    has options that are no scale: they stand below each other on any screen. `agreeing` says that
    the two highest options agree with the statement. `language` is given where it is another than
    the page's.
    """

    said = Question.said | {"choose", "decline"}

    statement = traitlets.Unicode().tag(markup=True)
    options: traitlets.List[Any] = traitlets.List().tag(markup=True)
    scale = traitlets.Unicode("list").tag(markup=True)
    ends: traitlets.List[Any] = traitlets.List().tag(markup=True)
    agreeing = traitlets.Bool().tag(markup=True)
    language = traitlets.Unicode().tag(markup=True)

    def __init__(
        self,
        statement: str,
        options: Sequence[Mapping[str, Any]],
        *,
        words: ComponentWords,
        item: str,
        save: Save,
        known: Answer | None = None,
        owner: str = "",
        wording: str = "",
        scale: Literal["list", "row", "choice"] = "list",
        ends: tuple[str, str] | None = None,
        agreeing: bool = False,
        language: str = "",
    ) -> None:
        values = frozenset(int(option["value"]) for option in options)
        super().__init__(
            words=words,
            item=item,
            save=save,
            rules=AnswerRules(values=values, declinable=True),
            known=known,
            owner=owner,
            wording=wording,
            statement=statement,
            options=[dict(option) for option in options],
            scale=scale,
            agreeing=agreeing,
            language=language,
        )
        if scale == "row":
            self.ends = list(ends or (words.rating.low, words.rating.high))
