"""What a page shows of what one said in the modules: changes, plans, and what to remember."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from html import escape
from typing import Any

from ipywidgets import Widget

from myths import components
from myths.catalog import ModuleContent
from myths.module.notebook_page import NotebookPage, options
from myths.vocabulary import Phase, SharedItem, Step

_EXAMPLE = {"before": 4, "after": 3}  # what somebody said, in a preview


class Retrospect(NotebookPage):
    """What the pages around the modules share: each shows somebody their own answers.

    A part is there only for somebody who has something to see in it; a preview shows all.
    """

    def changes(self) -> Widget | None:
        """Show what became of one's own ratings, for each module in which one rated twice."""
        if self._short:
            return None
        sections = self._catalog.ui.sections
        views = [
            (
                each,
                components.Change(
                    (),
                    options(each.primary),
                    title=each.title,
                    language=self._other(each.language),
                    words=self._words_in(each.language),
                ),
            )
            for each in self._modules
        ]

        nothing = self._reading({"kind": "text", "html": escape(sections.changes_nothing)})

        def shown() -> Sequence[Widget]:
            for module, view in views:
                rows = self._rows(module)
                if self._session.preview:
                    rows = [each | _EXAMPLE for each in rows]
                view.rows = [each for each in rows if each["after"] is not None]
            parts = [view for _, view in views if view.rows]
            planned = any(map(self._plan, self._modules))
            for view in parts[-1:]:
                view.tools = not planned  # else below the plans
            return parts or ([] if planned else [nothing])

        box = self._mine(self._headed(sections.changes, sections.changes_intro), shown)
        return self._begins(Step.MINE, box)

    def plans(self) -> Widget:
        """Show one's own plans, to copy and to print together with the changes."""
        sections = self._catalog.ui.sections
        view = components.Plans(words=self._words, tools=True)

        def shown() -> list[Widget]:
            view.rows = [plan for plan in map(self._plan, self._modules) if plan]
            return [view] if view.rows else []

        box = self._mine(self._headed(sections.plans, sections.plans_intro), shown)
        return self._begins(Step.MINE, box)

    def outcomes(self) -> Widget:
        """Show one's own plans, and ask of each what became of it."""
        sections = self._catalog.ui.sections
        asked = [
            (
                module,
                components.Plans(words=self._words),
                self._rating(module.item(SharedItem.PLAN), Phase.FOLLOWUP),
            )
            for module in self._modules
        ]

        def shown() -> list[Widget]:
            parts: list[Widget] = []
            for module, view, rating in asked:
                if plan := self._plan(module):
                    view.rows = [plan]
                    parts += [view, rating]
            return parts

        return self._mine(self._headed(sections.plans, sections.outcomes_intro), shown)

    def again(self) -> Widget:
        """Ask the myth of each module that one did once more."""
        asked = {each.slug: self._rating(each.primary, Phase.FOLLOWUP) for each in self._modules}

        def shown() -> list[Widget]:
            return [rating for slug, rating in asked.items() if self._did(slug)]

        return self._mine(self._headed(self._catalog.ui.sections.again), shown)

    def takeaways(self) -> Widget:
        """Show what to remember of each module that one did, or of all if one did none."""

        def block(modules: Sequence[ModuleContent]) -> dict[str, Any]:
            items = [
                {
                    "id": each.slug,
                    "html": each.takeaway.text,
                    "language": self._other(each.language),
                }
                for each in modules
            ]
            heading = self._catalog.ui.sections.takeaways
            return {"kind": "facts", "level": self._level, "heading": heading, "items": items}

        view = self._reading(block(self._modules))

        def fill() -> None:
            did = [each for each in self._modules if self._did(each.slug)]
            view.blocks = [block(did or self._modules)]

        self._session.on_begin(fill)
        return view

    @cached_property
    def _modules(self) -> list[ModuleContent]:
        """The modules of the workshop."""
        taught, audience = (
            self._catalog.series.taught(self._occasion.modules),
            self._occasion.audience,
        )
        return [self._visited.module(slug, audience=audience) for slug in taught]

    def _mine(self, heading: Widget, shown: Callable[[], Sequence[Widget]]) -> components.PagePart:
        """Return a box that is filled once it is known who is here; empty if they have nothing."""
        box = components.PagePart()

        def fill() -> None:
            box.children = (heading, *found) if (found := shown()) else ()

        self._session.on_begin(fill)
        return box

    def _did(self, slug: str) -> bool:
        return self._session.preview or self._session.answered(slug)

    def _plan(self, module: ModuleContent) -> dict[str, Any] | None:
        """Return somebody's plan as the component takes it, None if they wrote none."""
        example = module.commitment
        halves = (
            (module.item(SharedItem.COMMITMENT_IF), example.situation),
            (module.item(SharedItem.COMMITMENT_THEN), example.action),
        )
        parts = []
        for item, words in halves:
            answer = self._session.answer(item, Phase.AFTER)
            text = words if self._session.preview else answer and answer.text
            if text:
                parts.append({"label": item.question, "text": text})
        language = self._other(module.language)
        return {"title": module.title, "parts": parts, "language": language} if parts else None
