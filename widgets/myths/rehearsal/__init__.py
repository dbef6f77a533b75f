"""Rehearsals: simulated participants at a running server."""

from __future__ import annotations

from myths.rehearsal.client import Guest, GuestError, http
from myths.rehearsal.crowd import CrowdPlan, Outcome, rehearse, room
from myths.rehearsal.summary import RehearsalSummary, summarize
from myths.rehearsal.wire import GuestWire

__all__ = [
    "CrowdPlan",
    "Guest",
    "GuestError",
    "GuestWire",
    "Outcome",
    "RehearsalSummary",
    "http",
    "rehearse",
    "room",
    "summarize",
]
