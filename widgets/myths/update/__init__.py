"""A trainer's copy is brought to a newer edition; what they changed stays."""

from myths.update.copy_update import CopyUpdate, FileChange

__all__ = ["CopyUpdate", "FileChange"]
