"""Where somebody is in the series: the page opened last, and on each page the steps come to.

It is no answer: it has no time, no table of the evaluation has it, and it goes with its person.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypedDict

from sqlalchemy import select, update

from myths.store.database import Database
from myths.store.schema import participants
from myths.vocabulary import is_name

if TYPE_CHECKING:
    from myths.store.participants import Visitor

_STEPS, _PAGES = 30, 40  # the most that are kept, the newest


class PagePlace(TypedDict):
    """Where somebody is on a page.

    `steps` are those that they came to, the first one first, and `step` is the present one. A page
    is `done` once they came to its last step, and stays so.
    """

    steps: list[str]
    step: str
    done: bool


def come_to(
    database: Database, visitor: Visitor, page: str, *, step: str = "", last: bool = False
) -> None:
    """Keep which page somebody opened last, at which step, and not when.

    `last` says that this step is the last one of its page. Without a step only the page is kept;
    of a step with a name that cannot be one (`is_name`), nothing.
    """
    if not (is_name(page) and is_name(step)) if step else page == visitor.page:
        return
    them = participants.c.name == visitor.participant
    with database.writing() as conn:
        query = select(participants.c.page, participants.c.places).where(them)
        row = conn.execute(query.with_for_update()).first()  # another tab waits
        if row is None:
            return
        before = row.places or {}
        places = _with(before, page, step, last=last) if step else before
        if (page, places) != (row.page, before):
            values = {"page": page, "places": places or None}
            conn.execute(update(participants).where(them).values(values))


def united(
    ours: Mapping[str, PagePlace] | None, theirs: Mapping[str, PagePlace] | None
) -> dict[str, PagePlace]:
    """Return the places of one person in two stores: all steps, and where they are, as in ours."""
    both = {**(theirs or {}), **(ours or {})}
    return {
        page: {
            "steps": _newest([*place["steps"], *(theirs or {}).get(page, place)["steps"]]),
            "step": place["step"],
            "done": place["done"] or (theirs or {}).get(page, place)["done"],
        }
        for page, place in [*both.items()][-_PAGES:]
    }


def fit(places: object) -> bool:
    """Return whether a value from elsewhere has the form of places."""
    return (isinstance(places, dict) and len(places) <= _PAGES) and all(
        _is_name(page)
        and isinstance(place, dict)
        and place.keys() == PagePlace.__required_keys__
        and (isinstance(place["steps"], list) and len(place["steps"]) <= _STEPS)
        and all(map(_is_name, [*place["steps"], place["step"]]))
        and isinstance(place["done"], bool)
        for page, place in places.items()
    )


def _is_name(name: object) -> bool:
    return isinstance(name, str) and is_name(name)


def _with(
    before: Mapping[str, PagePlace], page: str, step: str, *, last: bool
) -> dict[str, PagePlace]:
    place = before.get(page) or PagePlace(steps=[], step="", done=False)
    steps = _newest([*place["steps"], step])
    places = {**before, page: PagePlace(steps=steps, step=step, done=place["done"] or last)}
    return dict([*places.items()][-_PAGES:])


def _newest(steps: list[str]) -> list[str]:
    return [*dict.fromkeys(steps)][-_STEPS:]
