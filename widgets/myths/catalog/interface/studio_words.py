"""The words of the studio, in which trainers change texts."""

from __future__ import annotations

from typing import Annotated

from myths.catalog.contract import Counted, WordGroup
from myths.catalog.words import Words, having


class FieldLabels(WordGroup):
    """What each text of a module or page is called, and a hint to some."""

    label_title: Words
    hint_title: Words
    label_question: Words
    label_note: Words
    hint_note: Words
    label_rated_myth: Words
    label_rated_fact: Words
    label_rated_overcorrection: Words
    label_core: Words
    label_myth: Words
    hint_myth: Words
    label_misleads_name: Words
    label_misleads_text: Words
    label_fact: Words
    label_text: Words
    label_terms: Words
    hint_terms: Words
    label_boxes: Words
    label_boxes_heading: Words
    label_boxes_text: Words
    label_treaty: Words
    label_takeaway: Words
    label_recall_question: Words
    label_options: Words
    label_options_text: Words
    label_options_feedback: Words
    label_recall_correct: Words
    label_story: Words
    label_story_title: Words
    label_story_text: Words
    label_story_next: Words
    label_prompts: Words
    label_card: Words
    hint_card: Words
    label_minutes: Words
    label_reflections: Words
    label_remarks_myth: Words
    label_remarks_fact: Words
    label_remarks_overcorrection: Words
    hint_remarks_myth: Words
    label_plan_if: Words
    label_plan_then: Words
    label_audience: Annotated[str, having("what", "audience")]
    label_page_heading: Words
    label_agree: Words
    label_heading: Words
    label_statement: Words


class SettingLabels(WordGroup):
    """What each text of the settings is called."""

    label_organiser_name: Words
    label_organiser_contact: Words
    label_organiser_exit: Words
    hint_organiser_exit: Words
    label_organiser_colour: Words
    hint_organiser_colour: Words
    label_support_checked_all: Words
    hint_support_checked_all: Words
    label_support_name: Words
    label_support_for: Words
    label_support_hours: Words
    label_support_phone: Words
    label_support_sms: Words
    label_support_url: Words
    label_support_kind: Words
    label_support_free: Words
    label_support_checked: Words
    kind_emergency: Words
    kind_survivors: Words
    kind_children: Words
    kind_crime: Words
    kind_men: Words
    kind_legal: Words
    yes: Words
    no: Words
    support_of: Annotated[str, having("country")]


class StudioWords(FieldLabels, SettingLabels):
    """Section `studio`: the form, the page beside it, and what is said of what was typed."""

    heading: Words
    intro: Words
    publish: Words
    choose: Words
    part: Words
    language: Words
    audience: Words
    show: Words
    parts_modules: Words
    parts_pages: Words
    parts_settings: Words
    parts_ui: Words
    unfinished: Annotated[str, having("title")]
    group_page: Words
    group_facts: Words
    group_ratings: Words
    group_reflections: Words
    group_organiser: Words
    group_support: Words
    numbered: Annotated[str, having("what", "n")]
    original: Annotated[str, having("text")]
    ratings_fixed: Words
    facts_fixed: Words
    practice_fixed: Words
    correct_fixed: Words
    least: Annotated[str, having("n")]
    most: Annotated[str, having("n")]
    story_of_all: Words
    question_of_all: Words
    own_cases: Annotated[str, having("audience")]
    own_audiences: Annotated[str, having("audience")]
    disown_cases: Words
    disown_audiences: Words
    new_prompts: Words
    new_reflections: Words
    new_options: Words
    new_boxes: Words
    new_lines: Words
    add_prompts: Words
    add_reflections: Words
    add_options: Words
    add_boxes: Words
    add_lines: Words
    tried_today: Words
    move_up: Words
    move_down: Words
    remove: Words
    remove_answered: Words
    did_add: Words
    did_remove: Words
    did_move: Words
    did_own: Words
    did_tried: Words
    cells: Annotated[str, having("file")]
    cell_question: Annotated[str, having("n", "words")]
    cell_markdown: Annotated[str, having("n", "words")]
    cell_code: Annotated[str, having("n", "words")]
    left_out: Annotated[str, having("file")]
    error: Words
    warning: Words
    errors: Counted
    warnings: Counted
    fine: Words
    about_part: Words
    save: Words
    check: Words
    undo: Words
    undo_what: Annotated[str, having("what")]
    unsaved: Annotated[str, having("what")]
    all_saved: Words
    told_saved: Words
    told_undone: Words
    told_nothing_changed: Words
    unknown: Words
    again: Words
    read_only: Words
    nothing_written: Words
    nothing_to_undo: Words
    cannot_undo: Words
    broken: Words
    untranslated: Annotated[str, having("language", "code")]
    structure_original: Words
    clash: Words
    clash_here: Words
    keep_mine: Words
    take_theirs: Words
    changes: Words
    changes_none: Words
    changes_own: Words
    change_added: Words
    change_left_out: Words
    change_gone: Words
    change_new: Words
    restore: Words
    page: Words
    page_hint: Words
    page_fault: Words
    mend: Annotated[str, having("what")]
    page_title: Annotated[str, having("title")]
    to_page: Words
    to_form: Words
    see_step: Words
    making: Words
    away: Words
