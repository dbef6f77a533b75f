"""The evaluators' words, in files that `myths check` reads; English is what reports are in."""

from __future__ import annotations

from pathlib import Path

from myths.catalog import WordFile
from myths.evaluation.words.desk_words import DeskWords
from myths.evaluation.words.export_words import ExportWords
from myths.evaluation.words.figure_words import FigureWords
from myths.evaluation.words.number_words import NumberWords
from myths.evaluation.words.report_words import ReportWords
from myths.evaluation.words.table_words import TableWords

_HERE = Path(__file__).parent

DESK = WordFile(_HERE / "desk.en.yml", DeskWords)
EXPORT = WordFile(_HERE / "export.en.yml", ExportWords)
FIGURES = WordFile(_HERE / "figures.en.yml", FigureWords)
NUMBERS = WordFile(_HERE / "numbers.en.yml", NumberWords)
REPORT = WordFile(_HERE / "report.en.yml", ReportWords)
TABLES = WordFile(_HERE / "tables.en.yml", TableWords)

WORD_FILES = (DESK, EXPORT, FIGURES, NUMBERS, REPORT, TABLES)

__all__ = ["DESK", "EXPORT", "FIGURES", "NUMBERS", "REPORT", "TABLES", "WORD_FILES"]
