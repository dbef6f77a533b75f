"""One line for the whole page: are all answers saved?"""

from __future__ import annotations

from myths.components.base import Component, script, style


class Saved(Component):
    """A status that sums up the questions on the page, by the events they send."""

    _esm = script("saved")
    _css = style("saved")
    script_name = "saved"
    spoken = ("saved",)
