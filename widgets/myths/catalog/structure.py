"""What the files without words may say: series.yml, module.yml, page.yml, as models."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from myths.catalog.problems import nearest
from myths.catalog.tree import YamlPath
from myths.catalog.words import Id, Ids, Language, Letter, Letters, Slug, Slugs, Words, fault
from myths.vocabulary import Audience, Keyed, SharedItem, Step


class Strict(BaseModel):
    """Frozen, and refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Structure(Strict):
    """What module.yml and page.yml share: a name, which is the folder's."""

    slug: Slug


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


def _entry(value: Any) -> Any:
    return {"code": value} if isinstance(value, str) else value


class Series(Strict):
    """series.yml: the order of modules and pages, the languages, the routes.

    `plans` say what is done in a module, by its length in minutes.
    """

    modules: Annotated[Slugs, Field(min_length=1)]
    pages: Slugs
    entries: Annotated[
        tuple[Annotated[SeriesLanguage, BeforeValidator(_entry)], ...],
        Field(min_length=1, alias="languages"),
    ]
    plans: dict[Minutes, tuple[PlanEntry, ...]] = Field(default_factory=dict)
    routes: dict[Slug, Route]
    text_limit: Annotated[int, Field(gt=0)]

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
        known = info.data.get("modules", ())
        for name, route in routes.items():
            for position, slug in enumerate(route.modules):
                if known and slug not in known:
                    place = (name, "modules", position)
                    raise fault(f"unknown module {slug!r}", nearest(slug, known), place=place)
            plans = info.data.get("plans", {})
            for position, each in enumerate(route.day):
                if each.page in known and plans and each.minutes not in plans:
                    message = f"no plan is for {each.minutes} minutes"
                    remedy = f"choose from {', '.join(map(str, sorted(plans)))}"
                    raise fault(message, remedy, place=(name, "day", position, "minutes"))
        return routes


Scale = Literal["agree", "extent", "done"]


TAKEAWAY = "takeaway"  # what to remember of a module, where one of its facts is meant


class RatingStructure(Strict):
    """A statement to rate, and what agreeing with it means.

    `fact` is what is remarked on a change of it rests on: a fact's id, or "takeaway".
    """

    id: Id
    keyed: Keyed
    fact: Id | None = None


class RecallStructure(Strict):
    """The recall question: its options' letters in the order on the page, and the right one."""

    id: Id
    options: Annotated[Letters, Field(min_length=2, max_length=6)]
    correct: Letter

    @field_validator("correct")
    @classmethod
    def _is_an_option(cls, correct: str, info: ValidationInfo) -> str:
        options = info.data.get("options", (correct,))
        if correct not in options:
            raise fault(f"{correct!r} is not among the options", nearest(correct, options))
        return correct


CHALLENGE = "challenge"  # the prompt that is talked about where there is time for one
AGREEMENT = "agreement"  # the section and the question of the services in the room
PRACTICE = "practice"  # the prompt and the reflection that ask about one's own work


class ModuleStructure(Structure):
    """module.yml; `audiences` are asked about their own work, `cases` are those with a story.

    `folded` are the boxes that only those open who need them, `unfolded` those that stand open on a
    phone too.
    """

    treaty: Annotated[tuple[Words, ...], Field(min_length=1)]
    facts: Annotated[Ids, Field(min_length=1)]
    ratings: Annotated[tuple[RatingStructure, ...], Field(min_length=1)]
    boxes: Ids = ()
    folded: Ids = ()
    unfolded: Ids = ()
    recall: RecallStructure
    prompts: Annotated[Ids, Field(min_length=4, max_length=6)]
    discussion_minutes: Annotated[int, Field(gt=0, le=60)]
    reflections: Annotated[Ids, Field(min_length=2, max_length=3)]
    audiences: tuple[Audience, ...] = ()
    cases: tuple[Audience, ...] = ()

    @property
    def items(self) -> tuple[str, ...]:
        """The ids of all that the module asks."""
        rated = (rating.id for rating in self.ratings)
        return (*rated, *SharedItem.words(), self.recall.id, *self.reflections)

    @model_validator(mode="after")
    def _no_id_twice(self) -> ModuleStructure:
        for ids, what in ((self.prompts, "prompts"), (self.reflections, "reflections")):
            if self.audiences and PRACTICE not in ids:
                message = f"{PRACTICE!r} is not among the {what}"
                raise fault(message, "audiences are asked in its place", place=(what,))
        places = _places(self.ratings, self.reflections)
        _refuse_repeats([*places, (("recall", "id"), self.recall.id)])
        return self

    @model_validator(mode="after")
    def _remarks_rest_on_facts(self) -> ModuleStructure:
        known = (*self.facts, TAKEAWAY)
        for position, rating in enumerate(self.ratings):
            if rating.fact and rating.fact not in known:
                place = ("ratings", position, "fact")
                message = f"no fact is called {rating.fact!r}"
                raise fault(message, nearest(rating.fact, known), place=place)
        return self

    @model_validator(mode="after")
    def _folded_are_boxes(self) -> ModuleStructure:
        for field, names in (("folded", self.folded), ("unfolded", self.unfolded)):
            for position, name in enumerate(names):
                if name not in self.boxes:
                    message = f"no box is called {name!r}"
                    raise fault(message, nearest(name, self.boxes), place=(field, position))
        return self


class PageRating(Strict):
    """A statement on a page, and the scale it is rated on."""

    id: Id
    scale: Scale


class PageStructure(Structure):
    """page.yml; `modules` asks each module's ratings again, `short` names the sections to keep.

    These are what is left of it in a workshop of ten minutes; without the key all are.
    """

    facts: Ids = ()
    sections: Annotated[Ids, Field(min_length=1)]
    ratings: tuple[PageRating, ...] = ()
    reflections: Ids = ()
    modules: bool = False
    short: Ids | None = None

    @property
    def items(self) -> tuple[str, ...]:
        """The ids of all that the page asks by itself."""
        return (*(rating.id for rating in self.ratings), *self.reflections)

    @field_validator("short")
    @classmethod
    def _keeps_what_there_is(
        cls, short: tuple[str, ...] | None, info: ValidationInfo
    ) -> tuple[str, ...] | None:
        known = info.data.get("sections", ())
        for position, name in enumerate(short or ()):
            if known and name not in known:
                raise fault(f"unknown section {name!r}", nearest(name, known), place=(position,))
        return short

    @model_validator(mode="after")
    def _no_id_twice(self) -> PageStructure:
        _refuse_repeats(_places(self.ratings, self.reflections))
        return self


def _places(
    ratings: Iterable[RatingStructure | PageRating], reflections: Iterable[str]
) -> list[tuple[YamlPath, str]]:
    return [
        *((("ratings", position), rating.id) for position, rating in enumerate(ratings)),
        *((("reflections", position), name) for position, name in enumerate(reflections)),
    ]


def _refuse_repeats(ids: Iterable[tuple[YamlPath, str]]) -> None:
    seen = set(SharedItem.words())
    for place, name in ids:
        if name in seen:
            message = f"a second item is called {name!r}"
            raise fault(message, "give every item an id of its own", place=place)
        seen.add(name)
