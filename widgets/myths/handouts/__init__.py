"""What is printed: sheet and guide of a module, people's sets, the ten questions, the leaflet."""

from myths.handouts.cover import PaperCover
from myths.handouts.documents import (
    leaflet_document,
    module_documents,
    paper_sets_document,
    questions_document,
)
from myths.handouts.prose import nodes
from myths.handouts.sheet import PaperSheet, SheetQuestion

__all__ = [
    "PaperCover",
    "PaperSheet",
    "SheetQuestion",
    "leaflet_document",
    "module_documents",
    "nodes",
    "paper_sets_document",
    "questions_document",
]
