"""The words about what a staff key opens, what was done with it, and the evaluators' downloads."""

from __future__ import annotations

from typing import Annotated

from myths.catalog.contract import Counted, WordGroup
from myths.catalog.words import Words, having


class AccessWords(WordGroup):
    """Section `access`: roles of staff, the list of what they did, tables and reports."""

    role: Annotated[str, having("role")]
    leads: Words
    reads: Words
    none: Words
    read_only: Words
    not_yours: Words
    too_soon: Annotated[str, having("minutes")]
    data_link: Words
    data_heading: Words
    data_body: Words
    made_up: Words
    which: Words
    none_chosen: Words
    tables_button: Words
    tables_body: Words
    report_button: Words
    report_body: Words
    busy_heading: Words
    busy_body: Words
    made_tables: Words
    made_report: Words
    made_of: Annotated[str, having("workshops")]
    made_until: Annotated[str, having("minutes")]
    download: Words
    not_made: Words
    log_heading: Words
    log_body: Words
    log_link: Words
    roles_heading: Words
    roles_body: Words
    scope_own: Words
    scope_read: Words
    key_until: Annotated[str, having("date")]
    no_key: Words
    sees: Annotated[str, having("workshops")]
    sees_none: Words
    acts_heading: Words
    acts_body: Words
    coordinator: Words
    act_opened: Words
    act_closed: Words
    act_reopened: Words
    act_erased: Words
    act_erased_person: Words
    act_exported: Words
    act_reported: Words
    act_assigned: Words
    act_unassigned: Words
    act_key: Words
    act_revoked: Words
    act_removed: Words
    more: Counted
