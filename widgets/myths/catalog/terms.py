"""The glossary of a translation: how each term that matters is called in that language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from myths.catalog.source import read
from myths.catalog.structure import Strict
from myths.catalog.validation import shape
from myths.catalog.words import Words, whole

FILE = "terms.{}.yml"
_HYPHEN = "\xad"  # where a long word may be parted; nobody sees it else
_SENTENCE = re.compile(r"(?<=[.!?])[\"'\u201d\u2019)*]*\s+|\n\s*\n|\n- ")


class TermList(Strict):
    """terms.<language>.yml: each term of the original, and the words that are agreed for it.

    A term without words is not agreed yet. The words may be stems: they are found within others.
    """

    terms: dict[Words, tuple[Words, ...]]

    def agreed(self, source: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the terms in a text of the original, the longer one where two overlap."""
        rest = " ".join(source.split())
        for term in sorted(self.terms, key=len, reverse=True):
            rest, count = whole(term).subn("\n", rest)
            if count and self.terms[term]:
                yield term, self.terms[term]

    def missing(self, source: str, translation: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the terms of a text whose translation says none of the agreed words for them.

        Texts with as many sentences are compared sentence by sentence.
        """
        here, there = (_SENTENCE.split(text.strip()) for text in (source, translation))
        pairs = (
            zip(here, there, strict=True) if len(here) == len(there) else [(source, translation)]
        )
        told = set()
        for one, other in pairs:
            folded = " ".join(other.replace(_HYPHEN, "").split()).casefold()
            for term, words in self.agreed(one):
                if term not in told and not any(each.casefold() in folded for each in words):
                    told.add(term)
                    yield term, words


def read_terms(root: Path, language: str) -> TermList:
    """Return the glossary of a language; an empty one if it has none.

    Raises ContentProblemsError if it cannot be read.
    """
    path = root / FILE.format(language)
    if not path.exists():
        return TermList(terms={})
    return shape(read(path, root), TermList, language=language)
