"""The words of the trainers' page on which answers from paper are typed in."""

from __future__ import annotations

from typing import Annotated

from myths.catalog.contract import WordGroup
from myths.catalog.words import Words, having
from myths.errors import ReasonedError


class PaperEntryWords(WordGroup):
    """Section `paper`: typing in what people wrote by hand."""

    link: Words
    link_body: Words
    heading: Words
    intro: Words
    may_be_typed: Annotated[str, having("agree")]
    only_me: Words
    number: Words
    number_hint: Words
    module: Words
    open: Words
    saved: Words
    done_erased: Words
    new_heading: Words
    new_body: Words
    none_open: Words
    workshop: Words
    new_button: Words
    back: Words
    sheet: Annotated[str, having("number", "title")]
    entered: Words
    made: Annotated[str, having("number")]
    made_strip: Annotated[str, having("date")]
    choices: Words
    agree: Annotated[str, having("agree")]
    contributes: Words
    says_yes: Words
    says_no: Words
    stands_yes: Words
    stands_no: Words
    now_no: Words
    how: Words
    decline: Words
    closed: Words
    fault: Words
    no_agreement: Words
    no_choice: Words
    no_answer: Annotated[str, having("codes")]
    too_long: Annotated[str, having("limit")]
    not_saved: Words
    save: Words
    save_then: Annotated[str, having("title")]
    erase: Words
    erase_body: Words
    sure: Words
    not_sure: Words
    erase_button: Words
    length: Annotated[str, having("right", "typed")]
    mistyped: Words
    nobody: Words
    erased: Words
    expired: Words

    def of(self, error: ReasonedError) -> str:
        """Return the words for why a number leads nowhere."""
        return str(self[error.reason]).format(**error.values)
