"""What a trainer does in one workshop, whatever shows it: acts that are checked, and what to show.

It acts on the store and hears of the store and keeps nothing, so two of them show the same, and a
new one is where the room is.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from myths import components, live
from myths.catalog import Catalog, Html
from myths.console import inquiries, wall
from myths.console.plan import LedPart, here, parts
from myths.console.view import BOTH, asked, view
from myths.errors import StoreError, WorkshopError
from myths.live import GroupText, QuestionKey
from myths.store import Attendance, Inquiry, LiveState, Store
from myths.vocabulary import InquiryState, Reason, Scene, VoteState

FOLDER = Path(__file__).parent


class _Act(BaseModel):
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
    curtain: Literal["", "look-up", "break"] = ""
    seconds: float = 0
    inquiry: str = Field("", max_length=36)
    text: str = Field("", max_length=36)
    state: Literal["new", "later", "answered"] = "new"


class RoomLead:
    """A trainer in one workshop, with the words of one language.

    Raises WorkshopError (reason "unknown"), ContentError and StoreError.
    """

    def __init__(self, store: Store, code: str, words: Catalog) -> None:
        self._store, self._code = store, code
        self._workshop = store.workshop(code, joinable=False)
        self._catalog, self.words = words, words.ui.console
        self._parts = parts(words, self._workshop)
        self._seen: tuple[LiveState, Attendance] | None = None
        self._asked: list[Inquiry] = []
        self._gathered: dict[str, list[GroupText]] = {}
        self._shown: dict[str, Any] = {}

    def act(self, message: object) -> str:
        """Do what a page asks for; returns a sentence for the trainer if it could not be done."""
        try:
            wish = _Act.model_validate(message)
            if wish.do == "mark_inquiry":
                inquiries.mark(self._store, self._code, wish.inquiry, InquiryState(wish.state))
                return ""
            if wish.do == "gather":
                self._gather(wish)
                return ""
            change = self._change(wish)
            state = self._store.change_live_state(self._code, change, seen=wish.seen)
            if wish.do in ("close", "go") and state.vote and state.vote.state == VoteState.CLOSED:
                live.settle(self._store, self._code, state.vote)
        except ValidationError:
            return self.words.unknown
        except WorkshopError as fault:
            told = {Reason.STALE: self.words.stale, Reason.EARLY: self.words.early}
            return told.get(fault.reason, self.words.unknown)
        except StoreError:
            return self.words.away
        return ""

    def look(self) -> dict[str, Any]:
        """Read where the room is, who is there, and what it answered. Raises StoreError."""
        store, code = self._store, self._code
        state = store.live_state(code)
        attendance = store.attendance(code, vote=state.vote)
        self._workshop = store.workshop(code, joinable=False)
        self._parts = parts(self._catalog, self._workshop)
        part, step = here(self._parts, state)
        asked_now, gathered = store.inquiries(code), wall.texts(store, code, part, step)
        written = asked_now, gathered
        if (self._seen, self._asked, self._gathered) == ((state, attendance), *written):
            return self._shown
        results = {
            each.id: live.group_change(store, code, state, part.slug, each.id)
            for each in step.items
            if live.acts.can_reveal(state, part.slug, each.id, asked=asked(each))
        }
        self._seen = state, attendance
        self._asked, self._gathered = written
        shown = view(self._parts, state, attendance, results)
        shown |= {"guide": self._guide(part), "k": self._workshop.k}
        shown["wall"] = wall.view(part, step, state, gathered) if state.page else []
        on_projector = state.detail if state.scene == Scene.INQUIRY else ""
        shown["inquiries"] = inquiries.view(asked_now, self._catalog, shown=on_projector)
        self._shown = {**shown, "code": self._code, "title": self._workshop.title}
        return self._shown

    def _guide(self, part: LedPart) -> Html | None:
        """Return the trainer's guide to a part, if it has one. Raises ContentError."""
        is_module = part.slug in self._catalog.series.modules
        return self._catalog.guide(part.slug) if is_module else None

    @property
    def mark(self) -> str:
        """Return what tells that what was looked at is other than before."""
        state, there = self._seen or (LiveState(), Attendance(0, 0, 0))
        written = f"{inquiries.digest(self._asked)}-{wall.digest(self._gathered)}"
        return f"{state.version}-{there.joined}-{there.connected}-{there.answered}-{written}"

    def markup(self) -> str:
        """Return the console's HTML as it was when `look` was called last."""
        values = {"room": self._shown, "id": f"console-{self._code.lower()}"}
        return components.markup("console", self.words.flat(), folder=FOLDER, **values)

    def _change(self, wish: _Act) -> Callable[[LiveState], LiveState]:
        """Return what an act makes of the state. Raises WorkshopError (reason "unfit")."""
        part = next((each for each in self._parts if each.slug == wish.page), None)
        step = part.step(wish.step) if part else None
        match wish.do:
            case "pace":
                return partial(live.acts.set_pace, pace=wish.pace)
            case "curtain":
                return partial(live.acts.draw_curtain, curtain=wish.curtain)
            case "count":
                return partial(live.acts.count_down, seconds=wish.seconds)
            case "close":
                return live.acts.close
            case "show_inquiry":
                return self._show_inquiry(wish.inquiry)
            case "approve" | "take_off" | "show_wall":
                return self._change_wall(wish)
        if part is None or step is None:
            raise WorkshopError("This workshop has no such part.", reason=Reason.UNFIT)
        if wish.do == "go":
            return partial(live.acts.go, page=part.slug, step=step.slug)
        if wish.do == "open":
            names = [each.id for each in step.items]
            return partial(live.acts.open_vote, page=part.slug, phase=step.phase, items=names)
        if wish.do == "hide":
            return partial(live.acts.hide, page=part.slug, item=wish.item)
        item = next((each for each in step.items if each.id == wish.item), None)
        phases = asked(item) if item else BOTH
        return partial(live.acts.reveal, page=part.slug, item=wish.item, asked=phases)

    def _show_inquiry(self, key: str) -> Callable[[LiveState], LiveState]:
        """Return what shows a question on the projector; without a key, what shows the step again.

        Raises WorkshopError (reason "unfit") for one that is not there any more.
        """
        if not key:
            return partial(live.acts.show, scene=Scene.STEP)
        if key not in {each.key for each in self._store.inquiries(self._code)}:
            raise WorkshopError("This question was taken back.", reason=Reason.UNFIT)
        return partial(live.acts.show, scene=Scene.INQUIRY, detail=key)

    def _gather(self, wish: _Act) -> None:
        """Make a batch of texts. Raises WorkshopError (reason "unfit") for no such question."""
        live.gather_texts(self._store, self._code, self._written(wish))

    def _change_wall(self, wish: _Act) -> Callable[[LiveState], LiveState]:
        """Return what approves a text, takes it off, or shows the wall of a question.

        Raises WorkshopError (reason "unfit", or "early" for a text that nobody may see).
        """
        if wish.do == "take_off":
            return partial(live.acts.take_off, key=wish.text)
        if wish.do == "show_wall" and not wish.item:
            return partial(live.acts.show, scene=Scene.STEP)
        question = self._written(wish)
        if wish.do == "show_wall":
            detail = f"{question.module}/{question.item}"
            return partial(live.acts.show, scene=Scene.WALL, detail=detail)
        batches = live.group_texts(self._store, self._code, question)
        standing = [each.key for batch in batches for each in batch]
        return partial(live.acts.approve, key=wish.text, standing=standing)

    def _written(self, wish: _Act) -> QuestionKey:
        """Return the question of an act. Raises WorkshopError (reason "unfit") for none of ours."""
        part = next((each for each in self._parts if each.slug == wish.page), None)
        items = [item.id for step in (part.steps if part else ()) for item in step.texts]
        if wish.item not in items:
            raise WorkshopError("Nobody is asked this in writing.", reason=Reason.UNFIT)
        return wall.place(wish.page, wish.item)
