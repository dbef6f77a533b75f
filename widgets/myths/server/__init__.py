"""The participants' pages: a Voila application behind the doors of a workshop."""

from __future__ import annotations

from myths.server.start import Announcement, serve

__all__ = ["Announcement", "serve"]
