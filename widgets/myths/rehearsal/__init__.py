"""Rehearsals: simulated participants at a running server, and made-up data for evaluators."""

from __future__ import annotations

from myths.rehearsal.client import Guest, GuestError, http
from myths.rehearsal.crowd import Outcome, Plan, rehearse, room
from myths.rehearsal.figures import Figures, figures
from myths.rehearsal.sample import rehearsal_data
from myths.rehearsal.wire import Wire
from myths.rehearsal.writing import make

__all__ = [
    "Figures",
    "Guest",
    "GuestError",
    "Outcome",
    "Plan",
    "Wire",
    "figures",
    "http",
    "make",
    "rehearsal_data",
    "rehearse",
    "room",
]
