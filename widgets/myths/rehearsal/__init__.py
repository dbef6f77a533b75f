"""A rehearsal for evaluators: made-up people, their answers, and the store that holds them."""

from __future__ import annotations

from myths.rehearsal.sample import rehearsal_data
from myths.rehearsal.writing import make

__all__ = ["make", "rehearsal_data"]
