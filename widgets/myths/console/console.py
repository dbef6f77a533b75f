"""The trainer's console: where the room is, and what the trainer does with it.

It acts on the store and hears of the store, so it works in JupyterLab as on the staff pages, on two
devices at once, and after a crash it is where it was: it keeps nothing of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from os import PathLike
from typing import Any, Literal

import traitlets
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from myths import catalog, live
from myths.components import Component
from myths.console.plan import parts
from myths.console.view import BOTH, asked, view
from myths.errors import StoreError, WorkshopError
from myths.store import Attendance, LiveState, Store, opened
from myths.vocabulary import Reason, VoteState

_PAUSE = 1.0  # seconds between two looks at the store


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


class Console(Component, component="console"):
    """The console of one workshop; `code` and `db` as in `lead`."""

    spoken = ()
    said = frozenset()

    room = traitlets.Dict().tag(markup=True)
    told = traitlets.Unicode().tag(sync=True)

    def __init__(self, code: str = "", *, db: str | PathLike[str] | None = None) -> None:
        self._store = opened(db)
        self._code = code or _newest(self._store)
        self._workshop = self._store.workshop(self._code, joinable=False)
        self._catalog = catalog.load(language=self._workshop.language)
        self._parts = parts(self._catalog, self._workshop)
        self._seen: tuple[LiveState, Attendance] | None = None
        super().__init__(words=self._catalog.ui.console, room=self._look())
        self.on_msg(lambda _widget, message, _buffers: self._heard(message))
        with suppress(RuntimeError):  # nothing runs that could wait
            self._watching = asyncio.get_running_loop().create_task(self._watch())

    def act(self, message: object) -> str:
        """Do what the page asks for; returns a sentence for the trainer if it could not be done."""
        words = self._catalog.ui.console
        try:
            wish = _Act.model_validate(message)
            change = self._change(wish)
            state = self._store.change_live_state(self._code, change, seen=wish.seen)
            if wish.do in ("close", "go") and state.vote and state.vote.state == VoteState.CLOSED:
                live.settle(self._store, self._code, state.vote)
            said = ""
        except ValidationError:
            said = words.unknown
        except WorkshopError as fault:
            said = {Reason.STALE: words.stale, Reason.EARLY: words.early}.get(
                fault.reason, words.unknown
            )
        except StoreError:
            said = words.away
        self.refresh()
        return said

    def refresh(self) -> None:
        """Look at the store, and show what has changed. A store that is away changes nothing."""
        with suppress(StoreError):
            self.room = self._look()

    def _heard(self, message: object) -> None:
        self.told = self.act(message)

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

    def _look(self) -> dict[str, Any]:
        """Read where the room is, who is there, and what it answered. Raises StoreError."""
        store, code = self._store, self._code
        state = store.live_state(code)
        attendance = store.attendance(code, vote=state.vote)
        if self._seen == (state, attendance):
            return self.room
        here = next((each for each in self._parts if each.slug == state.page), self._parts[0])
        results = {
            each.id: live.group_change(store, code, state, here.slug, each.id)
            for each in here.step(state.step).items
            if live.acts.can_reveal(state, here.slug, each.id, asked=asked(each))
        }
        self._seen = state, attendance
        shown = view(self._parts, state, attendance, results)
        return {**shown, "code": self._code, "title": self._workshop.title}

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_PAUSE)
            self.refresh()


def lead(code: str = "", *, db: str | PathLike[str] | None = None) -> Console:
    """Show the console of a workshop: where the room is, who has answered, what comes next.

    Two consoles of one workshop show the same, and one that is opened anew is where the room is.

    Parameters
    ----------
    code : str, optional
        The workshop's code. By default it is the newest workshop that people can join.
    db : str or path, optional
        The store's address or its SQLite file, as for ``myths serve --db``. By default it is the
        one in ``MYTHS_DB``, else ``data/workshop.sqlite``.

    Returns
    -------
    Console
        A widget, which a notebook shows when the call is the last line of a cell.

    Raises
    ------
    WorkshopError
        If there is no such workshop, or none that people can join.
    StoreError
        If the store cannot be opened.

    Examples
    --------
    >>> import myths
    >>> console = myths.lead("TRIAL1", db=myths.rehearsal_data())
    >>> [part["title"] for part in console.room["parts"]][:2]
    ['Start', 'Risk']
    """
    return Console(code, db=db)


def _newest(store: Store) -> str:
    """Find the newest workshop that people can join. Raises WorkshopError (reason "unknown")."""
    for workshop in reversed(store.workshops()):
        if workshop.state == "open":
            return workshop.code
    raise WorkshopError(
        "There is no workshop that people can join: open one on the staff pages.",
        reason=Reason.UNKNOWN,
        code="",
    )
