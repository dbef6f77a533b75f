"""All that the evaluation says, in one language, and how that language writes numbers and names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from myths import languages
from myths.catalog import WordFile
from myths.errors import EvaluationError
from myths.evaluation.words.codebook_words import CodebookWords
from myths.evaluation.words.desk_words import DeskWords
from myths.evaluation.words.export_words import ExportWords
from myths.evaluation.words.figure_words import FigureWords
from myths.evaluation.words.number_words import NumberWords
from myths.evaluation.words.open_data_words import OpenDataWords
from myths.evaluation.words.progress_words import WaitingWords
from myths.evaluation.words.read_me_words import ReadMeWords
from myths.evaluation.words.report_words import ReportWords
from myths.evaluation.words.script_words import ScriptWords
from myths.evaluation.words.spoken_text import SpokenText, filled
from myths.evaluation.words.table_words import TableWords

ENGLISH = "en"
_HERE = Path(__file__).parent


@dataclass(frozen=True, eq=False, repr=False)
class EvaluationWords:
    """The evaluators' words in one language, each group from the file of its name."""

    language: str
    codebook: CodebookWords
    desk: DeskWords
    export: ExportWords
    figures: FigureWords
    numbers: NumberWords
    open_data: OpenDataWords
    progress: WaitingWords
    read_me: ReadMeWords
    report: ReportWords
    script: ScriptWords
    tables: TableWords

    def count(self, number: int) -> str:
        """Write a whole number, as "1,200"."""
        return languages.number(number, self.language)

    def decimal(self, number: float, *, places: int) -> str:
        """Write a number with so many places, as "0.05"."""
        return languages.number(number, self.language, places=places)

    def signed(self, points: float) -> str:
        """Write a change in tenths of a point, as "+0.3", and no change as "0.0"."""
        sign = bool(round(points, 1))
        return languages.number(points if sign else 0, self.language, places=1, sign=sign)

    def day(self, when: date) -> str:
        """Write a date, as "2 November 2026"."""
        return languages.long_date(when, self.language)

    def language_name(self, code: object) -> str:
        """Name a language."""
        return languages.language_name(str(code), self.language, easy=self.numbers.easy)

    def quoted(self, words: str) -> str:
        """Put words between quotation marks."""
        return filled(self.numbers.quoted, words=words)

    def spoken(self, words: str, language: str) -> str:
        """Return words that are in `language`, marked where it is another one than this."""
        return words if language == self.language else SpokenText((words, language))

    def asked(self, question: str, language: str, *, meaning: str = "") -> str:
        """Return a question that was asked in `language`, beside its `meaning` in this one."""
        told = self.spoken(question, language)
        if not meaning:
            return told
        name = self.language_name(language)
        return filled(self.figures.asked_as, meaning=meaning, language=name, question=told)


_MODELS: dict[str, Any] = get_type_hints(EvaluationWords)
del _MODELS["language"]


def _files(language: str) -> dict[str, WordFile[Any]]:
    """Return the files of a language, whether they are there or not."""
    return {
        name: WordFile(_HERE / f"{name}.{language}.yml", model) for name, model in _MODELS.items()
    }


def _missing(language: str) -> list[str]:
    return [file.path.name for file in _files(language).values() if not file.path.exists()]


_BEGUN = sorted({path.stem.rpartition(".")[2] for path in _HERE.glob("*.yml")})
LANGUAGES = (ENGLISH, *(each for each in _BEGUN if each != ENGLISH and not _missing(each)))
WORD_FILES = tuple(file for each in _BEGUN for file in _files(each).values() if file.path.exists())


def words(language: str = ENGLISH) -> EvaluationWords:
    """Return the words in one language, which are read once.

    Raises EvaluationError if there are none, or if one of its files is missing.
    """
    if language not in LANGUAGES:
        begun = language in _BEGUN
        missing = f" yet (missing: {', '.join(_missing(language))})" if begun else ""
        raise EvaluationError(
            f"The evaluation has no words in {language!r}{missing}: choose from "
            f"{', '.join(LANGUAGES)}."
        )
    return _read(language)


@cache
def _read(language: str) -> EvaluationWords:
    return EvaluationWords(language, **{name: f.words for name, f in _files(language).items()})


def words_for(spoken: Iterable[str], language: str | None = None) -> tuple[EvaluationWords, str]:
    """Return the words in a language, or without one in that which is `spoken` in all workshops.

    An easy form counts as its language. If there are several, or one without words, the words are
    English; the one without comes with them, to be told. Raises EvaluationError for a `language`
    without words.
    """
    if language is not None:
        return words(language), ""
    found = {languages.full(each) for each in spoken}
    theirs = found.pop() if len(found) == 1 else ENGLISH
    return (words(theirs), "") if theirs in LANGUAGES else (words(ENGLISH), theirs)
