"""What the audiences of workshops are called."""

from __future__ import annotations

from myths import catalog
from myths.errors import ContentError
from myths.vocabulary import Audience


def audiences() -> dict[str, str]:
    """Return each audience with its words from the content; its id if that has a fault."""
    try:
        words = catalog.load().ui.audience.flat()
    except ContentError:
        words = {}
    return {each: words.get(each, each) for each in Audience.words()}
