"""The report: from a database to an accessible page and a tagged document, the same each time."""

from myths.evaluation.reports.new_report import report
from myths.evaluation.reports.publication import Report

__all__ = ["Report", "report"]
