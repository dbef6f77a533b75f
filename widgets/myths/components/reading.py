"""The part of a module that is read: core fact, myth, why it misleads, facts, takeaway."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import traitlets

from myths.catalog import ComponentWords
from myths.components.base import Component

KINDS = (
    *("title", "note", "core", "myth", "misleads", "facts", "takeaway", "plan"),
    *("text", "list", "box", "folded", "card"),
)


class Reading(Component, component="reading"):
    """Blocks of text, one section each, in the order given.

    A block is {kind, html, heading?, id?, level?: 2 | 3, hint?}; `html` is safe already. A block of
    kind "title" is the page's heading, with the drawing of the part of the series that `id` names;
    one of kind "facts" or "list" has `items` instead of `html`: [{id, html}]; one of kind "folded"
    opens at its heading, those of kind "box" and "card" do so on a phone; a card can be printed
    alone, and "plan" is what leads in to a plan. What is in another language than the page names
    it as `language`: a block, or one of its items.
    ValueError if a kind is unknown.
    """

    said = frozenset({"fact", "next_fact", "fact_before", "all_facts"})

    blocks: traitlets.List[Any] = traitlets.List().tag(markup=True)

    def __init__(self, blocks: Sequence[Mapping[str, Any]], *, words: ComponentWords) -> None:
        for block in blocks:
            if block["kind"] not in KINDS:
                raise ValueError(
                    f"no kind of block is called {block['kind']!r}; use {', '.join(KINDS)}"
                )
        super().__init__(words=words, blocks=[dict(block) for block in blocks])
