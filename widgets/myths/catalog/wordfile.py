"""A file of words beside the code that shows them, under the same contract as the content."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

from myths.catalog.contract import WordGroup
from myths.catalog.source import read
from myths.catalog.validation import shape

G = TypeVar("G", bound=WordGroup)


@dataclass(frozen=True)
class WordFile(Generic[G]):
    """The file at `path`, `<name>.<language>.yml`, and the model that its keys must fit."""

    path: Path
    model: type[G]

    @property
    def language(self) -> str:
        """The language of the words, which the file's name tells."""
        return self.path.stem.rpartition(".")[2]

    @cached_property
    def words(self) -> G:
        """The words, read once; ContentError with file, line and remedy if one is wrong."""
        source = read(self.path, self.path.parents[1])
        return shape(source, self.model, language=self.language)
