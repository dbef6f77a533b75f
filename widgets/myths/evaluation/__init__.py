"""For the evaluator: the answers of a workshop as tidy pandas tables, and what they show.

Each part is loaded when it is first asked for: a table need not wait for the statistics, nor those
for the pictures. What takes longer than a second shows its progress to who looks.
"""

from __future__ import annotations

from importlib import import_module
from types import FunctionType
from typing import TYPE_CHECKING, Any

from myths.evaluation.progress import watched

if TYPE_CHECKING:
    from myths.evaluation.coding import Coding
    from myths.evaluation.data.attrition import attrition
    from myths.evaluation.data.pairs import pairs
    from myths.evaluation.data.paradata import paradata
    from myths.evaluation.data.tables import answers, participants, wide
    from myths.evaluation.data.wordings import codebook
    from myths.evaluation.exports import FORMATS, Exported, ExportError, export
    from myths.evaluation.reports import report
    from myths.evaluation.stats.change import change, distribution
    from myths.evaluation.stats.reliability import reliability
    from myths.evaluation.words import WORD_FILES

_HOMES = {
    "WORD_FILES": "words",
    "FORMATS": "exports",
    "Coding": "coding",
    "ExportError": "exports",
    "Exported": "exports",
    "answers": "data.tables",
    "attrition": "data.attrition",
    "change": "stats.change",
    "codebook": "data.wordings",
    "distribution": "stats.change",
    "export": "exports",
    "pairs": "data.pairs",
    "paradata": "data.paradata",
    "participants": "data.tables",
    "reliability": "stats.reliability",
    "report": "reports",
    "wide": "data.tables",
}

_WORDS = {
    "change": "Comparing before with later",
    "export": "Reading the answers",
    "reliability": "Drawing samples",
    "report": "Reading the answers",
}
_TELLERS = {"export": "progress", "report": "step"}  # the options that are told what is being done

__all__ = [
    "FORMATS",
    "WORD_FILES",
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
    "report",
    "wide",
]


def __getattr__(name: str) -> Any:
    """Load what is asked for."""
    if name not in _HOMES:
        raise AttributeError(f"myths.evaluation has no {name!r}")
    found = getattr(import_module(f"myths.evaluation.{_HOMES[name]}"), name)
    if isinstance(found, FunctionType):
        found = watched(found, _WORDS.get(name, "Reading"), teller=_TELLERS.get(name))
    globals()[name] = found  # the same each time
    return found
