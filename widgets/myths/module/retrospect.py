"""What a page shows of what one said in the modules: changes, plans, and what to remember."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from ipywidgets import VBox, Widget

from myths import components
from myths.catalog import ModuleContent
from myths.module.notebook_page import NotebookPage, options
from myths.vocabulary import Phase, SharedItem


class Retrospect(NotebookPage):
    """What the pages around the modules share: each shows somebody their own answers.

    A part is there only for somebody who has something to see in it; a preview shows all.
    """

    def changes(self) -> Widget | None:
        """Show one's own ratings, before and after, of each module in which one rated."""
        if self._short:
            return None
        sections = self._catalog.ui.sections
        views = [
            (
                each,
                components.Change((), options(each.primary), title=each.title, words=self._words),
            )
            for each in self._modules
        ]

        def shown() -> list[Widget]:
            for module, view in views:
                rows = self._rows(module.statements)
                view.rows = (
                    rows if self._session.preview else [each for each in rows if _said(each)]
                )
            return [view for _, view in views if view.rows]

        return self._mine(self._headed(sections.changes, sections.changes_intro), shown)

    def plans(self) -> Widget:
        """Show one's own plans, to copy and to print."""
        sections = self._catalog.ui.sections
        view = components.Plans(words=self._words, tools=True)

        def shown() -> list[Widget]:
            view.rows = [plan for plan in map(self._plan, self._modules) if plan]
            return [view] if view.rows else []

        return self._mine(self._headed(sections.plans, sections.plans_intro), shown)

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
        view = self._reading()

        def fill() -> None:
            did = [each for each in self._modules if self._did(each.slug)] or self._modules
            items = [{"id": each.slug, "html": each.takeaway.text} for each in did]
            heading = self._catalog.ui.sections.takeaways
            view.blocks = [{"kind": "facts", "heading": heading, "items": items}]

        self._session.on_begin(fill)
        return view

    @cached_property
    def _modules(self) -> list[ModuleContent]:
        """The modules of the workshop."""
        taught = self._catalog.series.taught(self._occasion.modules)
        return [self._catalog.module(slug, audience=self._occasion.audience) for slug in taught]

    def _mine(self, heading: Widget, shown: Callable[[], Sequence[Widget]]) -> Widget:
        """Return a box that is filled once it is known who is here; empty if they have nothing."""
        box = VBox()

        def fill() -> None:
            parts = shown()
            box.children = (heading, *parts) if parts else ()

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
        return {"title": module.title, "parts": parts} if parts else None


def _said(row: dict[str, Any]) -> bool:
    return row["before"] is not None or row["after"] is not None
