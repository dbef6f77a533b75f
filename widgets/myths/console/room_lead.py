"""What a trainer does in one workshop, whatever shows it: acts that are checked, and what to show.

It acts on the store and hears of the store and keeps nothing, so two of them show the same, and a
new one is where the room is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from myths import components, live
from myths.catalog import Catalog
from myths.console.offers import Offer, offers, shown
from myths.console.plan import LedPart, LedStep, here, parts
from myths.console.running_order import guide, running_order
from myths.console.view import BOTH, asked, view
from myths.errors import StoreError, WorkshopError
from myths.store import Attendance, LiveState, Notes, Store
from myths.vocabulary import Reason, Scene, VoteState

FOLDER = Path(__file__).parent


class _Act(BaseModel):
    """What the page sends: an act, what it is about, and the version that was seen."""

    model_config = ConfigDict(extra="forbid", strict=True)

    do: Literal[
        "pace", "go", "open", "close", "reveal", "hide", "curtain", "count", "add", "show", "note"
    ]
    seen: int = 0
    pace: Literal["own", "together", "module"] = "own"
    page: str = Field("", max_length=64)
    step: str = Field("", max_length=64)
    item: str = Field("", max_length=64)
    curtain: Literal["", "look-up", "break"] = ""
    seconds: float = 0
    scene: str = Field("", max_length=16)
    detail: str = Field("", max_length=128)
    text: str = ""
    base: str = ""
    id: str = Field("", max_length=64)


class RoomLead:
    """A trainer in one workshop, with the words of one language.

    Raises WorkshopError (reason "unknown"), ContentError and StoreError.
    """

    def __init__(self, store: Store, code: str, words: Catalog) -> None:
        self._store, self._code = store, code
        self._workshop = store.workshop(code, joinable=False)
        self._catalog, self.words = words, words.ui.console
        self._parts = parts(words, self._workshop)
        self._seen: tuple[LiveState, Attendance, Notes, int] | None = None
        self._kept = ""  # the last writing that was taken into the notes
        self._shown: dict[str, Any] = {}

    def act(self, message: object) -> str:
        """Do what a page asks for; returns a sentence for the trainer if it could not be done."""
        try:
            wish = _Act.model_validate(message)
            if wish.do == "note":
                self._store.keep_notes(self._code, wish.text, base=wish.base)
                self._kept = wish.id
                return ""
            change = self._change(wish)
            state = self._store.change_live_state(self._code, change, seen=wish.seen)
            if wish.do in ("close", "go") and state.vote and state.vote.state == VoteState.CLOSED:
                live.settle(self._store, self._code, state.vote)
        except ValidationError:
            return self.words.unknown
        except WorkshopError as fault:
            told = {
                Reason.STALE: self.words.stale,
                Reason.EARLY: self.words.early,
                Reason.LONG: self.words.notes_long,
            }
            return told.get(fault.reason, self.words.unknown)
        except StoreError:
            return self.words.away
        return ""

    def look(self) -> dict[str, Any]:
        """Read where the room is, who is there, and what it answered. Raises StoreError."""
        store, code = self._store, self._code
        state, now = store.live_state(code), datetime.now(UTC)
        attendance = store.attendance(code, vote=state.vote, page=state.page)
        seen = state, attendance, store.notes(code), int(now.timestamp() // 60)
        if self._seen == seen and self._shown["notes"]["kept"] == self._kept:
            return self._shown
        part, step = here(self._parts, state)
        results = {
            each.id: live.group_change(store, code, state, part.slug, each.id)
            for each in step.questions
            if live.acts.can_reveal(state, part.slug, each.id, asked=asked(each))
        }
        self._seen = seen
        order = running_order(self._catalog, self._workshop, self._parts, (part, step), state, now)
        self._shown = {
            **view(self._parts, state, attendance, results),
            "code": self._code,
            "title": self._workshop.title,
            "order": order,
            "clock": f"{self._workshop.local(now):%H:%M}",
            "ends": f"{self._workshop.local(order.ends):%H:%M}" if order.ends else "",
            "guide": guide(self._catalog, part, order),
            "screen": self._screen(part, step, state),
            "notes": {**asdict(seen[2]), "kept": self._kept},
        }
        return self._shown

    def _screen(self, part: LedPart, step: LedStep, state: LiveState) -> dict[str, Any]:
        """Return what the projector shows, what else it can show, and the facts around."""
        found = offers(self._catalog, part, step, state)
        scene = shown(state)
        now = next(
            (each for each in found if (each.scene, each.detail) == (state.scene, state.detail)),
            Offer(scene),
        )
        facts = [each for each in found if each.scene == Scene.FACT]
        at = now.number if now.scene == Scene.FACT else 0
        return {
            "scene": scene,
            "now": now,
            "offers": [each for each in found if each != now and (each.scene != Scene.FACT)],
            "fact_before": facts[at - 2] if at > 1 else None,
            "fact_next": facts[at] if at < len(facts) else None,
        }

    @property
    def mark(self) -> str:
        """Return what tells that what was looked at is other than before."""
        state, there, notes, minute = self._seen or (LiveState(), Attendance(0, 0, 0), Notes(), 0)
        steps = ".".join(f"{name}{people}" for name, people in sorted(there.steps.items()))
        counts = f"{there.joined}-{there.connected}-{there.answered}-{there.elsewhere}-{steps}"
        return f"{state.version}-{counts}-{notes.version}-{minute}"

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
            case "add":
                return partial(live.acts.add_time, seconds=wish.seconds)
            case "show":
                return partial(self._show, scene=wish.scene, detail=wish.detail)
            case "close":
                return live.acts.close
        if part is None or step is None:
            raise WorkshopError("This workshop has no such part.", reason=Reason.UNFIT)
        if wish.do == "go":
            return partial(live.acts.go, page=part.slug, step=step.slug)
        if wish.do == "open":
            names = [each.id for each in step.items]
            beside = [each.id for each in step.beside]
            return partial(
                live.acts.open_vote,
                page=part.slug,
                phase=step.phase,
                items=names,
                beside=beside,
            )
        if wish.do == "hide":
            return partial(live.acts.hide, page=part.slug, item=wish.item)
        item = next((each for each in step.questions if each.id == wish.item), None)
        phases = asked(item) if item else BOTH
        return partial(live.acts.reveal, page=part.slug, item=wish.item, asked=phases)

    def _show(self, state: LiveState, *, scene: str, detail: str) -> LiveState:
        """Show what can be shown where the room is. Raises WorkshopError ("unfit", "early")."""
        part, step = here(self._parts, state)
        found = [(each.scene, each.detail) for each in offers(self._catalog, part, step, state)]
        facts = [each.facts for each in part.steps if detail in each.facts]
        if (scene, detail) not in found and not (scene == Scene.FACT and facts):
            raise WorkshopError("That cannot be shown at this step.", reason=Reason.UNFIT)
        return live.acts.show(state, scene, detail)
