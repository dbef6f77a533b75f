"""What a notebook calls: a module or a page of the series, one method for each section."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from html import escape
from typing import Any, Literal

from babel.dates import format_date
from ipywidgets import VBox, Widget

from myths import catalog, components
from myths.catalog import Item
from myths.visit import Visit

Phase = Literal["before", "after", "followup"]


class _Sheet:
    """What modules and pages share: the words, the visit, and how an item is asked."""

    def __init__(self, slug: str) -> None:
        self._slug = slug
        self._visit = Visit.now()
        self._catalog = catalog.load(language=self._visit.language)
        self._words = self._catalog.ui["components"]

    def _heading(self, words: str, *parts: Mapping[str, Any]) -> Widget:
        title = {"kind": "text", "heading": words, "html": "", "level": 1}
        return self._reading(title, *parts)

    def _reading(self, *blocks: Mapping[str, Any]) -> Widget:
        return components.Reading(blocks, words=self._words)

    def _rating(self, item: Item, phase: Phase) -> Widget:
        rating = components.Rating(
            item.question,
            _options(item),
            scale="row" if item.ends else "list",
            ends=item.ends,
            words=self._words,
            **self._visit.question(item, phase),
        )
        self._visit.follow(rating, item, phase)
        return rating

    def _text(self, item: Item, phase: Phase, *, hint: str = "") -> Widget:
        box = components.Reflection(
            item.question,
            hint=hint,
            limit=self._catalog.series.text_limit,
            readers=("me", "group", "evaluation"),
            words=self._words,
            **self._visit.question(item, phase),
        )
        self._visit.follow(box, item, phase)
        return box

    def progress(self) -> Widget:
        """Show the whole series: what is done, where one is, and the way on."""
        series = self._catalog.series
        first, last, *_ = series.pages
        words: list[catalog.Module | catalog.Page] = [
            self._catalog.page(first),
            *(self._catalog.module(slug) for slug in series.modules),
            self._catalog.page(last),
        ]

        def parts() -> list[dict[str, str]]:
            return [
                {"title": each.title, "url": f"/m/{each.slug}", "state": self._state(each)}
                for each in words
            ]

        view = components.Progress(parts(), words=self._words)

        def follow() -> None:
            view.modules = parts()

        self._visit.watch(follow)
        return view

    def saved(self) -> Widget:
        """Tell whether every answer on this page is kept."""
        return components.Saved(words=self._words)

    def _state(self, part: catalog.Module | catalog.Page) -> str:
        if part.slug == self._slug:
            return "here"
        asked = [item for item in part.items if item.kind == "rating"]
        if all(self._visit.given(part.slug, item.id, "after") for item in asked):
            return "done"
        return "started" if self._visit.answered(part.slug) else "open"


class Module(_Sheet):
    """One myth as a discussion module; its methods are its sections, in their usual order.

    Raises ContentError when there is no such module or its content has a fault.
    """

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self._module = self._catalog.module(slug)

    def question(self) -> Widget:
        """Show the myth as a question, what the page speaks of, and that all is a free choice."""
        note = {"kind": "note", "html": self._module.note}
        return VBox([self.saved(), self._heading(self._module.question, note)])

    def rate(self, phase: Phase) -> Widget:
        """Ask for the private ratings and the confidence, and before also for a reason."""
        heading = self._catalog.ui["sections"][f"rate_{phase}"]
        intro = self._catalog.ui["sections"][f"rate_{phase}_intro"]
        asked = self._items("rating", "confidence")
        parts = [self._reading({"kind": "text", "heading": heading, "html": escape(intro)})]
        parts += [self._rating(item, phase) for item in asked]
        if phase == "before":
            parts.append(self._text(self._module.item("reason"), phase))
        return VBox(parts)

    def reading(self) -> Widget:
        """Show the core fact, the myth once, why it misleads, the facts, and the takeaway."""
        text, names = self._module, self._catalog.ui["sections"]
        return self._reading(
            {"kind": "core", "heading": names["core"], "html": text.core},
            {"kind": "myth", "heading": names["myth"], "html": text.myth},
            {"kind": "misleads", "heading": text.misleads.name, "html": text.misleads.text},
            {
                "kind": "facts",
                "heading": names["facts"],
                "items": [{"id": fact, "html": said.text} for fact, said in text.facts.items()],
            },
            {"kind": "takeaway", "html": text.takeaway.text},
            {"kind": "text", "heading": names["treaty"], "html": text.treaty, "level": 3},
        )

    def recall(self) -> Widget:
        """Ask one question about the facts, with feedback to each answer."""
        (item,) = self._items("recall")
        feedback = {option.value: option.feedback for option in item.options}
        recall = components.Recall(
            item.question,
            _options(item),
            judge=lambda value: {"right": value == item.correct, "feedback": feedback[value]},
            words=self._words,
            **self._visit.question(item, "after"),
        )
        self._visit.follow(recall, item, "after")
        return recall

    def vignette(self) -> Widget:
        """Show a made-up case from practice."""
        case = self._module.vignette
        return components.Vignette(case.title, case.text, words=self._words)

    def discuss(self, *, minutes: int | None = None) -> Widget:
        """Show the prompts for the discussion, and a timer."""
        return components.Discussion(
            list(self._module.prompts.values()),
            minutes=minutes or self._module.discussion_minutes,
            words=self._words,
        )

    def reflect(self) -> Widget:
        """Ask the reflection questions, answered in writing."""
        heading = {"kind": "text", "heading": self._catalog.ui["sections"]["reflect"], "html": ""}
        asked = [item for item in self._items("text") if item.id != "reason"]
        return VBox([self._reading(heading), *(self._text(item, "after") for item in asked)])

    def change(self) -> Widget:
        """Show one's own ratings, before and after."""
        asked = self._items("rating")
        view = components.Change(self._rows(asked), _options(asked[0]), words=self._words)

        def follow() -> None:
            view.rows = self._rows(asked)

        self._visit.watch(follow)
        heading = {"kind": "text", "heading": self._catalog.ui["sections"]["change"], "html": ""}
        return VBox([self._reading(heading), view])

    def commit(self) -> Widget:
        """Ask for one plan: if … then I will …"""
        words, examples = self._catalog.ui["sections"], self._module.commitment
        heading = {
            "kind": "text",
            "heading": words["commit"],
            "html": escape(words["commit_intro"]),
        }
        hint = words["example"]
        return VBox(
            [
                self._reading(heading),
                self._text(
                    self._module.item("commitment.if"),
                    "after",
                    hint=hint.format(example=examples.situation),
                ),
                self._text(
                    self._module.item("commitment.then"),
                    "after",
                    hint=hint.format(example=examples.action),
                ),
            ]
        )

    def _items(self, *kinds: str) -> list[Item]:
        return [item for item in self._module.items if item.kind in kinds]

    def _rows(self, asked: Collection[Item]) -> list[dict[str, Any]]:
        return [
            {
                "statement": item.question,
                "before": self._point(item, "before"),
                "after": self._point(item, "after"),
            }
            for item in asked
        ]

    def _point(self, item: Item, phase: Phase) -> float | Literal["declined"] | None:
        given = self._visit.given(item.module, item.id, phase)
        if given is None:
            return None
        return "declined" if given.declined else given.value


