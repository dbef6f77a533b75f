"""The words of a room that is led: the console, the projector, and the summary afterwards."""

from __future__ import annotations

from typing import Annotated

from myths.catalog.contract import Counted, WordGroup
from myths.catalog.words import Words, having


class ConsoleWords(WordGroup):
    """Section `console`: the trainer's console."""

    not_begun: Words
    place: Annotated[str, having("n", "total")]
    people: Annotated[str, having("joined", "connected")]
    code: Annotated[str, having("code")]
    pace: Words
    pace_own: Words
    pace_module: Words
    pace_together: Words
    hint_own: Words
    hint_module: Words
    hint_together: Words
    steps: Annotated[str, having("title")]
    parts: Words
    vote_none: Words
    vote_open: Words
    vote_closed: Words
    phase_before: Words
    phase_after: Words
    answered: Annotated[str, having("total")]
    answered_hint: Words
    open: Words
    open_again: Words
    close: Words
    show: Words
    show_now: Words
    hide: Words
    preview: Annotated[str, having("n")]
    before: Words
    after: Words
    before_alone: Words
    own: Words
    own_before: Words
    own_never: Words
    order: Annotated[str, having("k")]
    first_facts: Words
    few: Annotated[str, having("k")]
    nearly_none: Words
    nearly_all: Words
    nothing_asked: Words
    before_begin: Words
    guide: Annotated[str, having("title")]
    timer: Words
    minutes: Annotated[str, having("n")]
    stop: Words
    look_up: Words
    back: Annotated[str, having("title")]
    next: Annotated[str, having("title")]
    begin: Annotated[str, having("title")]
    inquiries: Words
    inquiries_new: Counted
    inquiry_counts: Annotated[str, having("new", "answered")]
    inquiry_none: Words
    inquiry_hint: Words
    inquiry_times: Annotated[str, having("n")]
    inquiry_answer: Words
    inquiry_later: Words
    inquiry_again: Words
    inquiry_show: Words
    inquiry_hide: Words
    inquiries_later: Words
    inquiries_answered: Words
    wall: Words
    wall_hint: Words
    wall_gather: Words
    wall_few: Words
    wall_approve: Words
    wall_take_off: Words
    wall_approved: Words
    wall_full: Words
    wall_long: Words
    wall_show: Words
    wall_hide: Words
    stale: Words
    early: Words
    unknown: Words
    away: Words
    pause: Words
    step: Annotated[str, having("n", "total")]
    here: Annotated[str, having("n")]
    elsewhere: Annotated[str, having("n")]
    done: Words
    after_part: Annotated[str, having("title")]
    after_pause: Annotated[str, having("n")]
    after_next: Annotated[str, having("title", "n")]
    opened: Words
    closed: Words
    show_this: Words
    show_the_fact: Words
    more_time: Words
    projector: Words
    shows_join: Words
    shows_step: Annotated[str, having("title")]
    shows_vote: Words
    shows_voted: Words
    shows_results: Annotated[str, having("statement")]
    shows_fact: Annotated[str, having("n", "total")]
    shows_story: Words
    shows_outcome: Words
    shows_agreement: Words
    shows_inquiry: Words
    shows_wall: Words
    shows_eyes: Words
    shows_break: Words
    fact_first: Words
    fact_before: Words
    fact_next: Words
    show_else: Words
    show_join: Words
    show_step: Annotated[str, having("title")]
    show_vote: Words
    show_story: Words
    show_outcome: Words
    show_agreement: Words
    show_results: Annotated[str, having("statement")]
    plan: Words
    plan_minutes: Annotated[str, having("n")]
    min: Words
    late: Annotated[str, having("n")]
    ends: Annotated[str, having("time")]
    do: Words
    then: Words
    then_entry: Annotated[str, having("name", "n")]
    say: Words
    objections: Words
    mind: Words
    act_settle: Words
    act_rate: Words
    act_facts: Words
    act_misleads: Words
    act_check: Words
    act_story: Words
    act_read: Words
    act_groups: Words
    act_plenary: Words
    act_outcome: Words
    act_again: Words
    act_plan: Words
    act_card: Words
    away_device: Words
    away_network: Words
    notes: Words
    notes_hint: Words
    notes_saving: Words
    notes_saved: Words
    notes_waiting: Words
    notes_long: Words


class ProjectorWords(WordGroup):
    """Section `projector`: what the whole room sees."""

    join: Words
    scan: Words
    or_type: Words
    join_at: Annotated[str, having("address")]
    joined: Annotated[str, having("n")]
    look_up: Words
    pause: Words
    answered: Annotated[str, having("total")]
    rate: Words
    belief: Words
    no_name: Words
    closed: Words
    before: Words
    after: Words
    people: Annotated[str, having("n")]
    few: Annotated[str, having("k")]
    nearly_none: Words
    nearly_all: Words
    inquiry: Words
    wall: Words
    later: Words
    fact: Annotated[str, having("n", "total")]
    point: Annotated[str, having("n", "total")]
    outcome: Words
    made_up: Words
    lost: Words
    lost_device: Words
    lost_server: Words
    agreed_two: Annotated[str, having("before", "after")]
    agreed_now: Annotated[str, having("after")]


class RoomSummaryWords(WordGroup):
    """Section `summary`: what a room answered, for its trainer afterwards."""

    heading: Words
    link: Words
    link_body: Words
    back: Words
    body: Words
    nothing: Words
    answer: Words
    before: Words
    after: Words
    print: Words
