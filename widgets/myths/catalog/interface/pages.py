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
    easy: Annotated[str, having("language")]
    draft: Words
    untranslated: Annotated[str, having("language")]
    unchecked: Annotated[str, having("language")]


class RecordingWords(WordGroup):
    """Section `recording`: what is told of a step that is signed or read aloud, by its form."""

    sign: Annotated[str, having("size")]
    film: Annotated[str, having("size")]
    sound: Annotated[str, having("size")]
    hint: Words
    captions: Words


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
    chosen_most: Annotated[str, having("chosen", "share")]
    result_hint: Words


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
