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
from myths.console.plan import LedPart, here, parts
from myths.console.view import BOTH, asked, view
from myths.errors import StoreError, WorkshopError
from myths.store import Attendance, LiveState, Store
from myths.vocabulary import Reason, VoteState

FOLDER = Path(__file__).parent


class _Act(BaseModel):
    """What the page sends: an act, what it is about, and the version that was seen."""

    model_config = ConfigDict(extra="forbid", strict=True)

    do: Literal["pace", "go", "open", "close", "reveal", "hide", "curtain", "count"]
    seen: int = 0
    pace: Literal["own", "together", "module"] = "own"
    page: str = Field("", max_length=64)
    step: str = Field("", max_length=64)
    item: str = Field("", max_length=64)
    curtain: Literal["", "look-up", "break"] = ""
    seconds: float = 0


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
        self._shown: dict[str, Any] = {}

    def act(self, message: object) -> str:
        """Do what a page asks for; returns a sentence for the trainer if it could not be done."""
        try:
            wish = _Act.model_validate(message)
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
        if self._seen == (state, attendance):
            return self._shown
        self._workshop = store.workshop(code, joinable=False)
        self._parts = parts(self._catalog, self._workshop)
        part, step = here(self._parts, state)
        results = {
            each.id: live.group_change(store, code, state, part.slug, each.id)
            for each in step.items
            if live.acts.can_reveal(state, part.slug, each.id, asked=asked(each))
        }
        self._seen = state, attendance
        shown = view(self._parts, state, attendance, results)
        shown |= {"guide": self._guide(part), "k": self._workshop.k}
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
        return f"{state.version}-{there.joined}-{there.connected}-{there.answered}"

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
