"""The words of the trainers' pages."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from myths.catalog.contract import Counted, WordGroup
from myths.catalog.words import Words, having


class StaffWords(WordGroup):
    """Section `staff`: the trainers' pages."""

    tab: Words
    key_heading: Words
    key_intro: Words
    first_page: Words
    key: Words
    key_hint: Words
    enter: Words
    wrong_key: Words
    exit: Words
    heading: Words
    clock_heading: Words
    clock_ahead: Annotated[str, having("now", "before")]
    clock_behind: Annotated[str, having("now", "before")]
    clock_body: Annotated[str, having("until")]
    clock_right: Words
    clock_right_body: Words
    clock_button: Words
    faults_heading: Words
    faults_body: Words
    organiser_heading: Words
    organiser_body: Annotated[str, having("file")]
    privacy: Words
    support_heading: Words
    support_body: Words
    none: Words
    state_coming: Words
    state_open: Words
    state_closed: Words
    state_expired: Words
    rehearsal: Words
    joined: Counted
    opened: Annotated[str, having("date")]
    new_heading: Words
    title: Words
    title_hint: Words
    audience: Words
    country: Words
    route: Words
    route_modules: Annotated[str, having("modules")]
    order: Words
    order_body: Words
    places: Words
    no_place: Words
    same_place: Annotated[str, having("place", "modules")]
    rehearsal_tick: Words
    lead: Words
    projector: Words
    back_to_workshop: Words
    open_button: Words
    session_heading: Words
    sign_out: Words
    revoke: Words
    revoke_body: Words
    revoke_button: Words
    back: Words
    workshop: Annotated[str, having("code")]
    join_heading: Words
    join_body: Words
    join_code: Annotated[str, having("address")]
    only_here: Words
    square: Annotated[str, having("code")]
    is_closed: Words
    dates_heading: Words
    joins_until: Annotated[str, having("date")]
    pooling: Annotated[str, having("date")]
    zone: Annotated[str, having("zone")]
    comes_back: Annotated[str, having("date", "opens")]
    erasing: Annotated[str, having("date")]
    modules_heading: Words
    whole_series: Words
    gone_modules: Annotated[str, having("modules")]
    none_chosen: Words
    questions_heading: Words
    questions: Counted
    questions_body: Words
    questions_button: Words
    close: Words
    close_body: Words
    close_button: Words
    erase: Words
    erase_body: Words
    sure: Words
    not_sure: Words
    erase_button: Words


class RouteWords(WordGroup):
    """In section `routes`, for each route of series.yml: its name, and how long it takes."""

    name: Words
    length: Words


class AudienceWords(WordGroup):
    """Section `audience`: whom a workshop is for, as its trainer says; one key an `Audience`."""

    mixed: Words
    police: Words
    courts: Words
    social: Words
    womens_services: Annotated[str, having(), Field(alias="womens-services")]
    policy: Words
