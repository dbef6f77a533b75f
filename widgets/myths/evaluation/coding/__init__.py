"""Coding what people wrote: a codebook, blind coders at a desk, their agreement, and quotes."""

from myths.evaluation.coding.coded_texts import found
from myths.evaluation.coding.project import Coding

__all__ = ["Coding", "found"]
