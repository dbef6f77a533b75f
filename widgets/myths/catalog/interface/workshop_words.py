"""The words with which trainers open, change and try out a workshop, and its network."""

from __future__ import annotations

from typing import Annotated

from myths.catalog.contract import Counted, WordGroup
from myths.catalog.words import Words, having


class WorkshopWords(WordGroup):
    """Section `workshop`: what a trainer chooses for a workshop, and why it cannot be so."""

    more: Words
    more_now: Words
    joins_from: Words
    joins_from_hint: Words
    joins_until: Words
    joins_until_hint: Words
    zone: Words
    zone_hint: Words
    language: Words
    languages: Words
    languages_hint: Words
    languages_draft: Words
    k: Words
    k_hint: Annotated[str, having("least")]
    pooling_date: Words
    pooling_date_hint: Words
    erasing_date: Words
    erasing_date_hint: Words
    change: Words
    change_body: Words
    promised: Words
    change_route: Words
    change_button: Words
    not_changed: Words
    lead_which: Words
    lead_opened: Annotated[str, having("code")]
    lead_not_opened: Words
    fault_unfit: Words
    fault_hours: Words
    fault_begun: Words
    fault_dates: Words
    fault_zone: Words
    fault_withdrawal: Annotated[str, having("date")]
    fault_erasing: Annotated[str, having("date")]
    fault_fewest: Annotated[str, having("k")]
    opens: Annotated[str, having("date")]
    shown_of: Annotated[str, having("k")]
    calendar: Words
    sheet: Words
    reopen: Words
    reopen_body: Words
    reopen_button: Words
    reopen_late: Words
    address: Words
    address_hint: Words
    address_likely: Words
    address_other: Words
    address_button: Words
    test: Words
    test_body: Words
    test_square: Words
    test_help: Words
    test_paper: Words
    test_firewall: Words
    test_guests: Words
    test_hotspot: Words


class RehearsalWords(WordGroup):
    """Section `rehearsal`: made-up people in a workshop for trying out."""

    heading: Words
    body: Words
    people: Words
    minutes: Words
    start: Words
    unfit: Words
    runs: Counted
    ends: Annotated[str, having("date")]
    stop: Words
    full: Words
    new: Words
    new_body: Words
    new_button: Words


class NetworkTestWords(WordGroup):
    """Section `network`: the page on which a phone finds out what works in this room."""

    heading: Words
    intro: Words
    reached: Annotated[str, having("address")]
    script: Words
    script_off: Words
    saving: Words
    saving_trying: Words
    saving_off: Words
    live: Words
    live_trying: Words
    live_off: Words
    fine: Words
    partly: Words
    broken: Words
    try_saving: Words
    again: Words
    nothing_kept: Words
