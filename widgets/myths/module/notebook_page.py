"""What modules and pages share: the words, the session, and how an item is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ipywidgets import Widget

from myths import catalog, components
from myths.catalog import Item
from myths.session import Session
from myths.vocabulary import Kind, Phase, page_path


class NotebookPage:
    """What modules and pages share: the words, the session, and how an item is asked."""

    def __init__(self, slug: str) -> None:
        self._slug = slug
        self._session = Session.now()
        self._catalog = catalog.load(language=self._session.language)
        self._words = self._catalog.ui.components

    def _heading(self, words: str, *parts: Mapping[str, Any]) -> Widget:
        title = {"kind": "text", "heading": words, "html": "", "level": 1}
        return self._reading(title, *parts)

    def _reading(self, *blocks: Mapping[str, Any]) -> Widget:
        return components.Reading(blocks, words=self._words)

    def _rating(self, item: Item, phase: Phase) -> Widget:
        rating = components.Rating(
            item.question,
            options(item),
            scale="row" if item.ends else "list",
            ends=item.ends,
            words=self._words,
            **self._session.question(item, phase),
        )
        self._session.bind(rating, item, phase)
        return rating

    def _text(self, item: Item, phase: Phase, *, hint: str = "") -> Widget:
        box = components.Reflection(
            item.question,
            hint=hint,
            limit=self._catalog.series.text_limit,
            readers=self._session.readers,
            words=self._words,
            **self._session.question(item, phase),
        )
        self._session.bind(box, item, phase)
        return box

    def progress(self) -> Widget:
        """Show the whole series: what is done, where one is, and the way on."""
        series = self._catalog.series
        first, last, *_ = series.pages
        words: list[catalog.ModuleContent | catalog.PageContent] = [
            self._catalog.page(first),
            *(
                self._catalog.module(slug, audience=self._session.audience)
                for slug in series.modules
            ),
            self._catalog.page(last),
        ]

        def parts() -> list[dict[str, str]]:
            return [
                {"title": each.title, "url": page_path(each.slug), "state": self._state(each)}
                for each in words
            ]

        view = components.Progress(parts(), words=self._words)

        def follow() -> None:
            view.modules = parts()

        self._session.on_change(follow)
        return view

    def saved(self) -> Widget:
        """Return whether every answer on this page is kept."""
        return components.Saved(words=self._words)

    def _state(self, part: catalog.ModuleContent | catalog.PageContent) -> str:
        if part.slug == self._slug:
            return "here"
        asked = [item for item in part.items if item.kind == Kind.RATING]
        if all(self._session.answer(item, Phase.AFTER) for item in asked):
            return "done"
        return "started" if self._session.answered(part.slug) else "open"


def options(item: Item) -> list[dict[str, Any]]:
    """Return the options of an item as a component takes them."""
    return [{"value": option.value, "label": option.label} for option in item.options]
