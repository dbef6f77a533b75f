"""What became of one person's ratings: a line with both marks, and a sentence without a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import traitlets

from myths.catalog import ComponentWords
from myths.components.base import Component


@dataclass(frozen=True, kw_only=True)
class ChangeCard:
    """What is told of one statement; nothing is while it has no second rating.

    `at` are the places of both ratings among the options, None for what is no point of them.
    `better` as in the row: -1 or 1 for the end that is nearer to the fact, 0 for none. `link` names
    the fact that the `remark` rests on.
    """

    statement: str
    told: bool
    at: tuple[int | None, int | None]
    said: tuple[str, str]
    steps: str
    sentence: str
    better: int
    remark: str
    fact: str
    link: str


class Change(Component, component="change"):
    """A card for each statement that was rated again; or with a `title` a short list under it.

    `rows` are {statement, before, after, better, strong, remark, fact, number}; before and after
    are an option's value, "declined" or None (no answer). All others may be left out: `better` is
    -1 or 1 for the end of the scale that is nearer to the fact, `strong` says that the facts do not
    go as far as the statement, `fact` is the id of what the `remark` rests on, and `number` its
    place among the facts, 0 for what is to be remembered. Set `rows` again, as a new list, to
    update the page. `options` and `language` as in Rating. With `tools` the list can be copied
    and printed.
    """

    said = frozenset({"copied", "not_copied"})

    rows: traitlets.List[Any] = traitlets.List()
    cards: traitlets.List[Any] = traitlets.List().tag(markup=True)
    title = traitlets.Unicode().tag(markup=True)
    language = traitlets.Unicode().tag(markup=True)
    options: traitlets.List[Any] = traitlets.List().tag(markup=True)
    tools = traitlets.Bool(False).tag(markup=True)

    def __init__(
        self,
        rows: Sequence[Mapping[str, Any]],
        options: Sequence[Mapping[str, Any]],
        *,
        words: ComponentWords,
        title: str = "",
        language: str = "",
    ) -> None:
        self._words = words
        super().__init__(
            words=words,
            title=title,
            language=language,
            options=[dict(option) for option in options],
        )
        self.observe(self._tell, names="rows")
        self.rows = [dict(row) for row in rows]

    def _tell(self, _change: object) -> None:
        self.cards = [self._card(row) for row in self.rows]

    def _card(self, row: Mapping[str, Any]) -> ChangeCard:
        before, after = row["before"], row["after"]
        told = after is not None
        words, number = self._words, row.get("number", 0)
        link = words.change.fact.format(n=number) if number else words.reading.takeaway
        return ChangeCard(
            statement=row["statement"],
            told=told,
            at=(self._place(before), self._place(after)),
            said=(self._said(before), self._said(after)),
            steps=self._steps(row),
            sentence=self._sentence(row) if told else "",
            better=row.get("better", 0),
            remark=row.get("remark", "") if told else "",
            fact=row.get("fact", ""),
            link=link,
        )

    def _place(self, said: object) -> int | None:
        values = [option["value"] for option in self.options]
        return values.index(said) if said in values else None

    def _said(self, said: object) -> str:
        if said == "declined":
            return self._words.change.declined
        place = self._place(said)
        return self._words.change.no_answer if place is None else self.options[place]["label"]

    def _steps(self, row: Mapping[str, Any]) -> str:
        before, after = self._place(row["before"]), self._place(row["after"])
        if before is None or after is None or before == after:
            return ""
        return self._words.change.steps.of(abs(after - before))

    def _sentence(self, row: Mapping[str, Any]) -> str:
        """Return what became of a rating: how far it moved, and no more than that."""
        words = self._words.change
        before, after = self._place(row["before"]), self._place(row["after"])
        if before is None or after is None:
            return words.unpaired
        moved, better, strong = after - before, row.get("better", 0), row.get("strong", False)
        if not moved:
            agrees = after > (len(self.options) - 1) / 2
            return words.stayed_strong if strong and agrees else words.stayed
        steps = words.spelled[str(abs(moved))]
        if not better:
            return words.moved.format(steps=steps)
        if moved * better > 0:
            return words.nearer.format(steps=steps)
        return words.stronger.format(steps=steps) if strong else words.further.format(steps=steps)
