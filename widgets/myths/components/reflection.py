"""A question answered in writing, by somebody who also says who may read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import traitlets

from myths.components.base import Words, script, style
from myths.components.envelope import Answer, checked
from myths.components.question import Question, Save
from myths.vocabulary import Reader


class Reflection(Question):
    """A text box.

    `limit` is the longest text in code points. `readers` are some of me, group, evaluation, the
    first one chosen at the start. ValueError if one is unknown.
    """

    _esm = script("reflection")
    _css = style("reflection")
    script_name = "reflection"
    spoken = ("question", "reflection")

    label = traitlets.Unicode().tag(sync=True)
    hint = traitlets.Unicode().tag(sync=True)
    limit = traitlets.Int(2000).tag(sync=True)
    readers: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def __init__(
        self,
        label: str,
        *,
        words: Words,
        item: str,
        save: Save,
        given: Mapping[str, Any] | None = None,
        owner: str = "",
        hint: str = "",
        limit: int = 2000,
        readers: Sequence[str] = Reader.words(),
    ) -> None:
        if not readers or not set(readers) <= set(Reader.words()):
            raise ValueError(f"readers must be some of {', '.join(Reader)}")
        self._limit, self._readers = limit, frozenset(readers)
        super().__init__(
            words=words,
            item=item,
            save=save,
            given=given,
            owner=owner,
            label=label,
            hint=hint,
            limit=limit,
            readers=list(readers),
        )

    def checked(self, answer: object) -> Answer:
        """Accept a text within the limit and one of the readers, or nothing (cleared)."""
        return checked(answer, limit=self._limit, readers=self._readers)
