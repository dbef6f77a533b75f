"""The trainer's console as a widget, for JupyterLab."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from os import PathLike

import traitlets

from myths import catalog
from myths.components import Component
from myths.console.room_lead import RoomLead
from myths.edition import published_content
from myths.errors import StoreError, WorkshopError
from myths.store import Store, opened
from myths.vocabulary import Reason

_PAUSE = 1.0  # seconds between two looks at the store


class Console(Component, component="console"):
    """The console of one workshop; `code` and `db` as in `lead`."""

    spoken = ()
    said = frozenset()

    room = traitlets.Dict().tag(markup=True)
    told = traitlets.Unicode().tag(sync=True)

    def __init__(self, code: str = "", *, db: str | PathLike[str] | None = None) -> None:
        store = opened(db)
        code = code or _newest(store)
        language = store.workshop(code, joinable=False).language
        self._lead = RoomLead(store, code, catalog.load(published_content(), language=language))
        self._clicked: dict[int, int] = {}  # by the version before one's own click, that after it
        super().__init__(words=self._lead.words, room=self._lead.look())
        self.on_msg(lambda _widget, message, _buffers: self._heard(message))
        with suppress(RuntimeError):  # nothing runs that could wait
            self._watching = asyncio.get_running_loop().create_task(self._watch())

    def act(self, message: object) -> str:
        """Do what the page asks for; returns a sentence for the trainer if it could not be done."""
        said = self._lead.act(message)
        self.refresh()
        return said

    def refresh(self) -> None:
        """Look at the store, and show what has changed. A store that is away changes nothing."""
        with suppress(StoreError):
            self.room = self._lead.look()

    def _heard(self, message: object) -> None:
        """Do a click; one that came before the page had the answer to another follows on that."""
        seen = message.get("seen") if isinstance(message, dict) else None
        if not isinstance(message, dict) or not isinstance(seen, int):
            self.told = self.act(message)
            return
        while seen in self._clicked:
            seen = self._clicked[seen]
        self.told = self.act({**message, "seen": seen})
        if not self.told and self.room["version"] > seen:
            self._clicked[seen] = self.room["version"]

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
