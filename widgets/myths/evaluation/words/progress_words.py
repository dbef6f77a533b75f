"""What is told while something takes long: progress.en.yml."""

from __future__ import annotations

from typing import Literal

from myths.catalog import WordGroup, Words

ProgressKey = Literal[
    "reading",
    "reading_answers",
    "comparing",
    "comparing_after",
    "comparing_followup",
    "missing",
    "samples",
    "writing",
    "page",
    "document",
]


class WaitingWords(WordGroup):
    """What is being done; `ProgressKey` has the same names."""

    reading: Words
    reading_answers: Words
    comparing: Words
    comparing_after: Words
    comparing_followup: Words
    missing: Words
    samples: Words
    writing: Words
    page: Words
    document: Words
