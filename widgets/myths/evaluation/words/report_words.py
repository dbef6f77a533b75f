"""The words of the report: report.en.yml."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from myths.catalog import Prose, WordGroup, Words, having, prose


class ReportHeadingsWords(WordGroup):
    """Section `headings`."""

    short: Words
    design: Words
    people: Words
    change: Words
    distribution: Words
    details: Words
    attrition: Words
    far: Words
    over: Words
    sure: Words
    later: Words
    reliability: Words
    time: Words
    other: Words
    texts: Words
    quotes: Words
    limits: Words
    methods: Words
    protection: Words
    software: Words


class ReportAboutWords(WordGroup):
    """Section `about`."""

    organisation: Words
    grant: Words
    contact: Words
    licence: Words


class ReportPartsWords(WordGroup):
    """Section `parts`: the names of the second part and of the third."""

    results: Words
    appendix: Words
    title: Annotated[str, having("title")]
    elsewhere: Words
    others: Words


class ReportShortWords(WordGroup):
    """Section `short`."""

    what: Annotated[str, having("first", "last")]
    what_day: Annotated[str, having("first")]
    people: Annotated[str, having("people", "workshops", "paired")]
    toward: Annotated[str, having("closer", "all", "away", "same")]
    tested: Annotated[str, having("tested", "sure")]
    untested: Words
    caution: Words


class ReportPeopleWords(WordGroup):
    """Section `people`."""

    workshops: Annotated[str, having("people", "workshops", "first", "last")]
    workshops_day: Annotated[str, having("people", "workshops", "first")]
    apart: Annotated[str, having("people")]
    languages: Annotated[str, having("languages")]
    modes: Annotated[str, having("modes")]
    mode_page: Words
    mode_paper: Words
    steps: Annotated[str, having("k")]
    workshop: Annotated[str, having("n")]
    unasked: Annotated[str, having("modules")]


class ReportChangeWords(WordGroup):
    """Section `change`."""

    primary: Words
    facts: Words
    none: Words


class ReportOtherWords(WordGroup):
    """Section `other`."""

    closing: Words
    recall: Words
    no_first: Words
    none: Words


class NoAlphaWords(WordGroup):
    """Section `reasons`."""

    modules: Words
    wordings: Words
    few: Annotated[str, having("people")]
    alike: Words


class CompositeWords(WordGroup):
    """Section `names`."""

    myths: Words
    facts: Words
    overcorrections: Words
    confidence: Words


class ReportReliabilityWords(WordGroup):
    """Section `reliability`."""

    what: Words
    none: Words
    refused: Words
    reasons: NoAlphaWords
    names: CompositeWords


class PageSectionWords(WordGroup):
    """Section `names`."""

    rate: Words
    recall: Words
    reflect: Words
    rate_again: Annotated[Words, Field(alias="rate again")]
    commit: Words
    closing: Words
    follow_up: Annotated[Words, Field(alias="follow-up")]


class ReportTimeWords(WordGroup):
    """Section `time`."""

    what: Words
    none: Words
    few: Annotated[str, having("k")]
    under: Annotated[str, having("minutes")]
    over: Annotated[str, having("minutes")]
    page: Annotated[str, having("page", "minutes")]
    names: PageSectionWords


class ReportTextsWords(WordGroup):
    """Section `texts`."""

    count: Annotated[str, having("written", "readable")]
    none: Words
    uncoded: Words
    unfinished: Words
    one_coder: Words
    coded: Annotated[str, having("authors", "coders")]
    agreed: Words
    later: Words
    no_quotes: Annotated[str, having("k")]


class ReportWords(WordGroup):
    """The report's own words."""

    title: Words
    made: Annotated[str, having("date")]
    rehearsal: Words
    still_open: Annotated[str, having("date")]
    private: Words
    private_why: Words
    waiting: Annotated[str, having("dates", "n", "k")]
    held: Annotated[str, having("question", "people", "reports")]
    unspoken: Annotated[str, having("language")]
    nothing: Words
    few: Annotated[str, having("k")]
    skip: Words
    sections: Words
    table: Words
    figure: Words
    about: ReportAboutWords
    parts: ReportPartsWords
    headings: ReportHeadingsWords
    short: ReportShortWords
    design: Prose
    audiences: Annotated[str, having("audiences")]
    limits: Prose
    methods: Prose
    protection: Annotated[str, prose("k")]
    people: ReportPeopleWords
    change: ReportChangeWords
    over: Words
    sure: Words
    later: Words
    no_later: Words
    other: ReportOtherWords
    reliability: ReportReliabilityWords
    time: ReportTimeWords
    texts: ReportTextsWords
