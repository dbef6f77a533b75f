"""What a page of the console asks for, checked, and what it makes of where the room is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from myths import live
from myths.console import wall
from myths.console.led_step import LedStep
from myths.console.offers import offers
from myths.console.plan import LedPart, here, ids
from myths.errors import WorkshopError
from myths.live import QuestionKey
from myths.store import LiveState, Store
from myths.vocabulary import Reason, Scene

_KEY = 36  # letters of what names a text or a question from the room


class Wish(BaseModel):
    """What the page sends: an act, what it is about, and the version that was seen."""

    model_config = ConfigDict(extra="forbid", strict=True)

    do: Literal[
        "pace",
        "go",
        "open",
        "close",
        "reveal",
        "hide",
        "curtain",
        "count",
        "add",
        "show",
        "note",
        "mark_inquiry",
        "show_inquiry",
        "gather",
        "approve",
        "take_off",
        "show_wall",
    ]
    seen: int = 0
    pace: Literal["own", "together", "module"] = "own"
    page: str = Field("", max_length=64)
    step: str = Field("", max_length=64)
    item: str = Field("", max_length=64)
    phase: Literal["", "before", "after"] = ""
    curtain: Literal["", "look-up", "break"] = ""
    seconds: float = 0
    scene: str = Field("", max_length=16)
    detail: str = Field("", max_length=128)
    key: str = Field("", max_length=_KEY)
    state: Literal["new", "later", "answered"] = "new"
    text: str = ""
    base: str = ""
    id: str = Field("", max_length=64)


@dataclass(frozen=True)
class WishReader:
    """Reads wishes about a workshop with these parts."""

    store: Store
    code: str
    parts: Sequence[LedPart]

    def change(self, wish: Wish) -> Callable[[LiveState], LiveState]:
        """Return what a wish makes of the state.

        Raises WorkshopError (reason "unfit", or "early" for a text that nobody may see).
        """
        match wish.do:
            case "pace":
                return partial(live.acts.set_pace, pace=wish.pace)
            case "curtain":
                return partial(live.acts.draw_curtain, curtain=wish.curtain)
            case "count":
                return partial(live.acts.count_down, seconds=wish.seconds)
            case "add":
                return partial(live.acts.add_time, seconds=wish.seconds)
            case "close":
                return live.acts.close
            case "show":
                return partial(self._show, scene=wish.scene, detail=wish.detail)
            case "show_inquiry":
                return self._show_inquiry(wish.key)
            case "show_wall":
                return self._show_wall(wish)
            case "take_off":
                return partial(live.acts.take_off, key=wish.key)
            case "approve":
                return self._approve(wish)
        return self._change_place(wish)

    def written(self, wish: Wish) -> QuestionKey:
        """Return the question of a wish. Raises WorkshopError (reason "unfit") for none of ours."""
        part = next((each for each in self.parts if each.slug == wish.page), None)
        items = [item.id for step in (part.steps if part else ()) for item in step.texts]
        if wish.item not in items:
            raise WorkshopError("Nobody is asked this in writing.", reason=Reason.UNFIT)
        return wall.place(wish.page, wish.item)

    def _change_place(self, wish: Wish) -> Callable[[LiveState], LiveState]:
        """Return what goes to a step, or opens, shows or hides a question of it.

        Raises WorkshopError (reason "unfit") for what is not there.
        """
        part = next((each for each in self.parts if each.slug == wish.page), None)
        if part is None:
            raise WorkshopError("This workshop has no such part.", reason=Reason.UNFIT)
        step = part.step(wish.step)
        if wish.do == "go":
            return partial(live.acts.go, page=part.slug, step=step.slug)
        if wish.do == "open":
            return _open(part, step, wish)
        if wish.do == "hide":
            return partial(live.acts.hide, page=part.slug, item=wish.item)
        if part.item(wish.item) is None:
            raise WorkshopError("Nobody votes on this question.", reason=Reason.UNFIT)
        asked = part.asked(wish.item)
        return partial(live.acts.reveal, page=part.slug, item=wish.item, asked=asked)

    def _show(self, state: LiveState, *, scene: str, detail: str) -> LiveState:
        """Show what can be shown where the room is. Raises WorkshopError ("unfit", "early")."""
        part, step = here(self.parts, state)
        found = [(each.scene, each.detail) for each in offers(part, step, state)]
        facts = [each.facts for each in part.steps if detail in each.facts]
        if (scene, detail) not in found and not (scene == Scene.FACT and facts):
            raise WorkshopError("That cannot be shown at this step.", reason=Reason.UNFIT)
        return live.acts.show(state, scene, detail)

    def _show_inquiry(self, key: str) -> Callable[[LiveState], LiveState]:
        """Return what shows a question on the projector; without a key, what shows the step again.

        Raises WorkshopError (reason "unfit") for one that is not there any more.
        """
        if not key:
            return partial(live.acts.show, scene=Scene.STEP)
        if key not in {each.key for each in self.store.inquiries(self.code)}:
            raise WorkshopError("This question was taken back.", reason=Reason.UNFIT)
        return partial(live.acts.show, scene=Scene.INQUIRY, detail=key)

    def _show_wall(self, wish: Wish) -> Callable[[LiveState], LiveState]:
        """Return what shows the wall of a question; without one, what shows the step again."""
        if not wish.item:
            return partial(live.acts.show, scene=Scene.STEP)
        question = self.written(wish)
        detail = f"{question.module}/{question.item}"
        return partial(live.acts.show, scene=Scene.WALL, detail=detail)

    def _approve(self, wish: Wish) -> Callable[[LiveState], LiveState]:
        """Return what lets a text be seen. Raises WorkshopError ("early" for one not gathered)."""
        batches = live.group_texts(self.store, self.code, self.written(wish))
        standing = [each.key for batch in batches for each in batch]
        return partial(live.acts.approve, key=wish.key, standing=standing)


def _open(part: LedPart, step: LedStep, wish: Wish) -> Callable[[LiveState], LiveState]:
    """Return what opens a vote of a step; one of the trainer's own by its item and phase.

    Raises WorkshopError (reason "unfit") for a vote that the step does not have.
    """
    for vote in step.votes:
        named = (vote.items[0].id, vote.phase) if vote.own else ("", "")
        if named == (wish.item, wish.phase):
            return partial(
                live.acts.open_vote,
                page=part.slug,
                phase=vote.phase,
                items=ids(vote.items),
                beside=ids(vote.beside),
            )
    raise WorkshopError("There is no such question on this step.", reason=Reason.UNFIT)
