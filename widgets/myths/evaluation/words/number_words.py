"""The words that stand for numbers: numbers.en.yml."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from myths.catalog import Counted, WordGroup, Words, having


class NearlyWords(WordGroup):
    """Section `nearly`: groups too small, or too near to all, for their number to be told."""

    few: Words
    most: Words
    nearly_none: Annotated[Words, Field(alias="nearly none")]
    nearly_all: Annotated[Words, Field(alias="nearly all")]


class TenthsWords(WordGroup):
    """Section `tenths`: shares told coarsely."""

    lowest: Words
    highest: Words
    others: Annotated[str, having("percent")]


class NumberWords(WordGroup):
    """How numbers are put into words, and what is said where there is none."""

    not_given: Words
    not_shown: Words
    no_test: Words
    too_few: Words
    too_few_to_tell: Words
    at_least: Annotated[str, having("n")]
    fewer: Annotated[str, having("n")]
    range: Annotated[str, having("low", "high")]
    interval: Annotated[str, having("value", "low", "high")]
    no_interval: Annotated[str, having("value")]
    above: Annotated[str, having("limit")]
    below: Annotated[str, having("limit")]
    about: Annotated[str, having("value")]
    or_less: Annotated[str, having("value")]
    or_more: Annotated[str, having("value")]
    either: Annotated[str, having("first", "last")]
    quoted: Annotated[str, having("words")]
    easy: Annotated[str, having("language")]
    percent: Annotated[str, having("n")]
    nearly: NearlyWords
    tenths: TenthsWords
    not_counted: Counted
    workshops: Counted
