"""The words that only paper needs: the sheet of a module, its guide, the leaflet."""

from __future__ import annotations

from typing import Annotated

from myths.catalog.contract import WordGroup
from myths.catalog.words import Words, having


class HandoutWords(WordGroup):
    """Section `handout`: what is printed for the room, beside what the pages say."""

    sheet: Words
    guide: Words
    number: Words
    number_hint: Words
    no_name: Words
    consent_hint: Words
    may_be_typed: Words
    on_cover: Words
    cover: Words
    cover_before: Words
    cover_typist: Words
    cover_hand: Words
    cover_box: Words
    cover_choices: Words
    cover_consent: Words
    cover_strip: Words
    cover_use: Annotated[str, having("date")]
    cover_safe: Words
    keep: Words
    recall: Words
    later: Words
    answers: Words
    answers_intro: Words


class LeafletWords(WordGroup):
    """Section `leaflet`: the leaflet of the whole series."""

    title: Words
    readers: Words
    about: Words
    responsible: Words
    safe: Words
    calls: Words
    source: Words
