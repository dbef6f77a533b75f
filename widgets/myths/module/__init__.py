"""What a notebook calls: a module or a page of the series, one method for each section."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from myths.module.module import Module
from myths.module.page import Page

__all__ = ["CALLS", "Module", "Page"]


def _calls(kind: type) -> frozenset[str]:
    return frozenset(name for name in dir(kind) if not name.startswith("_"))


CALLS: Mapping[str, Collection[str]] = {"Module": _calls(Module), "Page": _calls(Page)}
