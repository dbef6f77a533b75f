"""Accessible widgets for a module page: they take words, and hand answers to a function.

Nothing here reads content files or knows the store. Every class runs in JupyterLab's stock
anywidget manager and in the participants' page, whose script has that of every component.
"""

from myths.components.base import METADATA, Component, PagePart, delivery
from myths.components.change import Change
from myths.components.discussion import Discussion
from myths.components.markup import FOLDER, filled, markup
from myths.components.plans import Plans
from myths.components.question import Question
from myths.components.quickexit import QuickExit
from myths.components.rating import Rating
from myths.components.reading import Reading
from myths.components.recall import Recall
from myths.components.reflection import Reflection
from myths.components.rendition import own_parts, rendered
from myths.components.vignette import Vignette

__all__ = [
    "FOLDER",
    "METADATA",
    "Change",
    "Component",
    "Discussion",
    "PagePart",
    "Plans",
    "Question",
    "QuickExit",
    "Rating",
    "Reading",
    "Recall",
    "Reflection",
    "Vignette",
    "delivery",
    "filled",
    "markup",
    "own_parts",
    "rendered",
]
