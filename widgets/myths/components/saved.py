"""One line for the whole page: are all answers saved?"""

from __future__ import annotations

from myths.components.base import Component


class Saved(Component, component="saved"):
    """A status that sums up the questions on the page, by the events they send."""
