"""Training notebooks about seven common beliefs on perpetrator programmes.

In a module notebook: `module = myths.Module("risk")`, then a section a cell, as `module.reading()`.
For the evaluator: `myths.answers()`, `participants()`, `wide()` and `codebook()`, pandas frames;
`attrition()`, `pairs()`, `distribution()` and `change()` for what moved from before to after;
`paradata()` for the time it took, `reliability()` for composites; `Coding` for what people wrote;
`export()` writes files, and `report()` a page and a document.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from myths.evaluation import (
        Coding,
        answers,
        attrition,
        change,
        codebook,
        distribution,
        export,
        pairs,
        paradata,
        participants,
        reliability,
        report,
        wide,
    )
    from myths.module import Module, Page
    from myths.samples import rehearsal_data

__all__ = [
    "Coding",
    "Module",
    "Page",
    "answers",
    "attrition",
    "change",
    "codebook",
    "distribution",
    "export",
    "pairs",
    "paradata",
    "participants",
    "rehearsal_data",
    "reliability",
    "report",
    "wide",
]

_HOMES = {"Module": "myths.module", "Page": "myths.module", "rehearsal_data": "myths.samples"}


def __getattr__(name: str) -> Any:
    """Load what is asked for when it is asked for: a participant's kernel needs no pandas."""
    if name not in __all__:
        raise AttributeError(f"myths has no {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(_HOMES.get(name, "myths.evaluation")), name)


def __dir__() -> list[str]:
    return __all__
