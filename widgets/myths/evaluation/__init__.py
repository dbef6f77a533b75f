"""For the evaluator: the answers of a workshop as tidy pandas tables, and their codebook."""

from myths.evaluation.tables import answers, participants, wide
from myths.evaluation.wordings import codebook

__all__ = ["answers", "codebook", "participants", "wide"]
