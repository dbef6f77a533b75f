"""What the audiences of workshops are called."""

from __future__ import annotations

from myths.errors import ContentError
from myths.evaluation.data.content_language import content_in
from myths.vocabulary import Audience


def audiences(language: str) -> dict[str, str]:
    """Return each audience with its words from the content; its id if that has a fault.

    They are in the original language where the content is not there in this one.
    """
    try:
        words = content_in(language).ui.audience.flat()
    except ContentError:
        words = {}
    return {each: words.get(each, each) for each in Audience.words()}
