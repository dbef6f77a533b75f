"""Accessible widgets for a module page: they take words, and hand answers to a function.

Nothing here reads content files or knows the store. Every class runs in JupyterLab's stock
anywidget manager and in the participants' page, whose script has that of every component.
"""

from myths.components.base import Component, delivery
from myths.components.change import Change
from myths.components.discussion import Discussion
from myths.components.plans import Plans
from myths.components.progress import Progress
from myths.components.question import Question
from myths.components.quickexit import QuickExit
from myths.components.rating import Rating
from myths.components.reading import Reading
from myths.components.recall import Recall
from myths.components.reflection import Reflection
from myths.components.saved import Saved
from myths.components.vignette import Vignette

__all__ = [
    "Change",
    "Component",
    "Discussion",
    "Plans",
    "Progress",
    "Question",
    "QuickExit",
    "Rating",
    "Reading",
    "Recall",
    "Reflection",
    "Saved",
    "Vignette",
    "delivery",
]
