"""The pages around the modules: a method for each kind of section."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from html import escape
from typing import Any

from ipywidgets import Widget

from myths import components
from myths.catalog import AGREEMENT
from myths.module.retrospect import Retrospect
from myths.vocabulary import Kind, Phase, SeriesPage, Step


class Page(Retrospect):
    """The start page, the closing page or the follow-up page; its methods are its sections.

    Parameters
    ----------
    slug : {"start", "closing", "followup"}
        Which page, as its folder in ``content/pages`` is called.

    Raises
    ------
    ContentError
        If there is no such page, or its content has a fault.

    Examples
    --------
    >>> import myths
    >>> page = myths.Page("start")
    >>> rules = page.section("rules")
    >>> rules.blocks[0]["heading"]
    'Ground rules'
    """

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self._page = self._content = self._catalog.page(slug)
        if self._page.asks_modules:
            self._usual_phase = Phase.FOLLOWUP

    def title(self) -> Widget:
        """Show the page's heading."""
        title = self._title(self._page.heading)
        return self._begins(Step.KEEP, title) if self._slug == SeriesPage.CLOSING else title

    def section(self, name: str, *, card: bool = False, step: str = "") -> Widget | None:
        """Show one section of the page; in a workshop of ten minutes only one that it keeps.

        Parameters
        ----------
        name : str
            As under ``sections`` in the page's ``text.en.yml``.
        card : bool, optional
            With a button to print it.
        step : {"keep", "agree", "mine", "look", "end"}, optional
            The step of the page that begins with it.

        Raises
        ------
        ContentError
            If the page has no such section.
        """
        section = self._page.section(name)
        if self._short and name not in self._page.short:
            return None
        kind = "card" if card else "text"
        shown = self._reading({"kind": kind, "heading": section.heading, "html": section.text})
        return self._begins(Step(step), shown) if step else shown

    def folded(self, *names: str) -> Widget | None:
        """Show sections of the page that open at their headings; in ten minutes those it keeps.

        Parameters
        ----------
        *names : str
            As under ``sections`` in the page's ``text.en.yml``.

        Raises
        ------
        ContentError
            If the page has no such section.

        Examples
        --------
        >>> import myths
        >>> page = myths.Page("start")
        >>> [block["heading"] for block in page.folded("rules", "note").blocks]
        ['Ground rules', 'Look after yourself']
        """
        kept = [name for name in names if not self._short or name in self._page.short]
        sections = [self._page.section(name) for name in kept]
        if not sections:
            return None
        return self._reading(
            *({"kind": "folded", "heading": each.heading, "html": each.text} for each in sections)
        )

    def support(self) -> Widget:
        """Show where to find help: the page's words, and the lines that somebody has checked."""
        start = self._catalog.page(self._catalog.series.pages[0])
        words, language = start.section("support"), self._other(start.safety_language)
        country = self._occasion.country
        lines = self._catalog.support_told(country)
        blocks: list[Mapping[str, Any]] = [
            {"kind": "text", "heading": words.heading, "html": words.text, "language": language}
            | self._safety(start.safety_language),
            {
                "kind": "list",
                "language": language,
                "items": [{"id": name, "html": html} for name, html in lines.items()],
            },
        ]
        if self._catalog.support_list(country).asks:
            ask = escape(self._catalog.safe.ui.support.ask)
            blocks.append({"kind": "text", "html": ask, "language": language})
        return self._reading(*blocks)

    def facts(self) -> Widget | None:
        """Show the facts of the page as a list."""
        if self._short:
            return None
        facts = [{"id": fact, "html": said.text} for fact, said in self._page.facts.items()]
        return self._reading({"kind": "facts", "items": facts})

    def rate(self) -> Widget | None:
        """Ask for the page's ratings under a heading."""
        return self._asked(Kind.RATING, self._catalog.ui.sections.page_rate)

    def reflect(self) -> Widget | None:
        """Ask the page's questions under a heading, answered in writing."""
        return self._asked(Kind.TEXT, self._catalog.ui.sections.page_reflect)

    def agreement(self) -> Widget | None:
        """Show the cards of the modules, and ask what the services in the room agree on."""
        if self._short:
            return None
        section = self._page.section(AGREEMENT)
        cards = [
            {
                "id": each.slug,
                "html": escape(f"{each.title}: {each.card}"),
                "language": self._other(each.language),
            }
            for each in self._modules
        ]
        text = {"kind": "text", "heading": section.heading, "html": section.text}
        shown = self._reading(text, {"kind": "list", "items": cards})
        asked = self._text(self._page.item(AGREEMENT), self._usual_phase, group=True)
        return self._begins(Step.AGREE, components.PagePart([shown, asked]))

    def _asked(self, kind: Kind, heading: str) -> Widget | None:
        if self._short:
            return None
        is_closing = self._slug == SeriesPage.CLOSING
        ask = self._rating if kind is Kind.RATING else partial(self._text, group=is_closing)
        asked = [each for each in self._page.items if each.kind == kind and each.id != AGREEMENT]
        title = self._reading({"kind": "text", "heading": heading, "html": ""})
        section = components.PagePart([title, *(ask(item, self._usual_phase) for item in asked)])
        return self._begins(Step.LOOK, section) if is_closing else section
