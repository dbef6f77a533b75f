"""The words of the pages around the modules, which the server makes."""

from __future__ import annotations

from typing import Annotated

from myths.catalog.contract import Counted, WordGroup
from myths.catalog.words import Words, having
from myths.errors import ReasonedError


class EveryPageWords(WordGroup):
    """Section `page`: every page."""

    tab: Words
    tab_part: Annotated[str, having("number", "total")]
    skip: Words
    late: Words
    no_script: Words
    left_out: Words
    table: Words
    words: Words
    elsewhere: Annotated[str, having("address")]
    section_failed: Words
    connection_lost: Words
    connection_back: Words
    lost_device: Words
    lost_server: Words
    starting_again: Words
    unreachable: Words
    no_socket: Words
    copy_first: Words
    reload: Words
    finish: Words
    followup: Words
    over: Words
    leave: Words


class LanguageWords(WordGroup):
    """Section `language`: what is told of a translation that is not whole or not checked."""

    choose: Words
    untranslated: Annotated[str, having("language")]
    unchecked: Annotated[str, having("language")]


class PageStepWords(WordGroup):
    """Section `steps`: the steps of a page, by the words of `Step`, and the way through them."""

    view: Words
    facts: Words
    check: Words
    story: Words
    write: Words
    again: Words
    keep: Words
    agree: Words
    mine: Words
    look: Words
    end: Words
    menu: Words
    series: Words
    contents: Words
    place: Annotated[str, having("n", "total")]
    step: Annotated[str, having("n", "total")]
    minutes: Counted
    back: Words
    go_on: Annotated[str, having("step")]
    next: Annotated[str, having("title")]
    save: Words
    whole: Words
    by_step: Words
    done: Words
    begun: Words
    here: Words
    unsaved: Counted
    people: Words
    answers: Words
    ask: Words
    privacy: Words
    exit: Words


class RoomWords(WordGroup):
    """Section `room`: what a page says while a trainer leads the room."""

    elsewhere: Annotated[str, having("place")]
    go: Words
    stay: Words
    vote_open: Words
    vote_closed: Words
    time_up: Words
    look_up: Words
    pause: Words
    curtain: Words
    lift: Words
    result: Words
    wall: Words
    before: Words
    after: Words
    people: Counted
    declined: Words
    nearly_none: Words
    nearly_all: Words
    few: Annotated[str, having("k")]
    agreed: Annotated[str, having("before", "after")]
    result_hint: Words


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


class UnsavedWords(WordGroup):
    """Section `unsaved`: what a page without scripts sent and could not be saved."""

    heading: Words
    intro: Words
    keep: Words
    newer: Words
    gone: Words
    now: Words
    yours: Words
    button: Words
    back: Words


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


class ProblemWords(WordGroup):
    """Section `errors`: what went wrong, by its name or its `Reason`."""

    heading: Words
    no_code: Words
    no_agreement: Words
    no_choice: Words
    no_recovery: Words
    unknown: Annotated[str, having("code")]
    length: Annotated[str, having("right", "typed")]
    closed: Words
    expired: Words
    mistyped: Words
    nobody: Words
    replaced: Words
    paper: Words
    no_cookie: Words
    erased: Words
    many: Annotated[str, having("most")]
    away: Words
    too_many: Annotated[str, having("seconds")]
    not_found: Words
    not_ready: Words
    not_here_heading: Words
    not_here: Words
    no_notebook: Annotated[str, having("page")]
    forged: Words
    store: Words
    full: Words
    broken: Words

    def of(self, error: ReasonedError) -> str:
        """Return the words for why a code or cookie leads nowhere."""
        return str(self[error.reason]).format(**error.values)


class SupportListWords(WordGroup):
    """Section `support`: the list of support lines."""

    need: Words
    checked: Annotated[str, having("date")]
    ask: Words
