"""The evaluators' words, in files that `myths check` reads; English is what reports are in."""

from __future__ import annotations

from pathlib import Path

from myths.catalog import WordFile
from myths.evaluation.words.codebook_words import CodebookWords
from myths.evaluation.words.desk_words import DeskWords
from myths.evaluation.words.export_words import ExportWords
from myths.evaluation.words.figure_words import FigureWords
from myths.evaluation.words.number_words import NumberWords
from myths.evaluation.words.progress_words import ProgressKey, WaitingWords
from myths.evaluation.words.read_me_words import ReadMeWords
from myths.evaluation.words.report_words import ReportWords
from myths.evaluation.words.script_words import ScriptWords
from myths.evaluation.words.table_words import TableWords

_HERE = Path(__file__).parent

CODEBOOK = WordFile(_HERE / "codebook.en.yml", CodebookWords)
DESK = WordFile(_HERE / "desk.en.yml", DeskWords)
EXPORT = WordFile(_HERE / "export.en.yml", ExportWords)
FIGURES = WordFile(_HERE / "figures.en.yml", FigureWords)
NUMBERS = WordFile(_HERE / "numbers.en.yml", NumberWords)
PROGRESS = WordFile(_HERE / "progress.en.yml", WaitingWords)
READ_ME = WordFile(_HERE / "read_me.en.yml", ReadMeWords)
REPORT = WordFile(_HERE / "report.en.yml", ReportWords)
SCRIPT = WordFile(_HERE / "script.en.yml", ScriptWords)
TABLES = WordFile(_HERE / "tables.en.yml", TableWords)

WORD_FILES = (
    CODEBOOK,
    DESK,
    EXPORT,
    FIGURES,
    NUMBERS,
    PROGRESS,
    READ_ME,
    REPORT,
    SCRIPT,
    TABLES,
)

__all__ = [
    "CODEBOOK",
    "DESK",
    "EXPORT",
    "FIGURES",
    "NUMBERS",
    "PROGRESS",
    "READ_ME",
    "REPORT",
    "SCRIPT",
    "TABLES",
    "WORD_FILES",
    "ProgressKey",
]
