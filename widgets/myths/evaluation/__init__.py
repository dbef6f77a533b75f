"""For the evaluator: the answers of a workshop as tidy pandas tables, and their codebook."""

from myths.evaluation.coding import Coding
from myths.evaluation.exporting import FORMATS, Exported, ExportError, export
from myths.evaluation.tables import answers, participants, wide
from myths.evaluation.wordings import codebook

__all__ = [
    "FORMATS",
    "Coding",
    "ExportError",
    "Exported",
    "answers",
    "codebook",
    "export",
    "participants",
    "wide",
]
