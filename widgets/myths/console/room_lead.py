"""What a trainer does in one workshop, whatever shows it: acts that are checked, and what to show.

It acts on the store and hears of the store and keeps nothing, so two of them show the same, and a
new one is where the room is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from myths import components, live
from myths.catalog import Catalog
from myths.console import inquiries, wall
from myths.console.led_step import LedStep
from myths.console.offers import Offer, offers, shown
from myths.console.plan import LedPart, here, parts
from myths.console.running_order import guide, running_order
from myths.console.view import view
from myths.console.wish import Wish, WishReader
from myths.errors import StoreError, WorkshopError
from myths.store import LiveState, Store
from myths.vocabulary import InquiryState, Reason, Scene, VoteState

FOLDER = Path(__file__).parent

Change = Callable[[LiveState], LiveState]


class RoomLead:
    """A trainer in one workshop, with the words of one language.

    `notebooks` is the folder of the participants' notebooks: by default the published ones. Raises
    WorkshopError (reason "unknown"), ContentError and StoreError.
    """

    def __init__(
        self, store: Store, code: str, words: Catalog, notebooks: Path | None = None
    ) -> None:
        self._store, self._code, self._notebooks = store, code, notebooks
        self._catalog, self.words = words, words.ui.console
        self._parts = parts(words, store.workshop(code, joinable=False), notebooks)
        self._seen: tuple[object, ...] = ()
        self._kept = ""  # the last writing that was taken into the notes
        self._shown: dict[str, Any] = {}

    def act(self, message: object) -> str:
        """Do what a page asks for; returns a sentence for the trainer if it could not be done."""
        try:
            self._do(Wish.model_validate(message))
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
        workshop, notes = store.workshop(code, joinable=False), store.notes(code)
        self._parts = parts(self._catalog, workshop, self._notebooks)
        part, step = here(self._parts, state)
        asked_now, gathered = store.inquiries(code), wall.texts(store, code, part, step)
        minute = int(now.timestamp() // 60)
        led = (self._parts, state, attendance, workshop)
        seen = (*led, notes, asked_now, gathered, minute, self._kept)
        if self._seen == seen:
            return self._shown
        results = {
            each.id: live.group_change(store, code, state, part.slug, each.id)
            for each in step.questions
            if live.acts.can_reveal(state, part.slug, each.id, asked=part.asked(each.id))
        }
        self._seen = seen
        order = running_order(self._catalog, workshop, self._parts, (part, step), state, now)
        on_projector = state.detail if state.scene == Scene.INQUIRY else ""
        self._shown = {
            **view(self._parts, state, attendance, results),
            "code": code,
            "title": workshop.title,
            "k": workshop.k,
            "order": order,
            "clock": f"{workshop.local(now):%H:%M}",
            "ends": f"{workshop.local(order.ends):%H:%M}" if order.ends else "",
            "guide": guide(self._catalog, part, step, order),
            "screen": self._screen(part, step, state),
            "wall": wall.view(part, step, state, gathered) if state.page else [],
            "inquiries": inquiries.view(asked_now, self._catalog, shown=on_projector),
            "notes": {**asdict(notes), "kept": self._kept},
        }
        return self._shown

    @property
    def mark(self) -> str:
        """Return what tells that what was looked at is other than before."""
        return hashlib.sha256(repr(self._seen).encode()).hexdigest()[:16]

    def markup(self) -> str:
        """Return the console's HTML as it was when `look` was called last."""
        values = {"room": self._shown, "id": f"console-{self._code.lower()}"}
        return components.markup("console", self.words.flat(), folder=FOLDER, **values)

    def _do(self, wish: Wish) -> None:
        """Do what is wished. Raises WorkshopError and StoreError."""
        store, code = self._store, self._code
        reader = WishReader(store, code, self._parts)
        if wish.do == "note":
            store.keep_notes(code, wish.text, base=wish.base)
            self._kept = wish.id
        elif wish.do == "mark_inquiry":
            inquiries.mark(store, code, wish.key, InquiryState(wish.state))
        elif wish.do == "gather":
            live.gather_texts(store, code, reader.written(wish))
        else:
            self._move(reader.change(wish), seen=wish.seen)

    def _move(self, change: Change, *, seen: int) -> None:
        """Move the room; of a vote that this closes one batch is made. Raises as `_do`."""
        before: list[LiveState] = []

        def noted(state: LiveState) -> LiveState:
            before[:] = [state]
            return change(state)

        after = self._store.change_live_state(self._code, noted, seen=seen)
        vote = before[0].vote
        if vote and vote.state == VoteState.OPEN and after.vote != vote:
            live.settle(self._store, self._code, vote)

    def _screen(self, part: LedPart, step: LedStep, state: LiveState) -> dict[str, Any]:
        """Return what the projector shows, what else it can show, and the facts around."""
        found = offers(part, step, state)
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
