"""Who a page is for: finds their earlier answers and saves new ones, or keeps none in a preview.

A page may be prepared before its visitor is known; when they come, `arrive` fills it in.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

from myths.catalog import Item
from myths.components import Question
from myths.errors import AnswerError, StoreError, WorkshopError
from myths.store import Answer, AskedQuestion, Store, open_store

VISITOR = "MYTHS_VISITOR"  # set by the server: arguments of Visit as JSON, at first without a name

log = logging.getLogger(__name__)

_prepared: list[Session] = []
_opened: list[Store] = []  # before the visitor came


class Session:
    """A participant at a page; without a participant a preview, as in JupyterLab.

    `key` (hexadecimal) opens the participant's texts for "only me".
    """

    def __init__(
        self,
        *,
        language: str = "en",
        country: str = "eu",
        participant: str = "",
        key: str = "",
        store: Store | None = None,
    ) -> None:
        self.language = language
        self.country = country
        self._participant = ""
        self._store: Store | None = None
        self._latest: dict[tuple[str, str, str], Answer] = {}
        self._shown: list[tuple[Question, Item, str]] = []
        self._watchers: list[Callable[[], None]] = []
        if participant and store:
            self._meet(participant, store, key)

    @classmethod
    def now(cls) -> Session:
        """Take the visitor from the server that started this kernel; else a preview."""
        told = _told()
        if "participant" in told:
            return cls(**told, store=open_store())
        visit = cls(**told)
        if told:
            _prepared.append(visit)
        return visit

    def _meet(self, participant: str, store: Store, key: str) -> None:
        self._participant, self._store = participant, store
        self._latest = store.latest(participant, key=bytes.fromhex(key) or None)
        for question, item, phase in self._shown:
            question.show(given=self._known(item, phase), owner=self.owner)
        self._tell()

    @property
    def owner(self) -> str:
        """A mark of the participant that does not tell who it is; empty in a preview."""
        return hashlib.sha256(self._participant.encode()).hexdigest()[:12] if self._store else ""

    def given(self, module: str, item: str, phase: str) -> Answer | None:
        """Return the latest answer, None without one."""
        return self._latest.get((module, item, phase))

    def answered(self, module: str) -> bool:
        """Return whether anything of a module or page has an answer."""
        return any(where == module for where, _, _ in self._latest)

    def question(self, item: Item, phase: str) -> dict[str, Any]:
        """Return what a question component needs to know its answer and to save a new one."""
        return {
            "item": f"{item.module}.{item.id}.{phase}",
            "owner": self.owner,
            "given": self._known(item, phase),
            "save": lambda answer: self._save(item, phase, answer),
        }

    def follow(self, question: Question, item: Item, phase: str) -> None:
        """Show in `question` what the visitor answered before, should they come later."""
        self._shown.append((question, item, phase))

    def watch(self, callback: Callable[[], None]) -> None:
        """Call `callback` after each answer, so that what sums up answers follows them."""
        self._watchers.append(callback)

    def _tell(self) -> None:
        for callback in self._watchers:
            callback()

    def _save(self, item: Item, phase: str, answer: Mapping[str, Any]) -> dict[str, str]:
        given = Answer(**answer)
        if self._store:
            try:
                self._store.save(self._participant, asked(item, phase), given)
            except WorkshopError as ended:
                raise AnswerError(str(ended)) from ended
        if given.empty:
            self._latest.pop((item.module, item.id, phase), None)
        else:
            self._latest[item.module, item.id, phase] = given
        self._tell()
        return {"state": "saved" if self._store else "preview"}

    def _known(self, item: Item, phase: str) -> dict[str, Any] | None:
        given = self.given(item.module, item.id, phase)
        if given is None:
            return None
        return {
            "value": given.value,
            "text": given.text,
            "declined": given.declined,
            "reader": given.reader,
        }


def expect() -> None:
    """Do once, before the visitor comes, what each visitor's kernel would do with the store."""
    if not _prepared:
        return
    try:
        store = open_store()
        store.latest("")
        for _, item, phase in _prepared[0]._shown[:1]:
            store.warm_up(asked(item, phase))
        _opened.append(store)
    except StoreError as fault:
        log.warning("the store is opened at each visit: %s", fault)


def arrive() -> None:
    """Fill in what was prepared, now that the server says who is here."""
    told = _told()
    store = _opened[0] if _opened else open_store()
    for visit in _prepared:
        visit._meet(told["participant"], store, told.get("key", ""))


def _told() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(os.environ.get(VISITOR, "{}"))
    if told:
        logging.basicConfig(stream=sys.__stderr__)  # the server's log; sys.stderr is the page's
        logging.getLogger("Comm").setLevel(logging.ERROR)  # ipykernel looks before one is opened
    return told


def asked(item: Item, phase: str) -> AskedQuestion:
    """Say to the store what was asked: the item with its words, in one phase."""
    return AskedQuestion(
        module=item.module,
        item=item.id,
        phase=phase,
        kind=item.kind,
        language=item.language,
        wording=item.wording,
        words={
            "question": item.question,
            "options": {str(option.value): option.label for option in item.options},
            "keyed": item.keyed,
            "correct": item.correct,
            "ends": item.ends,
        },
    )
