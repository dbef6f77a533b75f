"""The words of the coding desk: desk.en.yml."""

from __future__ import annotations

from typing import Annotated

from myths.catalog import WordGroup, Words, having


class DeskWords(WordGroup):
    """What the desk shows, and what it says about each step."""

    desk: Words
    place: Annotated[str, having("n", "count")]
    no_texts: Words
    nothing_differs: Words
    no_codes: Words
    text: Words
    quoted: Annotated[str, having("words")]
    chosen: Words
    chosen_hint: Words
    codes: Words
    definition: Annotated[str, having("n")]
    include: Words
    exclude: Words
    none: Words
    passages: Words
    remove: Words
    remove_from: Annotated[str, having("name", "words")]
    memo: Words
    memo_hint: Words
    previous: Words
    next: Words
    undo: Words
    redo: Words
    progress: Annotated[str, having("n", "count")]
    filter: Words
    filter_all: Annotated[str, having("count")]
    filter_some: Annotated[str, having("n", "count")]
    words: Words
    show: Words
    show_all: Words
    show_undecided: Words
    show_older: Words
    question: Words
    any_question: Words
    code: Words
    any_code: Words
    clear: Words
    older: Words
    confirm: Words
    finish: Words
    reopen: Words
    finished: Words
    others: Words
    others_none: Words
    keys: Words
    keys_1: Words
    keys_0: Words
    keys_n: Words
    keys_t: Words
    keys_u: Words
    keys_m: Words
    keys_f: Words
    saving: Words
    saved: Words
    not_saved: Words
    silent: Words
    unknown: Words
    gave: Annotated[str, having("name")]
    took: Annotated[str, having("name")]
    marked: Annotated[str, having("name", "words")]
    none_said: Words
    none_unsaid: Words
    memo_kept: Words
    confirmed: Words
    undone: Words
    redone: Words
    nothing_undone: Words
    nothing_redone: Words
    no_more: Words
    no_match: Words
    finished_said: Words
    reopened: Words
    refused_empty: Words
    refused_long: Annotated[str, having("limit", "n")]
    refused_elsewhere: Words
    refused_finished: Words
    refused_undecided: Annotated[str, having("n", "count")]
    refused_seen: Words
