"""The words of the page on which a trainer begins something new."""

from __future__ import annotations

from typing import Annotated

from myths.catalog.contract import WordGroup
from myths.catalog.words import Words, having


class BeginningWords(WordGroup):
    """Section `begin`: a module, the lines of a country, a language; and what comes next."""

    link: Words
    heading: Words
    intro: Words
    back: Words
    unfinished_heading: Words
    unfinished_body: Words
    write: Annotated[str, having("title")]
    show: Annotated[str, having("title")]
    module_heading: Words
    module_body: Words
    title: Words
    title_hint: Words
    name: Words
    name_hint: Words
    after: Words
    like: Words
    like_none: Words
    like_module: Annotated[str, having("title")]
    module_button: Words
    country_heading: Words
    country_body: Words
    country: Words
    country_button: Words
    language_heading: Words
    language_body: Words
    language: Words
    language_hint: Words
    language_button: Words
    choose: Words
    fault_name: Words
    fault_taken: Words
    fault_country: Words
    fault_language: Words
    fault_unwritten: Annotated[str, having("title")]
    begun: Annotated[str, having("title")]
    module_write: Words
    module_guide: Annotated[str, having("file")]
    module_show: Words
    country_write: Words
    country_try: Words
    country_publish: Words
    language_write: Words
    language_give: Annotated[str, having("code")]
    language_publish: Words
    go_on: Words
    shown: Annotated[str, having("title")]
    shown_body: Words
