"""The words that only paper needs: the sheet of a module, its guide, the leaflet."""

from __future__ import annotations

from myths.catalog.contract import WordGroup
from myths.catalog.words import Words


class HandoutWords(WordGroup):
    """Section `handout`: what is printed for the room, beside what the pages say."""

    sheet: Words
    guide: Words
    number: Words
    number_hint: Words
    no_name: Words
    consent_hint: Words
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
