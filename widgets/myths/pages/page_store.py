"""The store as a page's kernel has it: the server, which reads and saves for it over the wire.

So a kernel needs no connection to the database, and none of the memory and time that one takes.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, ClassVar

from myths.answer import Answer, NewerAnswerError, StandingAnswer
from myths.errors import AnswerError, ReasonedError, StoreError, WorkshopError
from myths.store import AskedQuestion, Store
from myths.vocabulary import Reason

log = logging.getLogger(__name__)

ASK, TOLD = b"ask ", b"told "  # how lines begin that are for the other one's store
_REASONED = {kind.__name__: kind for kind in (AnswerError, WorkshopError)}


class PageStore:
    """What a session asks of the store, asked of the server; `ask` sends a line and gets one.

    While `is_kept` the server has saved the answer that is dealt with.
    """

    ask: ClassVar[Callable[[bytes], bytes]]
    is_kept: ClassVar[bool] = False

    def __init__(self, known: Sequence[StandingAnswer] | None) -> None:
        """Take what is `known` as the page begins; what stands later is asked for."""
        self.known = known

    def save(self, participant: str, asked: AskedQuestion, answer: Answer) -> None:  # noqa: ARG002  the server knows whose page it is
        """Have an answer saved. Raises what `Store.save` does."""
        if PageStore.is_kept:
            return
        self._ask({"asked": asdict(asked), "answer": asdict(answer)})

    def standing_answers(
        self,
        participant: str,  # noqa: ARG002
        *,
        key: bytes | None = None,
    ) -> Sequence[StandingAnswer]:
        """Return what the page's visitor said, as it stands."""
        if self.known is not None:
            return self.known
        found = self._ask({"key": key.hex() if key else ""})
        return [StandingAnswer.read(each) for each in found]

    def _ask(self, request: Mapping[str, Any]) -> Any:
        told = json.loads(PageStore.ask(ASK + json.dumps(request).encode()).removeprefix(TOLD))
        if fault := told.get("fault"):
            raise _read_fault(fault)
        return told["found"]


def answer_ask(store: Store, participant: str, line: bytes) -> bytes:
    """Do what the kernel of this participant's page asks for; returns the line for it."""
    request = json.loads(line.removeprefix(ASK))
    found: list[Any] = []
    try:
        if "answer" in request:
            asked, answer = AskedQuestion(**request["asked"]), Answer(**request["answer"])
            store.save(participant, asked, answer)
        else:
            key = bytes.fromhex(request["key"]) or None
            found = [each.plain for each in store.standing_answers(participant, key=key)]
        told: dict[str, Any] = {"found": found}
    except (ReasonedError, StoreError) as fault:
        told = {"fault": _written(fault)}
    except Exception:
        log.exception("an answer could not be saved")
        told = {"fault": _written(StoreError("The store failed; see the log."))}
    return TOLD + json.dumps(told).encode() + b"\n"


def _written(fault: ReasonedError | StoreError) -> dict[str, Any]:
    more = (
        {"retry": fault.retry}
        if isinstance(fault, StoreError)
        else {"reason": fault.reason, **fault.values}
    )
    return {"kind": type(fault).__name__, "message": str(fault), **more}


def _read_fault(told: dict[str, Any]) -> Exception:
    kind, message = told.pop("kind"), told.pop("message")
    if kind == NewerAnswerError.__name__:
        return NewerAnswerError()
    if kind in _REASONED:
        return _REASONED[kind](message, reason=Reason(told.pop("reason")), **told)
    return StoreError(message, retry=told["retry"])
