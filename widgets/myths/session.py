"""Who a page is for: finds their earlier answers and saves new ones, or keeps none in a preview.

A page may be run before its participant is known: then its sessions wait until they come.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from myths import fault_log
from myths.answer import Answer, NewerAnswerError, StandingAnswer
from myths.catalog import Catalog, Item, load
from myths.components import Question
from myths.errors import AnswerError, StoreError, WorkshopError
from myths.occasion import Occasion
from myths.session_request import SessionRequest
from myths.store import AskedQuestion, Store, open_store
from myths.vocabulary import WRITTEN, ReceiptState

log = logging.getLogger(__name__)


class SessionStore(Protocol):
    """What a session needs of the store."""

    def save(self, participant: str, asked: AskedQuestion, answer: Answer) -> object:
        """Save an answer, as `Store.save` does."""

    def standing_answers(
        self, participant: str, *, key: bytes | None = None
    ) -> Sequence[StandingAnswer]:
        """Return what somebody said, as it stands."""


class Session:
    """A participant at a page; without a participant a preview, as in JupyterLab.

    `key` (hexadecimal) opens the participant's texts for "only me".
    """

    def __init__(
        self,
        *,
        occasion: Occasion = Occasion(),
        participant: str = "",
        key: str = "",
        store: Store | None = None,
    ) -> None:
        self.occasion = occasion
        self._participant = ""
        self._store: SessionStore | None = None
        self._key: bytes | None = None
        self._latest: dict[_Place, Answer] = {}
        self._shown: list[tuple[Question, Item, str]] = []
        self._watchers: list[Callable[[], None]] = []
        self._starters: list[Callable[[], None]] = []
        self._waits = False
        if participant and store:
            self.begin(participant, store, key)

    @classmethod
    def now(cls) -> Session:
        """Return the session of the page that this process runs; without a server a preview."""
        request = SessionRequest.received()
        if request is None:
            return cls()
        session = cls(occasion=request.occasion)
        if not request.db:
            return session
        _log_to_the_server()
        if request.participant:
            session.begin(request.participant, open_store(request.db), request.key)
        elif waiting := _waiting.get():
            session._waits = True
            waiting.sessions.append(session)
        return session

    @property
    def is_preview(self) -> bool:
        """Whether no server runs this page for people, as in JupyterLab."""
        request = SessionRequest.received()
        return request is None or not request.db

    def questions(self) -> Iterator[tuple[Question, AskedQuestion]]:
        """Yield each question that is shown with what is asked."""
        for question, item, phase in self._shown:
            yield question, asked(item, phase)

    def begin(self, participant: str, store: SessionStore, key: str) -> None:
        """Fill in a page whose participant has come."""
        self._participant, self._store = participant, store
        self._key = bytes.fromhex(key) or None
        self._read()
        for question, item, phase in self._shown:
            question.show(known=self.answer(item, phase), owner=self.owner)
        self._waits = False
        for callback in self._starters:
            callback()
        self._tell()

    def _read(self) -> None:
        """Read what the participant said, as it stands in the store."""
        found = (
            self._store.standing_answers(self._participant, key=self._key) if self._store else []
        )
        self._latest = _latest(found, self._words)

    def warm_up(self, store: Store) -> None:
        """Do once with the store what each participant's kernel would do."""
        store.answer_versions("")
        for _, item, phase in self._shown[:1]:
            store.warm_up(asked(item, phase))

    @property
    def owner(self) -> str:
        """A mark of the participant that does not tell who it is; empty in a preview."""
        return hashlib.sha256(self._participant.encode()).hexdigest()[:12] if self._store else ""

    def answer(self, item: Item, phase: str) -> Answer | None:
        """Return the current answer to these words, None without one."""
        return self._latest.get(self._place(item, phase))

    @cached_property
    def _words(self) -> Catalog:
        return load(language=self.occasion.language)

    def _place(self, item: Item, phase: str) -> _Place:
        return _place(item.module, item.id, phase, item.kind, item.wording, self._words)

    def answered(self, module: str) -> bool:
        """Return whether anything of a module or page has an answer."""
        return any(where == module for where, *_ in self._latest)

    def question(self, item: Item, phase: str) -> dict[str, Any]:
        """Return what a question component needs to know its answer and to save a new one."""
        return {
            "item": f"{item.module}.{item.id}.{phase}",
            "owner": self.owner,
            "wording": item.wording,
            "known": self.answer(item, phase),
            "save": lambda answer: self._save(item, phase, answer),
        }

    def bind(self, question: Question, item: Item, phase: str) -> None:
        """Show in `question` what the visitor answered before, should they come later."""
        self._shown.append((question, item, phase))

    @property
    def preview(self) -> bool:
        """Return whether the page is for nobody, as in JupyterLab."""
        return self._store is None and not self._waits

    def on_begin(self, callback: Callable[[], None]) -> None:
        """Call `callback` once it is known for whom the page is, or that it is a preview.

        What a page shows of somebody's answers alone belongs there, and what it shows only to those
        who gave some: before that, a page is the same for everybody.
        """
        self._starters.append(callback)
        if not self._waits:
            callback()

    def on_change(self, callback: Callable[[], None]) -> None:
        """Call `callback` after each answer, so that what sums up answers follows them."""
        self._watchers.append(callback)

    def _tell(self) -> None:
        for callback in self._watchers:
            callback()

    def _save(self, item: Item, phase: str, answer: Answer) -> ReceiptState:
        if self._store:
            try:
                self._store.save(self._participant, asked(item, phase), answer)
            except WorkshopError as ended:
                raise AnswerError(str(ended), reason=ended.reason) from ended
            except NewerAnswerError as other:
                self._read()
                self._tell()
                raise NewerAnswerError(self.answer(item, phase)) from other
        place = self._place(item, phase)
        self._latest = {at: known for at, known in self._latest.items() if at[:3] != place[:3]}
        if not answer.empty:
            self._latest[place] = answer
        self._tell()
        return ReceiptState.SAVED if self._store else ReceiptState.PREVIEW


