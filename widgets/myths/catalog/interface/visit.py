"""The words of the pages on which a participant joins, looks at their answers, asks and leaves."""

from __future__ import annotations

from typing import Annotated

from myths.catalog.contract import Counted, WordGroup
from myths.catalog.words import Words, having


class JoinWords(WordGroup):
    """Section `join`: the first page."""

    heading: Words
    code: Words
    code_hint: Words
    next: Words
    dates: Annotated[str, having("until", "erased")]
    dates_changed: Words
    early_heading: Words
    early: Annotated[str, having("date", "code")]
    early_again: Words
    danger: Annotated[str, having("number")]
    contributes: Words
    contributes_hint: Words
    contributes_yes: Words
    contributes_no: Words
    button: Words
    return_heading: Words
    return_hint: Words
    recovery: Words
    return_button: Words
    already: Words
    go_on: Words
    first: Words
    other_code: Words
    alone: Words
    problem: Words


class PrivacyWords(WordGroup):
    """Section `privacy`: who is responsible, and the page with all about people's answers."""

    link: Words
    responsible: Annotated[str, having("name", "contact")]
    ask: Words
    heading: Words
    back: Words


class RecoveryCodeWords(WordGroup):
    """Section `code`: the recovery code, shown until it is kept."""

    heading: Words
    intro: Words
    more: Words
    why: Annotated[str, having("date")]
    nobody: Words
    copy_button: Words
    copied: Words
    not_copied: Words
    print: Words
    go_on: Words
    kept: Words
    lost: Words
    renew: Words
    renew_button: Words
    back: Words


class FollowupDateWords(WordGroup):
    """Section `date`: the day of the follow-up, as a calendar file and on a card."""

    link: Words
    heading: Words
    when: Annotated[str, having("date")]
    nobody: Words
    early: Annotated[str, having("date")]
    open: Words
    calendar_heading: Words
    calendar: Annotated[str, having("title")]
    calendar_button: Words
    title: Words
    card_heading: Words
    card: Words
    address: Words
    code: Words
    print: Words


class OwnAnswersWords(WordGroup):
    """Section `own`: the page that lists all that one said."""

    link: Words
    heading: Words
    parts: Words
    intro: Words
    nothing: Words
    until: Annotated[str, having("date")]
    too_late: Words
    before: Words
    after: Words
    retrospective: Words
    followup: Words
    first: Words
    last: Words
    scale: Annotated[str, having("first", "low", "last", "high")]
    from_paper: Words
    unopened: Words
    change: Annotated[str, having("title")]
    erase: Words
    erase_body: Words
    erase_button: Words
    erased: Words
    earlier: Words
    earlier_body: Words
    download: Words
    download_body: Words
    contributing_heading: Words
    contributes: Words
    apart: Words
    contributing_body: Annotated[str, having("date")]
    contributing_over: Words
    stop_contributing: Words
    contribute: Words
    chosen: Words
    ended: Words
    elsewhere_heading: Words
    elsewhere: Counted
    elsewhere_body: Words
    elsewhere_button: Words
    as_text: Words
    as_json: Words
    questions: Words
    questions_link: Words


class WithdrawWords(WordGroup):
    """Section `withdraw`: erasing all that one said."""

    heading: Words
    body: Words
    copies: Words
    sure: Words
    not_sure: Words
    button: Words
    back: Words
    done: Words
    done_body: Words


class InquiryWords(WordGroup):
    """Section `ask`: a question to the trainer."""

    heading: Words
    reader: Words
    at_once: Words
    people: Words
    text: Words
    limit: Annotated[str, having("limit")]
    button: Words
    sent: Words
    taken: Words
    empty: Words
    too_long: Annotated[str, having("typed", "limit")]
    not_sent: Words
    own: Words
    place: Annotated[str, having("place")]
    where: Annotated[str, having("place")]
    state_new: Words
    state_later: Words
    state_answered: Words
    take_back: Words
    not_taken: Words
    take_back_hint: Words
    kept: Words


class LeaveWords(WordGroup):
    """Section `leave`: asks once before one leaves."""

    heading: Words
    body: Words
    need_heading: Words
    need: Words
    unkept: Words
    show: Words
    button: Words
    stay: Words


class LeftWords(WordGroup):
    """Section `left`: after "finish and clear"."""

    heading: Words
    body: Words
    history: Words
    again: Words
