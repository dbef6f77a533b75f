"""Made-up data: what the evaluators' notebooks start with."""

from myths.samples.bundle import rehearsal_data
from myths.samples.words import remark
from myths.samples.writer import make

__all__ = ["make", "rehearsal_data", "remark"]
