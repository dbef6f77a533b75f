"""The participants' pages: a Voila application behind the doors of a workshop."""

from __future__ import annotations

from myths.server.announcement import Announcement
from myths.server.start import serve
from myths.server.workers import serve_by_workers

__all__ = ["Announcement", "serve", "serve_by_workers"]
