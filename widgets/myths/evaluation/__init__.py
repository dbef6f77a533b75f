"""For the evaluator: the answers of a workshop as tidy pandas tables, and what they show."""

from myths.evaluation.coding import Coding
from myths.evaluation.comparing import change, distribution
from myths.evaluation.exporting import FORMATS, Exported, ExportError, export
from myths.evaluation.missing import attrition
from myths.evaluation.pairing import pairs
from myths.evaluation.scales import reliability
from myths.evaluation.tables import answers, participants, wide
from myths.evaluation.timing import paradata
from myths.evaluation.wordings import codebook

__all__ = [
    "FORMATS",
    "Coding",
    "ExportError",
    "Exported",
    "answers",
    "attrition",
    "change",
    "codebook",
    "distribution",
    "export",
    "pairs",
    "paradata",
    "participants",
    "reliability",
    "wide",
]
