"""What modules and pages share: the words, the session, and how an item is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Literal, TypeVar

from ipywidgets import Widget

from myths import catalog, components
from myths.catalog import Item
from myths.session import Session
from myths.vocabulary import BETTER, Keyed, Kind, Phase, Reader, Step

Part = TypeVar("Part", components.Component, components.PagePart)


class NotebookPage:
    """What modules and pages share: the words, the session, and how an item is asked."""

    _content: catalog.ModuleContent | catalog.PageContent
    _usual_phase = Phase.AFTER
    _level = 2  # of a section's heading

    def __init__(self, slug: str) -> None:
        self._slug = slug
        self._session = Session.now()
        self._occasion = self._session.occasion
        self._short = self._occasion.short
        self._visited = catalog.load(language=self._occasion.language)
        self._catalog = self._visited.of_part(slug)
        self._words = self._catalog.ui.components

    def _title(self, words: str, *parts: Mapping[str, Any]) -> components.Component:
        return self._reading({"kind": "title", "heading": words, "id": self._slug}, *parts)

    def _headed(self, heading: str, intro: str = "") -> components.Component:
        return self._reading({"kind": "text", "heading": heading, "html": escape(intro)})

    def _reading(self, *blocks: Mapping[str, Any]) -> components.Component:
        leveled = [{"level": self._level} | dict(block) for block in blocks]
        return components.Reading(leveled, words=self._words)

    def _begins(self, step: Step, part: Part) -> Part:
        """Begin a step of the page with this part, unless it has begun already."""
        part.step = step
        return part

    def ask(
        self,
        question: str,
        *,
        name: str = "",
        kind: str = "",
        options: Sequence[str] | Mapping[str, str] | None = None,
        scale: str = "",
        phase: str = "",
    ) -> Widget:
        """Ask a question of your own; its answers are kept and exported like all others.

        Without `options` and `scale` people answer in their own words. Choices and ratings can be
        led from the console, if the call is written out in the cell.

        Parameters
        ----------
        question : str
            What you ask. Other words are another wording, whose answers are not pooled with these.
        name : str, optional
            What the question is called in the tables: small letters, digits, underscores. Without
            one, a name is made of the question, and other words are another question.
        kind : {"text", "choice", "rating"}, optional
            Told by what you give, if left out.
        options : list of str, or dict of str, optional
            To choose one of: ``["By phone", "By mail"]``. To move or remove some later, give them
            letters, which they keep: ``{"a": "By phone", "b": "By mail"}``.
        scale : {"agree", "extent", "done"}, optional
            To rate on, as the pages around the modules do.
        phase : {"before", "after", "followup"}, optional
            "after" if left out, and "followup" on the follow-up page.

        Raises
        ------
        ContentError
            If it cannot be asked like that; `myths check` names the cell.

        Examples
        --------
        >>> import myths
        >>> module = myths.Module("risk")
        >>> monday = module.ask("What will you do on Monday?")
        >>> monday.item
        'risk.what_will_you_do_on_monday.after'
        >>> call = module.ask("Whom would you call first?", options=["The police", "A colleague"])
        >>> [option["label"] for option in call.options]
        ['The police', 'A colleague']
        """
        item = catalog.own_question(
            question,
            module=self._slug,
            language=self._catalog.language,
            taken=[each.id for each in self._content.items],
            scales=catalog.scales(self._catalog.ui),
            name=name,
            kind=kind,
            options=options,
            scale=scale,
        )
        when = Phase(phase or self._usual_phase)
        return self._text(item, when) if item.kind is Kind.TEXT else self._rating(item, when)

    def _rating(self, item: Item, phase: Phase) -> Widget:
        rating = components.Rating(
            item.question,
            options(item),
            scale="row" if item.ends else "choice" if item.kind is Kind.CHOICE else "list",
            ends=item.ends,
            agreeing=bool(item.keyed),
            language=self._other(item.language),
            words=self._words_in(item.language),
            **self._session.question(item, phase),
        )
        self._session.bind(rating, item, phase)
        return rating

    def _text(self, item: Item, phase: Phase, *, hint: str = "", group: bool = False) -> Widget:
        """Ask for a text, which the `group` may be let read if it can come to the wall."""
        box = components.Reflection(
            item.question,
            hint=hint,
            limit=self._catalog.series.text_limit,
            readers=[each for each in Reader if group or each != Reader.GROUP],
            words=self._words,
            **self._session.question(item, phase),
        )
        self._session.bind(box, item, phase)
        return box

    def _other(self, language: str) -> str:
        """Return a language if it is another than this page's."""
        return "" if language == self._catalog.language else language

    def _safety(self, language: str) -> dict[str, str]:
        """Return what a box says of its language, if it is another one until it is checked."""
        if language == self._catalog.language:
            return {}
        name = self._catalog.language_name(language)
        return {
            "language": language,
            "hint": self._catalog.ui.language.unchecked.format(language=name),
        }

    def _words_in(self, language: str) -> catalog.ComponentWords:
        """Return the words of the components for what is in a language."""
        if language == self._catalog.language:
            return self._words
        own = language == self._visited.language
        return (self._visited if own else self._visited.original).ui.components

    def _rows(self, module: catalog.ModuleContent) -> list[dict[str, Any]]:
        """Return what became of the ratings of a module, as the component takes it."""
        numbers = {fact: number for number, fact in enumerate(module.facts, start=1)}
        return [
            {
                "statement": item.question,
                "before": self._point(item, Phase.BEFORE),
                "after": self._point(item, Phase.AFTER),
                "better": BETTER[item.keyed] if item.keyed else 0,
                "strong": item.keyed == Keyed.OVERCORRECTION,
                "remark": item.remark,
                "fact": item.fact,
                "number": numbers.get(item.fact, 0),
            }
            for item in module.statements
        ]

    def _point(self, item: Item, phase: Phase) -> float | Literal["declined"] | None:
        answer = self._session.answer(item, phase)
        if answer is None:
            return None
        return "declined" if answer.declined else answer.value


def options(item: Item) -> list[dict[str, Any]]:
    """Return the options of an item as a component takes them."""
    return [{"value": option.value, "label": option.label} for option in item.options]