class Page(_Sheet):
    """The start page, the closing page or the follow-up page.

    Raises ContentError when there is no such page or its content has a fault.
    """

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self._page = self._catalog.page(slug)

    def title(self) -> Widget:
        """Show the page's heading."""
        return VBox([self.saved(), self._heading(self._page.heading)])

    def section(self, name: str) -> Widget:
        """Show one section of the page."""
        section = self._page.section(name)
        return self._reading({"kind": "text", "heading": section.heading, "html": section.text})

    def support(self) -> Widget:
        """Show where to find help: the page's words, and the lines of the workshop's country."""
        section = self._catalog.page(self._catalog.series.pages[0]).section("support")
        blocks: list[Mapping[str, Any]] = [
            {"kind": "text", "heading": section.heading, "html": section.text}
        ]
        for support in self._catalog.support:
            if support.country in ("eu", self._visit.country):
                lines = [{"id": line.id, "html": line.shown} for line in support.lines]
                blocks.append({"kind": "facts", "items": lines})
                blocks.append({"kind": "text", "html": escape(self._checked(support.checked))})
        return self._reading(*blocks)

    def _checked(self, day: date | None) -> str:
        words: Mapping[str, str] = self._catalog.ui["support"]
        if day is None:
            return words["unchecked"]
        return words["checked"].format(date=format_date(day, locale=self._visit.language))

    def facts(self) -> Widget:
        """Show the facts of the page as a list."""
        facts = [{"id": fact, "html": said.text} for fact, said in self._page.facts.items()]
        return self._reading({"kind": "facts", "items": facts})

    def rate(self) -> Widget:
        """Ask for the page's ratings."""
        return self._asked("rating")

    def reflect(self) -> Widget:
        """Ask the page's questions, answered in writing."""
        return self._asked("text")

    def again(self) -> Widget:
        """Ask each module's ratings again, three months later."""
        parts: list[Widget] = []
        for slug in self._catalog.series.modules:
            module = self._catalog.module(slug)
            parts.append(self._reading({"kind": "text", "heading": module.title, "html": ""}))
            parts += [self._rating(i, "followup") for i in module.items if i.kind == "rating"]
        return VBox(parts)

    def _asked(self, kind: str) -> Widget:
        phase: Phase = "followup" if self._page.asks_modules else "after"
        ask = self._rating if kind == "rating" else self._text
        return VBox([ask(item, phase) for item in self._page.items if item.kind == kind])


def _options(item: Item) -> list[dict[str, Any]]:
    return [{"value": option.value, "label": option.label} for option in item.options]


def _calls(kind: type) -> frozenset[str]:
    return frozenset(name for name in dir(kind) if not name.startswith("_"))


CALLS: Mapping[str, Collection[str]] = {"Module": _calls(Module), "Page": _calls(Page)}