@dataclass
class WaitingSessions:
    """The sessions of a page that was run before its participant came."""

    sessions: list[Session] = field(default_factory=list)
    store: Store | None = None

    def open_store(self) -> None:
        """Open the store before the participant comes, if that can be done now."""
        request = SessionRequest.received()
        if not self.sessions or request is None:
            return
        try:
            store = open_store(request.db)
            self.sessions[0].warm_up(store)
            self.store = store
        except StoreError as fault:
            log.warning("the store is opened at each visit: %s", fault)

    def questions(self) -> Iterator[tuple[Question, AskedQuestion]]:
        """Yield each question of the page with what is asked."""
        for session in self.sessions:
            yield from session.questions()

    def begin(self, store: SessionStore | None = None) -> None:
        """Fill the page in, now that the server says who is here; with their store, if given."""
        request = SessionRequest.received()
        if request is not None:
            store = store or self.store or open_store(request.db)
            for session in self.sessions:
                session.begin(request.participant, store, request.key)


_waiting: ContextVar[WaitingSessions | None] = ContextVar("waiting", default=None)


@contextmanager
def waiting() -> Iterator[WaitingSessions]:
    """Gather the sessions that are made while the block runs and whose participant has not come."""
    sessions = WaitingSessions()
    token = _waiting.set(sessions)
    try:
        yield sessions
    finally:
        _waiting.reset(token)


_Place = tuple[str, str, str, str]


def standing(
    known: Iterable[StandingAnswer], questions: Mapping[str, AskedQuestion], words: Catalog
) -> dict[str, Answer]:
    """Return which of somebody's answers, as they stand now, answer which of these questions.

    They stay where somebody goes on in another language of the content `words`.
    """
    latest = _latest(known, words)
    places = {
        name: _place(each.module, each.item, each.phase, each.kind, each.wording, words)
        for name, each in questions.items()
    }
    return {name: latest[place] for name, place in places.items() if place in latest}


def _latest(known: Iterable[StandingAnswer], words: Catalog) -> dict[_Place, Answer]:
    return {
        _place(each.module, each.item, each.phase, each.kind, each.wording, words): each.answer
        for each in known
    }


def _place(module: str, item: str, phase: str, kind: str, wording: str, words: Catalog) -> _Place:
    """Return what an answer belongs to: a choice to the words it was chosen under, in any language.

    A text speaks for itself, so it stays where the words of its question change.
    """
    shared = "" if kind in WRITTEN else words.shared_wording(module, item, wording)
    return module, item, phase, shared


def _log_to_the_server() -> None:
    fault_log.begin()
    logging.getLogger("Comm").setLevel(logging.ERROR)  # ipykernel looks before one is opened


def asked(item: Item, phase: str) -> AskedQuestion:
    """Return what was asked, as the store takes it: the item with its words, in one phase."""
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
