"""What the audiences of workshops are called."""

from __future__ import annotations

from myths import catalog
from myths.errors import ContentError
from myths.vocabulary import Audience


def audiences() -> dict[str, str]:
    """Give each audience its words from the content; its id if there are none or it has a fault."""
    try:
        words = catalog.load().ui.get("audience", {})
    except ContentError:
        words = {}
    return {each: str(words.get(each, each)) for each in Audience.words()}
