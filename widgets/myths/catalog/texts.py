"""What the files of words may say: text.<language>.yml of a module or page, as models."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from myths.catalog.structure import PRACTICE, Strict
from myths.catalog.words import Markdown, Words


class Fact(Strict):
    """Words that must convey something: each of `terms` occurs in them (`|` parts alternatives)."""

    text: Markdown
    terms: Annotated[tuple[Words, ...], Field(min_length=1)]

    def missing(self, visible: str) -> list[int]:
        """Return the positions of the terms that do not occur in the visible text."""
        folded = visible.casefold()
        return [
            index
            for index, term in enumerate(self.terms)
            if not any(part.strip() in folded for part in term.casefold().split("|"))
        ]


class Misleads(Strict):
    """Why the myth misleads: the name of the mistake, and the explanation."""

    name: Words
    text: Markdown


class RecallOption(Strict):
    """A recall option: its words, and what the reader is told on choosing it."""

    text: Words
    feedback: Markdown


class RecallWords(Strict):
    """The recall question and its options' words by id."""

    question: Words
    options: dict[str, RecallOption]


class VignetteWords(Strict):
    """A made-up situation to discuss, and what happened next, which is opened afterwards."""

    title: Words
    text: Markdown
    next: Markdown


class Commitment(Strict):
    """Examples shown under the two boxes of "if … then I will …"."""

    situation: Annotated[Words, Field(alias="if")]
    action: Annotated[Words, Field(alias="then")]


class Section(Strict):
    """A headed part of a page or of a module."""

    heading: Words
    text: Markdown


class AudienceQuestions(Strict):
    """What people of one audience are asked about their own work, to discuss and to write."""

    practice: Words
    reflection: Words


class ModuleWords(Strict):
    """text.<language>.yml of a module; `card` is what a group writes down for the closing.

    `remarks` stand beside the change of a rating, for those that module.yml gives a fact.
    `audiences` and `cases` take the place of what everybody is asked, and of the case.
    """

    title: Words
    question: Words
    note: Markdown
    ratings: dict[str, Words]
    remarks: dict[str, Words] = Field(default_factory=dict)
    core: Markdown
    myth: Markdown
    misleads: Misleads
    facts: dict[str, Fact]
    boxes: dict[str, Section] = Field(default_factory=dict)
    takeaway: Fact
    treaty: Markdown
    recall: RecallWords
    vignette: VignetteWords
    prompts: dict[str, Words]
    card: Words
    reflections: dict[str, Words]
    commitment: Commitment
    audiences: dict[str, AudienceQuestions] = Field(default_factory=dict)
    cases: dict[str, VignetteWords] = Field(default_factory=dict)

    def heard_by(self, audience: str) -> ModuleWords:
        """Return the words for one audience; as they are if it has none of its own."""
        own: dict[str, Any] = {}
        if asked := self.audiences.get(audience):
            own["prompts"] = {**self.prompts, PRACTICE: asked.practice}
            own["reflections"] = {**self.reflections, PRACTICE: asked.reflection}
        if case := self.cases.get(audience):
            own["vignette"] = case
        return self.model_copy(update=own)


class PageWords(Strict):
    """text.<language>.yml of a page; `agree` is the sentence beside the consent box."""

    title: Words
    heading: Words
    agree: Words | None = None
    sections: dict[str, Section]
    facts: dict[str, Fact] = Field(default_factory=dict)
    ratings: dict[str, Words] = Field(default_factory=dict)
    reflections: dict[str, Words] = Field(default_factory=dict)
