"""What a rehearsal showed, in numbers, and whether the store holds what was acknowledged."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import MetaData, Row, select

from myths.rehearsal.crowd_plan import CrowdPlan
from myths.rehearsal.outcome import Outcome, Sent
from myths.store import Store, current_answers


@dataclass(frozen=True, kw_only=True)
class RehearsalSummary:
    """One rehearsal in numbers; times are seconds, NaN where nothing was timed.

    `usable_*` are from asking for a page until its widgets were there; `acknowledged_*` from
    sending an answer until its receipt. `slept` phones were put away and woke up, `dropped` people
    went and of these some `returned`. `waited` pages found the server full at first. `lost`
    answers were sent and are not kept: without a look into the store, those never acknowledged.
    `doubled` is None without a look into the store.
    """

    people: int
    joined: int
    pages: int
    usable_first: float
    usable_median: float
    usable_last: float
    requests: float
    bytes: float
    faults: int
    waited: int
    reopened: int
    slept: int
    dropped: int
    returned: int
    sent: int
    acknowledged: int
    acknowledged_p50: float
    acknowledged_p95: float
    per_second: float
    lost: int
    doubled: int | None

    @property
    def fine(self) -> bool:
        """Return whether everybody was served and every answer is kept once."""
        return not (self.faults or self.lost or self.doubled) and self.joined == self.people

    def numbers(self) -> dict[str, float | None]:
        """Return all as JSON has it, which knows no NaN."""
        return {
            name: None if number is not None and math.isnan(number) else number
            for name, number in asdict(self).items()
        }


def summarize(plan: CrowdPlan, outcome: Outcome, *, store: Store | None = None) -> RehearsalSummary:
    """Sum up a rehearsal; `store` is the server's, to look at what it kept. Raises StoreError."""
    usable = sorted(page.seconds for page in outcome.opened)
    waits = sorted(sent.seconds for sent in outcome.sent if sent.seconds is not None)
    lost, doubled = len(outcome.sent) - len(waits), None
    if store:
        lost, doubled = _kept(store, plan.code, outcome.sent)
    first = outcome.opened[: outcome.joined]
    return RehearsalSummary(
        people=plan.people,
        joined=outcome.joined,
        pages=len(usable),
        usable_first=_at(usable, 0),
        usable_median=_at(usable, 0.5),
        usable_last=_at(usable, 1),
        requests=_at(sorted(page.requests for page in first), 0.5),
        bytes=_at(sorted(page.bytes for page in first), 0.5),
        faults=len(outcome.faults),
        waited=sum(page.waits > 0 for page in outcome.opened),
        reopened=outcome.reopened,
        slept=outcome.slept,
        dropped=outcome.dropped,
        returned=outcome.returned,
        sent=len(outcome.sent),
        acknowledged=len(waits),
        acknowledged_p50=_at(waits, 0.5),
        acknowledged_p95=_at(waits, 0.95),
        per_second=len(waits) / (outcome.last - outcome.first) if waits else math.nan,
        lost=lost,
        doubled=doubled,
    )


def _at(ordered: Sequence[float], share: float) -> float:
    """Return the number at a share of the way (nearest rank), NaN of none."""
    if not ordered:
        return math.nan
    return ordered[max(math.ceil(share * len(ordered)), 1) - 1]


def _kept(store: Store, code: str, sent: Collection[Sent]) -> tuple[int, int]:
    """Count the answers that are not in the store as they were said, and those there too often."""
    with store.reading() as conn:
        tables = MetaData()
        tables.reflect(conn, only=("answers", "participants", "workshops"))
        answers, participants, workshops = (
            tables.tables[name] for name in ("answers", "participants", "workshops")
        )
        rows = conn.execute(
            select(answers, answers.c.seq.in_(current_answers()).label("current"))
            .join_from(answers, participants)
            .join(workshops)
            .where(workshops.c.code == code)
            .order_by(answers.c.seq)
        ).all()
    held = {row.key: row for row in rows}
    lost = sum(not _holds(held.get(one.key), one) for one in sent)
    ours = {one.key for one in sent}
    people = {row.participant for row in rows if row.key in ours}
    theirs = [row.key for row in rows if row.participant in people]
    return lost, len(theirs) - len(ours.intersection(theirs))


def _holds(row: Row[Any] | None, one: Sent) -> bool:
    """Return whether a row is that answer; words may be sealed, and only the current are kept."""
    if row is None or row.value != one.value:
        return False
    return row.text == one.text or (row.text is None and (bool(row.sealed) or not row.current))
