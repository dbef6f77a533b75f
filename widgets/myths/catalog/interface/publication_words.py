"""The words of the page on which a trainer publishes what they have changed."""

from __future__ import annotations

from typing import Annotated

from myths.catalog.contract import Counted, WordGroup
from myths.catalog.words import Words, having


class PublicationWords(WordGroup):
    """Section `publish`: what changes, what can no longer be pooled, the check, one step back."""

    link: Words
    link_again: Words
    waiting_heading: Words
    waiting: Counted
    heading: Words
    intro: Words
    since: Annotated[str, having("date")]
    nothing: Words
    changes_heading: Words
    before: Words
    after: Words
    no_words: Words
    whole_file: Words
    changed: Words
    added: Words
    removed: Words
    moved: Words
    apart_heading: Words
    apart_body: Words
    asked_no_more: Words
    rooms: Counted
    rooms_body: Words
    button: Words
    button_body: Words
    busy_heading: Words
    busy_words: Words
    busy_pages: Annotated[str, having("n", "total")]
    busy_body: Words
    look: Words
    done: Words
    refused_heading: Words
    refused_body: Words
    remarks_heading: Words
    remarks_body: Words
    back: Words
    back_body: Annotated[str, having("date")]
    back_button: Words
    earlier: Words
    entry: Annotated[str, having("date", "changes")]
    entry_count: Counted
    entry_start: Words
    entry_back: Words
    fault_stale: Words
    fault_meanwhile: Words
    fault_no_step: Words
    fault_other: Words
