"""The words of the parts of a module page."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from myths.catalog.contract import Counted, WordGroup
from myths.catalog.words import Words, having
from myths.errors import AnswerError


class RefusalWords(WordGroup):
    """Why an answer was not saved, by its `Reason`; the page gets the one sentence it needs."""

    shape: Words
    key: Words
    value: Words
    text: Words
    long: Annotated[str, having("limit")]
    reader: Words
    taken: Words
    locked: Words
    erased: Words
    expired: Words
    newer: Words

    def of(self, error: AnswerError) -> str:
        """Return the words for this error."""
        return str(self[error.reason]).format(**error.values)


class QuestionWords(WordGroup):
    """Section `components.question`: under every question."""

    choose: Words
    saving: Words
    saved: Words
    waiting: Words
    preview: Words
    decline: Words
    clear: Words
    none: Words
    your_answer: Annotated[str, having("answer")]
    refused: RefusalWords


class RatingWords(WordGroup):
    """Section `components.rating`: a statement on its scale."""

    low: Words
    high: Words


class RecallFeedbackWords(WordGroup):
    """Section `components.recall`: the question about the facts."""

    right: Words
    not_quite: Words
    try_again: Words
    keep: Words
    kept: Words
    show: Words
    late: Words


class ReflectionWords(WordGroup):
    """Section `components.reflection`: a text in writing, and who reads it."""

    readers: Words
    reader_me: Words
    reader_group: Words
    reader_evaluation: Words
    about_people: Words
    left: Counted
    over: Counted
    too_long: Words
    personal: Words
    other: Words
    other_cleared: Words
    keep_mine: Words
    take_other: Words
    keep_both: Words


class ReadingWords(WordGroup):
    """Section `components.reading`: the flags of what is read."""

    myth: Words
    misleads: Words
    takeaway: Words
    note: Words
    more: Words
    read_on: Words
    fact: Annotated[str, having("n", "total")]
    next_fact: Annotated[str, having("n")]
    fact_before: Words
    all_facts: Annotated[str, having("n")]
    print: Words


class FictionWords(WordGroup):
    """Section `components.vignette`: the made-up case."""

    fictional: Words
    fictional_note: Words
    skip: Words
    read: Words
    next: Words
    prompts: Words


class DiscussionWords(WordGroup):
    """Section `components.discussion`: the prompts for talking, and the timer."""

    heading: Words
    more: Words
    card: Words
    timer: Words
    start: Words
    pause: Words
    resume: Words
    reset: Words
    started: Annotated[str, having("left")]
    paused: Words
    was_reset: Words
    half: Annotated[str, having("left")]
    one_minute: Words
    end: Words
    minutes: Counted


class StepCountWords(WordGroup):
    """How many steps one moved on a scale of five points, with the number in words."""

    one: Annotated[str, having(), Field(alias="1")]
    two: Annotated[str, having(), Field(alias="2")]
    three: Annotated[str, having(), Field(alias="3")]
    four: Annotated[str, having(), Field(alias="4")]


class ChangeWords(WordGroup):
    """Section `components.change`: one's ratings, before and after."""

    before: Words
    after: Words
    declined: Words
    no_answer: Words
    nothing: Words
    see: Words
    towards: Words
    steps: Counted
    spelled: StepCountWords
    nearer: Annotated[str, having("steps")]
    further: Annotated[str, having("steps")]
    moved: Annotated[str, having("steps")]
    stayed: Words
    stayed_strong: Words
    stronger: Annotated[str, having("steps")]
    unpaired: Words
    fact: Annotated[str, having("n")]
    copy_button: Words
    copied: Words
    not_copied: Words
    print: Words


class PlansWords(WordGroup):
    """Section `components.plans`: one's own plans."""

    copy_button: Words
    copied: Words
    not_copied: Words
    print: Words


class QuickExitWords(WordGroup):
    """Section `components.quickexit`: the way out of the page."""

    label: Words
    exit: Words
    about: Words
    explain: Words
    presses: Counted
    too_late: Words
    leaving: Words
    preview: Words


class ComponentWords(WordGroup):
    """Section `components`: the parts of a module page."""

    question: QuestionWords
    rating: RatingWords
    recall: RecallFeedbackWords
    reflection: ReflectionWords
    reading: ReadingWords
    vignette: FictionWords
    discussion: DiscussionWords
    change: ChangeWords
    plans: PlansWords
    quickexit: QuickExitWords
