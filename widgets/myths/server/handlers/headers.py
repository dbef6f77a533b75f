"""The headers that protect every page: what it may load, and who hears of it."""

from __future__ import annotations

from collections.abc import Mapping

SOURCES = {
    "default-src": "'none'",
    "script-src": "'self' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def policy(sources: Mapping[str, str]) -> str:
    """Write a Content-Security-Policy."""
    return "; ".join(f"{what} {where}" for what, where in sources.items())


HEADERS = {
    "Content-Security-Policy": policy(SOURCES),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
}
