"""A rehearsal for evaluators: made-up people, their answers, and the store that holds them."""

import sys
from pathlib import Path
from types import ModuleType

from myths.rehearsal.sample import rehearsal
from myths.rehearsal.writing import make

__all__ = ["make", "rehearsal"]


class _Room(ModuleType):
    """Callable, for `myths.rehearsal` is the function's name and, once loaded, the room's."""

    def __call__(self) -> Path:
        """Do what `rehearsal` does."""
        return rehearsal()


sys.modules[__name__].__class__ = _Room
