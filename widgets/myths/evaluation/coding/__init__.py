"""Coding what people wrote: a codebook, blind coders at a desk, their agreement, and quotes."""

from myths.evaluation.coding.project import Coding, found

__all__ = ["Coding", "found"]
