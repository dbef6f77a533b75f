"""The evaluators' words, in files that `myths check` reads: eleven in each language."""

from myths.evaluation.words.evaluation_words import (
    ENGLISH,
    LANGUAGES,
    WORD_FILES,
    EvaluationWords,
    words,
    words_for,
)
from myths.evaluation.words.progress_words import ProgressKey
from myths.evaluation.words.spoken_text import (
    SpokenText,
    filled,
    joined,
    lines_of,
    parts_of,
)

__all__ = [
    "ENGLISH",
    "LANGUAGES",
    "WORD_FILES",
    "EvaluationWords",
    "ProgressKey",
    "SpokenText",
    "filled",
    "joined",
    "lines_of",
    "parts_of",
    "words",
    "words_for",
]
