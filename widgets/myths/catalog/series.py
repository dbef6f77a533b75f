"""What series.yml may say: modules and pages in their order, languages, routes and plans."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from myths.catalog.problems import nearest
from myths.catalog.structure import Strict
from myths.catalog.words import Language, Slug, Slugs, Words, fault
from myths.vocabulary import SIMPLE, Step

Minutes = Annotated[int, Field(gt=0, le=240)]
PlanAct = Literal[
    "settle",
    "rate",
    "facts",
    "misleads",
    "check",
    "story",
    "read",
    "groups",
    "plenary",
    "outcome",
    "again",
    "plan",
    "card",
]


class PlanEntry(Strict):
    """What is done in a module for some minutes, at a step of its page."""

    act: PlanAct
    step: Step
    minutes: Minutes


class DayEntry(Strict):
    """How long a page of a route takes, or a pause, which has no page."""

    page: Slug | None = None
    minutes: Minutes


class Route(Strict):
    """A way through the series: the modules of one kind of day, `short` if it is ten minutes.

    `day` is how long each part is; without it, every module takes as long as its guide says.
    """

    modules: Annotated[Slugs, Field(min_length=1)]
    short: bool = False
    day: tuple[DayEntry, ...] = ()

    @model_validator(mode="after")
    def _day_has_its_modules(self) -> Route:
        named = [each.page for each in self.day if each.page]
        for slug in self.modules:
            if self.day and named.count(slug) != 1:
                message = f"the day does not have {slug!r} once"
                raise fault(message, "say how long each module of the route takes", place=("day",))
        return self


GUIDE_MINUTES, SHORT_MINUTES = 45, 10  # the lengths of the guides' plan and of the short form


class SeriesLanguage(Strict):
    """A language of the series, `reviewed` or still a `draft`; `by` is a role, and no name.

    The first one of a series is the original, which every other one is translated from.
    """

    code: Language
    status: Literal["draft", "reviewed"] = "draft"
    by: Words | None = None
    date: datetime.date | None = None

    @model_validator(mode="after")
    def _review_is_told(self) -> SeriesLanguage:
        if self.status == "reviewed" and not (self.by and self.date):
            message = f"nobody is said to have reviewed {self.code!r}, or not when"
            raise fault(message, "add 'by', a role such as 'women's support service', and 'date'")
        return self


class SeriesModule(Strict):
    """A module of the series; one that is a `draft` is still being written, and not shown."""

    slug: Slug
    status: Literal["draft", "shown"] = "shown"


def _named(field: str) -> BeforeValidator:
    """Take words alone for an entry that has nothing but this field."""
    return BeforeValidator(lambda value: {field: value} if isinstance(value, str) else value)


class Series(Strict):
    """series.yml: the order of modules and pages, the languages, the routes.

    `plans` say what is done in a module, by its length in minutes.
    """

    listed: Annotated[
        tuple[Annotated[SeriesModule, _named("slug")], ...], Field(min_length=1, alias="modules")
    ]
    pages: Slugs
    entries: Annotated[
        tuple[Annotated[SeriesLanguage, _named("code")], ...],
        Field(min_length=1, alias="languages"),
    ]
    plans: dict[Minutes, tuple[PlanEntry, ...]] = Field(default_factory=dict)
    routes: dict[Slug, Route]
    text_limit: Annotated[int, Field(gt=0)]

    @property
    def modules(self) -> tuple[str, ...]:
        """The slugs of the modules in their order, without those that are drafts."""
        return tuple(each.slug for each in self.listed if each.status == "shown")

    @property
    def drafts(self) -> tuple[str, ...]:
        """The slugs of the modules that are still being written: nobody is shown them."""
        return tuple(each.slug for each in self.listed if each.status == "draft")

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages, the original first."""
        return tuple(each.code for each in self.entries)

    @property
    def original(self) -> str:
        """The language that the others are translated from."""
        return self.entries[0].code

    def is_reviewed(self, language: str) -> bool:
        """Return whether the safety texts of a language may be shown: it was reviewed."""
        return language == self.original or any(
            each.code == language and each.status == "reviewed" for each in self.entries
        )

    def is_easy_form(self, language: str) -> bool:
        """Return whether a language is the original in easier words."""
        return language == f"{self.original}{SIMPLE}"

    def taught(self, modules: Iterable[str]) -> tuple[str, ...]:
        """Return those of a workshop's modules that there are; all if it names none."""
        named = tuple(modules)
        return tuple(slug for slug in named if slug in self.modules) if named else self.modules

    def walk(self, modules: Iterable[str] = ()) -> tuple[str, ...]:
        """Return the slugs of a workshop's pages and modules, in the order one goes through."""
        first, *others = self.pages
        return (first, *self.taught(modules), *others)

    def day(self, route: str) -> tuple[DayEntry, ...]:
        """Return how long the parts of a route are; nothing of one that there is no more."""
        return self.routes[route].day if route in self.routes else ()

    def minutes(self, route: str, page: str, *, short: bool = False) -> int | None:
        """Return how long a page takes in a workshop, or None if nothing says so."""
        if page in self.modules and short:
            return SHORT_MINUTES
        planned = (each.minutes for each in self.day(route) if each.page == page)
        return next(planned, GUIDE_MINUTES if page in self.modules else None)

    @field_validator("plans")
    @classmethod
    def _plans_are_as_long_as_they_say(
        cls, plans: dict[int, tuple[PlanEntry, ...]]
    ) -> dict[int, tuple[PlanEntry, ...]]:
        order = Step.words()
        for length, entries in plans.items():
            if (total := sum(each.minutes for each in entries)) != length:
                message = f"the plan of {length} minutes has {total}"
                raise fault(message, "correct the minutes of its entries", place=(length,))
            steps = [order.index(each.step) for each in entries]
            if steps != sorted(steps):
                message = "the plan goes back to an earlier step"
                raise fault(message, "keep the order of the page", place=(length,))
        return plans

    @field_validator("listed")
    @classmethod
    def _no_module_twice(cls, listed: tuple[SeriesModule, ...]) -> tuple[SeriesModule, ...]:
        seen: set[str] = set()
        for position, each in enumerate(listed):
            if each.slug in seen:
                message = f"{each.slug!r} stands in the list twice"
                raise fault(message, "remove one or rename it", place=(position,))
            seen.add(each.slug)
        if all(each.status == "draft" for each in listed):
            raise fault("all modules are drafts", "one at least has to be shown")
        return listed

    @field_validator("entries")
    @classmethod
    def _no_language_twice(cls, entries: tuple[SeriesLanguage, ...]) -> tuple[SeriesLanguage, ...]:
        seen: set[str] = set()
        for position, each in enumerate(entries):
            if each.code in seen:
                message = f"the language {each.code!r} stands here twice"
                raise fault(message, "remove one of them", place=(position,))
            seen.add(each.code)
        return entries

    @field_validator("routes")
    @classmethod
    def _routes_name_known_modules(
        cls, routes: dict[str, Route], info: ValidationInfo
    ) -> dict[str, Route]:
        known = {each.slug: each.status for each in info.data.get("listed", ())}
        for name, route in routes.items():
            for position, slug in enumerate(route.modules):
                place = (name, "modules", position)
                if known and slug not in known:
                    raise fault(f"unknown module {slug!r}", nearest(slug, known), place=place)
                if known and known[slug] == "draft":
                    remedy = "take it out of the route until it is shown"
                    raise fault(f"the module {slug!r} is a draft", remedy, place=place)
            plans = info.data.get("plans", {})
            for position, each in enumerate(route.day):
                if each.page in known and plans and each.minutes not in plans:
                    message = f"no plan is for {each.minutes} minutes"
                    remedy = f"choose from {', '.join(map(str, sorted(plans)))}"
                    raise fault(message, remedy, place=(name, "day", position, "minutes"))
        return routes
