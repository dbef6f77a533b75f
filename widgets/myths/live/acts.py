"""What a trainer can do with a room: each act makes of the state before it the state after it.

The rules that no click gets round are here: while a vote is open nobody sees more of it than how
many have answered, and what a group thought before is shown only beside what it thinks afterwards.
(Shown earlier, a majority for a myth makes it stronger: M. Brooks & T. Koretsky, "The influence of
group discussion on students' responses and confidence during peer instruction", J. Chem. Educ. 88,
2011; G. Bohner et al., "Social norms and the likelihood of raping", Pers. Soc. Psychol. Bull. 36,
2010.)
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from myths.errors import WorkshopError
from myths.store import MOST_APPROVED, LiveState, Vote
from myths.vocabulary import Curtain, Pace, Phase, Reason, Scene, VoteState

LONGEST_COUNTDOWN = timedelta(hours=2)


def set_pace(state: LiveState, pace: str) -> LiveState:
    """Choose who moves the participants' pages."""
    return replace(state, pace=Pace(pace))


def go(state: LiveState, page: str, step: str = "", *, now: datetime | None = None) -> LiveState:
    """Go to a page, or a step of it: an open vote of another page is closed, the curtain rises."""
    if state.page != page:
        state = replace(state, since=now or datetime.now(UTC))
    if state.vote and state.vote.page != page:
        state = close(state)
    moved = replace(state, page=page, step=step, scene=Scene.STEP, detail="", until=None)
    return replace(moved, curtain=Curtain.NONE)


def open_vote(
    state: LiveState, page: str, phase: str, items: Sequence[str], *, beside: Sequence[str] = ()
) -> LiveState:
    """Open the vote on these questions of a page; a vote that was open is closed.

    Those `beside` them are not waited for. What was shown of them all is hidden again. Raises
    WorkshopError (reason "unfit") for none.
    """
    if not items:
        raise WorkshopError(
            "There is no question here that a room could answer.", reason=Reason.UNFIT
        )
    vote = Vote(page=page, phase=Phase(phase), items=tuple(items), beside=tuple(beside))
    before = close(state)
    return replace(
        before,
        vote=vote,
        closed=_without(before.closed, vote.questions),
        revealed=_without(before.revealed, [_result(page, item) for item in vote.asked]),
        scene=Scene.VOTE,
        detail="",
    )


def close(state: LiveState) -> LiveState:
    """Close the vote that is open, if one is."""
    vote = state.vote
    if vote is None or vote.state == VoteState.CLOSED:
        return state
    closed = tuple(dict.fromkeys([*state.closed, *vote.questions]))
    return replace(state, vote=replace(vote, state=VoteState.CLOSED), closed=closed, until=None)


def can_reveal(state: LiveState, page: str, item: str, *, asked: Sequence[str]) -> bool:
    """Return whether results of a question can be shown that is asked in these phases.

    The votes of all of them must have been closed.
    """
    return bool(asked) and all(state.is_closed(page, item, phase) for phase in asked)


def reveal(state: LiveState, page: str, item: str, *, asked: Sequence[str]) -> LiveState:
    """Show what the group answered to a question, all its phases beside each other.

    Raises WorkshopError (reason "early") while the vote of a phase was not closed.
    """
    if not can_reveal(state, page, item, asked=asked):
        raise WorkshopError(
            "What the group thought before is shown beside what it thinks afterwards: close both "
            "votes first.",
            reason=Reason.EARLY,
        )
    name = _result(page, item)
    revealed = tuple(dict.fromkeys([*state.revealed, name]))
    return replace(state, revealed=revealed, scene=Scene.RESULTS, detail=name)


def hide(state: LiveState, page: str, item: str) -> LiveState:
    """Show a result no longer."""
    name = _result(page, item)
    hidden = replace(state, revealed=_without(state.revealed, [name]))
    return replace(hidden, scene=Scene.STEP, detail="") if state.detail == name else hidden


def show(state: LiveState, scene: str, detail: str = "") -> LiveState:
    """Show something else on the projector; of a fact, the `detail` is its name.

    Raises WorkshopError ("early") for hidden results, and for a question that is not voted on.
    """
    if scene == Scene.RESULTS and detail not in state.revealed:
        raise WorkshopError("These results are not shown yet.", reason=Reason.EARLY)
    if scene == Scene.VOTE and (state.vote is None or state.vote.page != state.page):
        raise WorkshopError("No question of this part is open.", reason=Reason.EARLY)
    return replace(state, scene=Scene(scene), detail=detail)


def approve(state: LiveState, key: str, *, standing: Collection[str]) -> LiveState:
    """Approve a text for the wall, by its answer's key; `standing` are those that may be seen.

    Raises WorkshopError (reason "early") for one that is in no batch, or whose batch is gone.
    """
    if key not in standing:
        raise WorkshopError("This text is not for the room to see.", reason=Reason.EARLY)
    return replace(state, approved=tuple(dict.fromkeys([*state.approved, key]))[-MOST_APPROVED:])


def take_off(state: LiveState, key: str) -> LiveState:
    """Show a text no longer."""
    return replace(state, approved=_without(state.approved, [key]))


def draw_curtain(state: LiveState, curtain: str) -> LiveState:
    """Cover all phones, or uncover them with an empty word."""
    return replace(state, curtain=Curtain(curtain))


def add_time(state: LiveState, seconds: float, *, now: datetime | None = None) -> LiveState:
    """Add time to the countdown; where none goes on, one of that length begins."""
    now = now or datetime.now(UTC)
    left = max(0.0, (state.until - now).total_seconds()) if state.until else 0.0
    return count_down(state, left + max(0, seconds), now=now)


def count_down(state: LiveState, seconds: float, *, now: datetime | None = None) -> LiveState:
    """Begin a countdown by the server's clock; 0 seconds end it."""
    length = min(timedelta(seconds=max(0, seconds)), LONGEST_COUNTDOWN)
    if not length:
        return replace(state, until=None)
    return replace(state, until=(now or datetime.now(UTC)) + length, length=length.total_seconds())


def _result(page: str, item: str) -> str:
    return f"{page}/{item}"


def _without(names: Sequence[str], gone: Sequence[str]) -> tuple[str, ...]:
    return tuple(each for each in names if each not in gone)
