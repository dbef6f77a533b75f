"""What module.yml and page.yml may say, as models."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from myths.catalog.problems import nearest
from myths.catalog.tree import YamlPath
from myths.catalog.words import Id, Ids, Letter, Letters, Slug, Words, fault
from myths.vocabulary import Audience, Keyed, SharedItem, Step


class Strict(BaseModel):
    """Frozen, and refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Structure(Strict):
    """What module.yml and page.yml share: a name, which is the folder's."""

    slug: Slug


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


Numbers = Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(min_length=1)]


class GuideStructure(Strict):
    """At which step of the page the console shows which paragraphs and entries of the guide.

    They are counted from 1 in their section. One that no step has is shown at each.
    """

    say: dict[Step, Numbers] = Field(default_factory=dict)
    objections: dict[Step, Numbers] = Field(default_factory=dict)


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
    guide: GuideStructure = GuideStructure()

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
