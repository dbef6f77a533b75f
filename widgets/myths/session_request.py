"""What the server tells a page's process: whom it is for, and where the words and answers are."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from myths.answer import StandingAnswer
from myths.edition import CONTENT_VARIABLE
from myths.occasion import Occasion

VARIABLE = "MYTHS_SESSION"  # of the environment


@dataclass(frozen=True, kw_only=True)
class SessionRequest:
    """Whom a page's process is for, as the server tells it; at first without a participant.

    `key` (hexadecimal) opens the participant's texts for "only me"; `db` is the store's address,
    empty for a preview, `content` the folder of the words. `known` is what the participant said,
    for a page whose store is the server (see `PageStore`).
    """

    db: str
    content: str
    occasion: Occasion = Occasion()
    participant: str = ""
    key: str = ""
    known: Sequence[StandingAnswer] | None = None

    def environment(self) -> dict[str, str]:
        """Return what the process is to find in its environment."""
        return {VARIABLE: json.dumps(asdict(self)), CONTENT_VARIABLE: self.content}

    @classmethod
    def received(cls) -> SessionRequest | None:
        """Return what the server told this process; None where there is no server of ours."""
        told = os.environ.get(VARIABLE)
        if not told:
            return None
        request = json.loads(told)
        if request["known"] is not None:
            request["known"] = [StandingAnswer.read(each) for each in request["known"]]
        return cls(**request | {"occasion": Occasion.of(request["occasion"])})
