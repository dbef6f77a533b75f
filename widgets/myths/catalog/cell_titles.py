"""A heading with which a trainer begins a step of a page."""

from __future__ import annotations

import re

_HEADING = re.compile(r"\s*#{1,2}[ \t]+(?P<words>[^\n]+?)[ \t]*#*[ \t]*(?:\n|$)")


def cell_title(source: str) -> tuple[str, str]:
    r"""Return the heading that a Markdown cell begins with, and the rest; no words without one.

    >>> cell_title("## Coffee\n\nAt eleven.")
    ('Coffee', 'At eleven.')
    >>> cell_title("At eleven.")
    ('', 'At eleven.')
    """
    found = _HEADING.match(source)
    return (found["words"], source[found.end() :].strip()) if found else ("", source)
