"""Rehearsals: simulated participants at a running server."""

from __future__ import annotations

from myths.rehearsal.client import Guest, GuestError
from myths.rehearsal.crowd import rehearse, room
from myths.rehearsal.crowd_plan import CrowdPlan
from myths.rehearsal.guest_browser import http
from myths.rehearsal.outcome import Outcome
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
