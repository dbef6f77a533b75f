"""The sheet of a module: what its page asks and tells, in the page's order, to fill in by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from myths.catalog import Catalog, Item, ModuleContent
from myths.handouts.prose import nodes
from myths.vocabulary import Kind, Phase, SeriesPage, SharedItem

Block = Mapping[str, Any]

_LINES = 14  # for all reflections together, so that they stand on one page


@dataclass(frozen=True)
class SheetQuestion:
    """A question as a sheet asks it, below a heading.

    `name` is that of its answers, such as "risk.myth.before".
    """

    name: str
    item: Item
    phase: Phase
    heading: str


class PaperSheet:
    """A module on paper, as plain blocks; each that asks has the name that its answers have.

    Whoever changes what a section of a `Module` shows changes it here: a test holds them together.
    """

    def __init__(self, catalog: Catalog, module: ModuleContent, *, country: str) -> None:
        self._catalog, self._module, self._country = catalog, module, country
        self._ui, self._words = catalog.ui, catalog.ui.components

    def content(self) -> dict[str, Any]:
        """Return all that the template needs."""
        own, join = self._ui.handout, self._ui.join
        asked, start = self._words.question, self._catalog.page(SeriesPage.START)
        return {
            "title": f"{own.sheet}: {self._module.question}",
            "name": self._module.title,
            "question": self._module.question,
            "language": self._catalog.language,
            "words": {
                **own.flat(),
                "agree": f"{start.agree} {own.may_be_typed}",
                "decline": asked.decline,
                "readers": self._words.reflection.readers,
                "may_read": [
                    self._words.reflection.reader_me,
                    self._words.reflection.reader_evaluation,
                ],
                "consent": join.contributes,
                "consent_options": [join.contributes_yes, join.contributes_no],
                "tries": [self._ui.own.first, self._ui.own.last],
            },
            "blocks": list(self.blocks()),
        }

    def questions(self) -> Iterator[SheetQuestion]:
        """Yield what the sheet asks, in its order; a question to recall is asked twice at once."""
        items = self._module.items
        known = {_name(item, phase): (item, phase) for item in items for phase in Phase}
        heading = ""
        for block in self.blocks():
            heading = block["text"] if block["kind"] == "heading" else heading
            for name in filter(None, (block.get("item"), block.get("later"))):
                yield SheetQuestion(name, *known[name], heading)

    def blocks(self) -> Iterator[Block]:
        """Yield what stands on the sheet, from the content note to where to find support."""
        yield {
            "kind": "opening",
            "label": self._words.reading.note,
            "inner": nodes(self._module.note),
        }
        yield from self._rate(Phase.BEFORE)
        yield {"kind": "page"}
        yield from self._reading()
        yield from self._recall()
        yield from self._talk()
        yield {"kind": "page"}
        yield {
            "kind": "next",
            "text": self._ui.handout.later,
            "inner": nodes(self._module.vignette.next),
        }
        yield {"kind": "heading", "text": self._ui.steps.write, "lead": ""}
        reflections = [item for item in self._items(Kind.TEXT) if item.id != SharedItem.REASON]
        for item in reflections:
            yield self._text(item, Phase.AFTER, lines=_LINES // len(reflections))
        yield {"kind": "page"}
        yield from self._rate(Phase.AFTER)
        yield from self._commit()
        yield self._support()

    def _rate(self, phase: Phase) -> Iterator[Block]:
        sections = self._ui.sections
        yield {
            "kind": "heading",
            "text": sections[f"rate_{phase}"],
            "lead": sections[f"rate_{phase}_intro"],
        }
        for item in (*self._module.statements, *self._items(Kind.CONFIDENCE)):
            yield {
                "kind": "row" if item.ends else "scale",
                "ends": item.ends or (),
                **_asked(item, phase),
            }
        if phase is Phase.BEFORE:
            yield self._text(self._module.item(SharedItem.REASON), phase, lines=3)
            yield {"kind": "keep"}

    def _reading(self) -> Iterator[Block]:
        text, sections, flags = self._module, self._ui.sections, self._words.reading
        yield {"kind": "core", "text": sections.core, "inner": nodes(text.core)}
        yield {"kind": "myth", "label": flags.myth, "inner": nodes(text.myth)}
        yield {
            "kind": "misleads",
            "label": flags.misleads,
            "text": text.misleads.name,
            "inner": nodes(text.misleads.text),
        }
        facts = [nodes(fact.text) for fact in text.facts.values()]
        yield {"kind": "facts", "text": sections.facts, "items": facts}
        boxes = [(box.heading, box.text, name in text.folded) for name, box in text.boxes.items()]
        for heading, said, folded in (*boxes, (sections.treaty, text.treaty, True)):
            yield {"kind": "box", "text": heading, "inner": nodes(said), "folded": folded}
        yield {"kind": "takeaway", "label": flags.takeaway, "inner": nodes(text.takeaway.text)}

    def _recall(self) -> Iterator[Block]:
        (item,) = self._items(Kind.RECALL)
        yield {"kind": "heading", "text": self._ui.sections.recall, "lead": item.lead}
        yield {"kind": "recall", **_asked(item, Phase.BEFORE), "later": _name(item, Phase.AFTER)}

    def _talk(self) -> Iterator[Block]:
        case, words = self._module.vignette, self._words
        yield {"kind": "page"}
        yield {
            "kind": "story",
            "label": words.vignette.fictional,
            "text": case.title,
            "lead": words.vignette.fictional_note,
            "inner": nodes(case.text),
        }
        yield {
            "kind": "talk",
            "text": words.discussion.heading,
            "lead": words.discussion.minutes.of(self._module.discussion_minutes),
            "prompts": list(self._module.prompts.values()),
            "card": words.discussion.card,
            "card_question": self._module.card,
        }

    def _commit(self) -> Iterator[Block]:
        sections, examples = self._ui.sections, self._module.commitment
        hint = sections.example
        yield {"kind": "heading", "text": sections.commit, "lead": sections.commit_intro}
        for half, example in (
            (SharedItem.COMMITMENT_IF, examples.situation),
            (SharedItem.COMMITMENT_THEN, examples.action),
        ):
            item = self._module.item(half)
            yield self._text(item, Phase.AFTER, lines=2, hint=hint.format(example=example))

    def _support(self) -> Block:
        told = self._catalog.support_told(self._country)
        asks = self._catalog.support_list(self._country).asks
        return {
            "kind": "support",
            "text": self._ui.support.need,
            "lines": [nodes(line) for line in told.values()],
            "ask": self._ui.support.ask if asks else "",
        }

    def _text(self, item: Item, phase: Phase, *, lines: int, hint: str = "") -> Block:
        return {"kind": "text", "hint": hint, "lines": lines, **_asked(item, phase)}

    def _items(self, kind: Kind) -> list[Item]:
        return [item for item in self._module.items if item.kind is kind]


def _asked(item: Item, phase: Phase) -> dict[str, Any]:
    return {
        "item": _name(item, phase),
        "question": item.question,
        "options": [option.label for option in item.options],
        "numbers": [str(option.value) for option in item.options],
    }


def _name(item: Item, phase: Phase) -> str:
    return f"{item.module}.{item.id}.{phase}"
